"""How good the lexical stance is: macro-F1 on public claim–passage sets that the user has in a folder.

`python -m evals.stance --data DIR [--floors] [--write]` reads DIR/stance/*.SPLIT.jsonl and prints a table with the
floor of always answering the commonest label beside it, and with `--floors` that of a TF-IDF model trained on each
set; `--write` keeps the scores with the analyst, which publishes them.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from agent.analyst.lexical import stance_of
from agent.analyst.lexical.analyst import SCORES
from agent.models import Stance
from evals.data.records import Gold, StancePair
from evals.examples import find_set, read_pairs, set_names
from evals.floors import MOST_TRAINED_ON, tfidf

_GOLD: dict[Stance, Gold] = {
    Stance.SUPPORTS: "supports",
    Stance.CONTRADICTS: "refutes",
    Stance.QUALIFIES: "neither",
    Stance.UNRELATED: "neither",
}


# A table that a narrower terminal would cut off is of no use in a log either.
_WIDTH = 118


class Floor(BaseModel):
    """Macro-F1 of TF-IDF; `crossed`: within the part itself, for want of a train file."""

    model_config = ConfigDict(frozen=True)

    macro_f1: float
    crossed: bool


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
    wrongly_contested: float
    tfidf: Floor | None = None


def load_pairs(path: Path) -> list[StancePair]:
    return read_pairs(path)


def answer(pair: StancePair) -> Gold:
    return _GOLD[stance_of(pair.claim, pair.passage, pair.lang).stance]


def score(pairs: Sequence[StancePair], floor: Floor | None = None) -> Score:
    """The score of one set; all pairs are of one dataset."""
    gold = [pair.label for pair in pairs]
    answers = [answer(pair) for pair in pairs]
    commonest = Counter(gold).most_common(1)[0][0]
    by_label = {label: f1(gold, answers, label) for label in sorted(set(gold))}
    others = [a for g, a in zip(gold, answers, strict=True) if g != "refutes"]
    refuted = [g for g, a in zip(gold, answers, strict=True) if a == "refutes"]
    return Score(
        dataset=pairs[0].dataset,
        lang=pairs[0].lang,
        pairs=len(pairs),
        macro_f1=fmean(by_label.values()),
        floor=f1(gold, [commonest] * len(gold), commonest) / len(by_label),
        by_label=by_label,
        refutes_precision=refuted.count("refutes") / len(refuted) if refuted else 0.0,
        wrongly_contested=others.count("refutes") / len(others) if others else 0.0,
        tfidf=floor,
    )


def tfidf_floor(folder: Path, pairs: Sequence[StancePair]) -> Floor:
    """TF-IDF trained on the set's train part, where it has one."""
    name = pairs[0].dataset
    path = find_set(folder, name, "train")
    learned = tfidf(read_pairs(path, MOST_TRAINED_ON) if path else [], pairs)
    gold = [pair.label for pair in pairs]
    return Floor(macro_f1=fmean(f1(gold, learned.answers, label) for label in set(gold)), crossed=learned.crossed)


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
    table = Table("set", "lang", "pairs", "F1", "majority", "TF-IDF", *_GOLD_ORDER, "precision", "wrong")
    for one in scores:
        labels = [f"{one.by_label[label]:.2f}" if label in one.by_label else "–" for label in _GOLD_ORDER]
        floors = [f"{one.floor:.3f}", _told(one.tfidf)]
        refutes = [f"{one.refutes_precision:.2f}", f"{one.wrongly_contested:.3f}"]
        figures = [f"{one.macro_f1:.3f}", *floors, *labels, *refutes]
        table.add_row(one.dataset, one.lang, str(one.pairs), *figures)
    for lang, mean in language_means(scores).items():
        tfidfs = [one.tfidf.macro_f1 for one in scores if one.lang == lang and one.tfidf]
        majority = fmean(one.floor for one in scores if one.lang == lang)
        table.add_row("mean", lang, "", f"{mean:.3f}", f"{majority:.3f}", f"{fmean(tfidfs):.3f}" if tfidfs else "–")
    console.print(table)
    console.print(
        "precision: of 'refutes'; wrong: share of other pairs called so; *: no train file, so crossed within dev"
    )


def _told(floor: Floor | None) -> str:
    return f"{floor.macro_f1:.3f}{'*' * floor.crossed}" if floor else "–"


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
        "tfidf": {one.dataset: round(one.tfidf.macro_f1, 3) for one in scores if one.tfidf},
        "refutes_precision": {one.dataset: round(one.refutes_precision, 3) for one in scores},
        "wrongly_contested": {one.dataset: round(one.wrongly_contested, 3) for one in scores},
    }
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path


def _scored(folder: Path, path: Path, options: argparse.Namespace) -> Score:
    pairs = read_pairs(path, options.limit)
    return score(pairs, tfidf_floor(folder, pairs) if options.floors else None)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.stance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds stance/*.SPLIT.jsonl")
    parser.add_argument("--split", default="dev", help="which part of the sets to measure on")
    parser.add_argument("--only", nargs="*", default=(), help="names of sets; all when none is given")
    parser.add_argument("--limit", type=int, help="at most so many pairs of each set")
    parser.add_argument("--floors", action="store_true", help="train TF-IDF on each set beside it; takes minutes")
    parser.add_argument("--write", action="store_true", help="keep the scores with the analyst")
    options = parser.parse_args(arguments)
    paths = [
        path
        for name in set_names(options.data, options.split)
        if (path := find_set(options.data, name, options.split))
    ]
    chosen = [path for path in paths if not options.only or path.name.split(".")[0] in options.only]
    if options.write and options.only:
        parser.error("--write keeps the scores of all sets: leave --only out")
    if not chosen:
        parser.error(f"no *.{options.split}.jsonl stands in {options.data / 'stance'}")
    scores = [_scored(options.data, path, options) for path in chosen]
    console = Console(width=_WIDTH)
    show(scores, console)
    if options.write:
        console.print(f"kept in {write(scores, options.split)}")


if __name__ == "__main__":
    main()
