"""How good the lexical stance is: macro-F1 on public claim–passage sets that the user has in a folder.

`python -m evals.analyst.stance --data DIR [--floors] [--write]` reads DIR/stance/*.SPLIT.jsonl and prints a table
with the
floor of always answering the commonest label beside it, and with `--floors` that of a TF-IDF model trained on each
set; `--write` keeps the scores with the analyst, which publishes them.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from agent.analyst.lexical import stance_of
from agent.analyst.lexical.analyst import APART, SCORES
from agent.models import Stance
from evals.analyst.examples import find_set, may_choose, read_pairs, set_names
from evals.analyst.floors import MOST_TRAINED_ON, tfidf
from evals.data.records import Gold, StancePair

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
    supports_precision: float | None
    tfidf: Floor | None = None


def load_pairs(path: Path) -> list[StancePair]:
    return read_pairs(path)


def answer(pair: StancePair) -> Gold:
    return _GOLD[stance_of(pair.claim, pair.passage, pair.lang).stance]


class Pooled(BaseModel):
    """All pairs together: of what is called support how much is right (None where nothing is called so), how much of
    all support that is, and which shares of the refuting pairs are called support and of the others contradiction."""

    model_config = ConfigDict(frozen=True)

    pairs: int
    precision: float | None
    recall: float
    refuting_supported: float
    wrongly_contested: float


def pooled(pairs: Sequence[StancePair], answers: Sequence[Gold]) -> Pooled:
    told = list(zip((pair.label for pair in pairs), answers, strict=True))
    supported = [gold for gold, answer in told if answer == "supports"]
    right = supported.count("supports")
    return Pooled(
        pairs=len(told),
        precision=right / len(supported) if supported else None,
        recall=_share(right, sum(gold == "supports" for gold, _ in told)),
        refuting_supported=_share(supported.count("refutes"), sum(gold == "refutes" for gold, _ in told)),
        wrongly_contested=_share(
            sum(answer == "refutes" != gold for gold, answer in told), sum(gold != "refutes" for gold, _ in told)
        ),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(pairs: Sequence[StancePair], answers: Sequence[Gold] = (), floor: Floor | None = None) -> Score:
    """The score of one set; all pairs are of one dataset. Without answers they are asked for."""
    gold = [pair.label for pair in pairs]
    answers = answers or [answer(pair) for pair in pairs]
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
        supports_precision=pooled(pairs, answers).precision,
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
    table = Table("set", "lang", "pairs", "F1", "majority", "TF-IDF", *_GOLD_ORDER, "right", "precision", "wrong")
    for one in scores:
        labels = [f"{one.by_label[label]:.2f}" if label in one.by_label else "–" for label in _GOLD_ORDER]
        floors = [f"{one.floor:.3f}", _floor_text(one.tfidf)]
        right = f"{one.supports_precision:.2f}" if one.supports_precision is not None else "–"
        refutes = [right, f"{one.refutes_precision:.2f}", f"{one.wrongly_contested:.3f}"]
        figures = [f"{one.macro_f1:.3f}", *floors, *labels, *refutes]
        table.add_row(one.dataset, one.lang, str(one.pairs), *figures)
    for lang, mean in language_means(scores).items():
        tfidfs = [one.tfidf.macro_f1 for one in scores if one.lang == lang and one.tfidf]
        majority = fmean(one.floor for one in scores if one.lang == lang)
        table.add_row("mean", lang, "", f"{mean:.3f}", f"{majority:.3f}", f"{fmean(tfidfs):.3f}" if tfidfs else "–")
    console.print(table)
    console.print(
        "right: of its 'supports'; precision: of 'refutes'; wrong: share of other pairs called so; "
        "*: no train file, so crossed within dev"
    )


def show_pooled(name: str, told: Pooled, console: Console) -> None:
    right = f"{told.precision:.3f}" if told.precision is not None else "–"
    console.print(
        f"{name}, {told.pairs} pairs: of its 'supports' right {right}, of all support found {told.recall:.3f}; "
        f"refuting called support {told.refuting_supported:.3f}, "
        f"others called contradiction {told.wrongly_contested:.3f}"
    )


def _floor_text(floor: Floor | None) -> str:
    return f"{floor.macro_f1:.3f}{'*' * floor.crossed}" if floor else "–"


_GOLD_ORDER: tuple[Gold, ...] = ("supports", "refutes", "neither")


def scores_file() -> Path:
    return Path(str(files("agent.analyst.lexical") / "data" / SCORES))


def write(scores: Sequence[Score], split: str, told: Mapping[str, Pooled]) -> Path:
    """Keeps the scores beside the analyst's word lists. TF-IDF that was not trained anew is as it was before."""
    path = scores_file()
    former = json.loads(path.read_text("utf-8"))["tfidf"] if path.is_file() else {}
    kept = {
        "date": datetime.now(UTC).date().isoformat(),
        "split": split,
        "pooled": {name: _rounded(one) for name, one in told.items()},
        "macro_f1": {one.dataset: round(one.macro_f1, 3) for one in scores},
        "floor": {one.dataset: round(one.floor, 3) for one in scores},
        "tfidf": former | {one.dataset: round(one.tfidf.macro_f1, 3) for one in scores if one.tfidf},
        "supports_precision": {
            one.dataset: round(one.supports_precision, 3) for one in scores if one.supports_precision is not None
        },
        "refutes_precision": {one.dataset: round(one.refutes_precision, 3) for one in scores},
        "wrongly_contested": {one.dataset: round(one.wrongly_contested, 3) for one in scores},
    }
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path


def _rounded(told: Pooled) -> dict[str, float | None]:
    return {name: value if value is None else round(value, 3) for name, value in told}


class _Asked(NamedTuple):
    pairs: list[StancePair]
    answers: list[Gold]


def _asked(path: Path, limit: int | None) -> _Asked:
    pairs = read_pairs(path, limit)
    return _Asked(pairs, [answer(pair) for pair in pairs])


def _together(asked: Sequence[_Asked]) -> dict[str, Pooled]:
    """All pairs, and those that chose no rule of support."""
    told = [(pair, said) for one in asked for pair, said in zip(one.pairs, one.answers, strict=True)]
    apart = [(pair, said) for pair, said in told if not may_choose(pair)]
    return {
        name: pooled([pair for pair, _ in some], [said for _, said in some])
        for name, some in (("all", told), (APART, apart))
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.analyst.stance", description=__doc__)
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
    asked = [_asked(path, options.limit) for path in chosen]
    floors = [tfidf_floor(options.data, one.pairs) if options.floors else None for one in asked]
    scores = [score(one.pairs, one.answers, floor) for one, floor in zip(asked, floors, strict=True)]
    told = _together(asked)
    console = Console(width=_WIDTH)
    show(scores, console)
    for name, one in told.items():
        show_pooled(name, one, console)
    if options.write:
        console.print(f"kept in {write(scores, options.split, told)}")


if __name__ == "__main__":
    main()
