"""The columns that tell most of what the sentence encoder tells: `python -m evals.coverage.principal` finds them.

They are found on common words of its languages, drawn without any order: on no text of any set that is measured.
Those that the package holds stay as they are, for stores hold rows that were made short by them.
"""

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from wordfreq import available_languages, get_frequency_dict

from agent.coverage.embedding.encoder import SENTENCE_LANGUAGES, load_sentence_encoder
from agent.coverage.embedding.principal import PRINCIPAL_DIMENSION

_SEED = 7
_WORDS, _TEXTS = 6000, 1200
_FEWEST, _MOST = 3, 12


def drawn_texts() -> Iterator[str]:
    """A few words each, of every language that has a list of words."""
    draw = np.random.default_rng(_SEED)
    for language in sorted(SENTENCE_LANGUAGES & available_languages("small").keys()):
        words = list(islice(get_frequency_dict(language, wordlist="small"), _WORDS))
        for _ in range(_TEXTS):
            yield " ".join(draw.choice(words, int(draw.integers(_FEWEST, _MOST + 1))))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.principal", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the file to be written")
    options = parser.parse_args()
    rows = load_sentence_encoder().encode(list(drawn_texts()))
    weights, columns = np.linalg.eigh(rows.T @ rows / len(rows))
    chosen = columns[:, np.argsort(-weights)[:PRINCIPAL_DIMENSION]]
    np.save(options.out, chosen.astype(np.float16))
    kept = float(np.sort(weights)[-PRINCIPAL_DIMENSION:].sum() / weights.sum())
    print(f"{PRINCIPAL_DIMENSION} columns keep {kept:.3f} of these rows")


if __name__ == "__main__":
    main()
