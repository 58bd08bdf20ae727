"""How good the lexical stance is: macro-F1 on public claim–passage sets that the user has in a folder.

`python -m evals.stance --data DIR [--write]` reads DIR/stance/*.SPLIT.jsonl and prints a table with the floor of
always answering the commonest label beside it; `--write` keeps the scores with the analyst, which publishes them.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from agent.analyst.lexical import stance_of
from agent.analyst.lexical.analyst import SCORES
from agent.models import Stance

Gold = Literal["supports", "refutes", "neither"]

_GOLD: dict[Stance, Gold] = {
    Stance.SUPPORTS: "supports",
    Stance.CONTRADICTS: "refutes",
    Stance.QUALIFIES: "neither",
    Stance.UNRELATED: "neither",
}


class Pair(BaseModel):
    """One line of a set: what a passage says of a claim, by human judgement."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    dataset: str
    lang: str
    claim: str
    passage: str
    label: Gold


class Score(BaseModel):
    """Macro-F1 over the labels that a set holds, and what always answering its commonest label would get."""

    model_config = ConfigDict(frozen=True)

    dataset: str
    lang: str
    pairs: int
    macro_f1: float
    floor: float
    by_label: dict[str, float]
    refutes_precision: float


def load_pairs(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8") as lines:
        return [Pair.model_validate_json(line) for line in lines if line.strip()]


def answer(pair: Pair) -> Gold:
    return _GOLD[stance_of(pair.claim, pair.passage, pair.lang).stance]


def score(pairs: Sequence[Pair]) -> Score:
    """The score of one set; all pairs are of one dataset."""
    gold = [pair.label for pair in pairs]
    answers = [answer(pair) for pair in pairs]
    commonest = Counter(gold).most_common(1)[0][0]
    by_label = {label: f1(gold, answers, label) for label in sorted(set(gold))}
    refuted = [g for g, a in zip(gold, answers, strict=True) if a == "refutes"]
    return Score(
        dataset=pairs[0].dataset,
        lang=pairs[0].lang,
        pairs=len(pairs),
        macro_f1=fmean(by_label.values()),
        floor=f1(gold, [commonest] * len(gold), commonest) / len(by_label),
        by_label=by_label,
        refutes_precision=refuted.count("refutes") / len(refuted) if refuted else 0.0,
    )


def f1(gold: Sequence[str], answers: Sequence[str], label: str) -> float:
    """Harmonic mean of precision and recall for one label; 0 where it is never right."""
    hits = sum(g == a == label for g, a in zip(gold, answers, strict=True))
    return 2 * hits / (gold.count(label) + answers.count(label)) if hits else 0.0


def language_means(scores: Iterable[Score]) -> dict[str, float]:
    """Mean macro-F1 over the sets of each language."""
    grouped: dict[str, list[float]] = defaultdict(list)
    for one in scores:
        grouped[one.lang].append(one.macro_f1)
    return {lang: fmean(values) for lang, values in sorted(grouped.items())}


def show(scores: Sequence[Score], console: Console) -> None:
    table = Table(
        "set", "language", "pairs", "macro-F1", "floor", "supports", "refutes", "neither", "refutes precision"
    )
    for one in scores:
        labels = [f"{one.by_label[label]:.2f}" if label in one.by_label else "–" for label in _GOLD_ORDER]
        figures = [f"{one.macro_f1:.3f}", f"{one.floor:.3f}", *labels, f"{one.refutes_precision:.2f}"]
        table.add_row(one.dataset, one.lang, str(one.pairs), *figures)
    for lang, mean in language_means(scores).items():
        table.add_row("mean", lang, "", f"{mean:.3f}")
    console.print(table)


_GOLD_ORDER: tuple[Gold, ...] = ("supports", "refutes", "neither")


def scores_file() -> Path:
    return Path(str(files("agent.analyst.lexical") / "data" / SCORES))


def write(scores: Sequence[Score], split: str) -> Path:
    """Keeps the scores beside the analyst's word lists."""
    path = scores_file()
    kept = {
        "date": datetime.now(UTC).date().isoformat(),
        "split": split,
        "macro_f1": {one.dataset: round(one.macro_f1, 3) for one in scores},
        "floor": {one.dataset: round(one.floor, 3) for one in scores},
    }
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.stance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds stance/*.SPLIT.jsonl")
    parser.add_argument("--split", default="dev", help="which part of the sets to measure on")
    parser.add_argument("--only", nargs="*", default=(), help="names of sets; all when none is given")
    parser.add_argument("--write", action="store_true", help="keep the scores with the analyst")
    options = parser.parse_args(arguments)
    paths = sorted((options.data / "stance").glob(f"*.{options.split}.jsonl"))
    chosen = [path for path in paths if not options.only or path.name.split(".")[0] in options.only]
    if options.write and options.only:
        parser.error("--write keeps the scores of all sets: leave --only out")
    if not chosen:
        parser.error(f"no *.{options.split}.jsonl stands in {options.data / 'stance'}")
    scores = [score(pairs) for path in chosen if (pairs := load_pairs(path))]
    console = Console()
    show(scores, console)
    if options.write:
        console.print(f"kept in {write(scores, options.split)}")


if __name__ == "__main__":
    main()
