"""Coverage of other events, made of public sets, to stand in a store beside that of one story."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from agent.errors import BadInput
from agent.models import Document
from evals.data.sets import read

_SHORTEST, _LONGEST = 200, 1200
_SETS = (
    "claims/unifiedfc.*.jsonl",
    "claims/fnc1.*.jsonl",
    "claims/farexstance.*.jsonl",
    "neardup/pairs_*.jsonl",
    "retrieval/unifiedfc_ar/corpus.jsonl.gz",
    "stance/farexstance_b2c.*.jsonl",
    "claims/averitec.*.jsonl",
)


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str


class _Line(BaseModel):
    """A line of any of these sets; the first text of a pair, whose second one may be its copy."""

    model_config = ConfigDict(extra="ignore")

    lang: str
    documents: tuple[_Text, ...] = ()
    text_a: str = ""
    text: str = ""
    passage: str = ""


def load_background(data: Path) -> dict[str, list[str]]:
    """News texts by language, each once, cut to a report's length; raises `BadInput` when the sets are not there."""
    root = data / "data" if (data / "data").is_dir() else data
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pattern in _SETS:
        for path in sorted(root.glob(pattern)):
            for line in read(path, _Line):
                for text in _texts(line):
                    found[line.lang].setdefault(text)
    if not found:
        raise BadInput(f"no set that background could be made of stands in {str(root)!r}: {', '.join(_SETS)}")
    return {lang: list(texts) for lang, texts in sorted(found.items())}


def _texts(line: _Line) -> Iterator[str]:
    for text in (line.text_a, line.text, line.passage, *(one.text for one in line.documents)):
        words = " ".join(text.split())
        if len(words) >= _SHORTEST:
            yield words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]


def background(texts: dict[str, list[str]], count: int, days: Sequence[datetime], seed: int = 1) -> list[Document]:
    """So many documents, as many of each language as there are, on the days given; the same ones for one seed.

    Raises `BadInput` when there are not so many texts.
    """
    drawn = Random(seed)
    shuffled = {lang: drawn.sample(some, len(some)) for lang, some in texts.items()}
    turns = [
        (lang, some[turn])
        for turn in range(max(map(len, shuffled.values())))
        for lang, some in shuffled.items()
        if turn < len(some)
    ]
    if len(turns) < count:
        raise BadInput(f"there are {len(turns)} texts for a background, not {count}")
    return [
        Document.of(
            text,
            url=f"https://elsewhere-{number}.example/{number}",
            outlet=f"Elsewhere {number}",
            published_at=drawn.choice(list(days)),
            language=lang,
        )
        for number, (lang, text) in enumerate(turns[:count])
    ]
