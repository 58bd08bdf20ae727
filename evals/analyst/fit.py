"""Fits the decision of the lexical stance, and keeps its weights with the analyst in a file that can be read.

`python -m evals.analyst.fit --data DIR` fits on the train parts of the sets whose licence allows it and on pairs
altered by
code from their sentences; half of the dev pairs of all sets choose what the shape of a pair counts, and nothing else.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

from rich.console import Console

from agent.analyst.lexical.weights import WEIGHTS
from evals.analyst.altered import altered_pairs
from evals.analyst.examples import (
    REFUTES,
    SUPPORTS,
    Examples,
    examples_of,
    find_set,
    may_choose,
    read_pairs,
    set_names,
)
from evals.analyst.logistic import Fitted, fit
from evals.analyst.shape import Chosen, choose

# Sets without a licence, or with one against commercial use, are only measured on.
PERMITTED = {"ans": "Apache-2.0", "arbteds": "MIT", "factcheckbench": "Apache-2.0", "propsegment": "CC BY-SA"}
# A pair's share of the penalty on squared weights; from 0.01 to 0.1 the dev parts came out alike.
_PENALTY = 0.01
_ALTERED = 500
_DIGITS = 3
_HEADER = """\
# What each signal counts for a stance; agent/analyst/lexical/signals.py tells what the signals are.
# Made by python -m evals.analyst.fit, not by hand: fitted on {sets},
# and on pairs altered by code from their sentences. What the shape of a pair counts was chosen on half of the dev
# pairs.
# The highest score wins; that of a passage which says neither is 0.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.analyst.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds stance/*.jsonl")
    parser.add_argument("--out", type=Path, default=weights_file(), help="where the weights go")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    learned = [*_trained_on(options.data, console), *_altered(options.data)]
    if not learned:
        parser.error(f"none of {', '.join(PERMITTED)} has a train part in {options.data / 'stance'}")
    fitted = fit(learned, penalty=_PENALTY * sum(int(examples.judged.sum()) for examples in learned))
    dev = list(_dev(options.data, console))
    chosen = choose(dev, {examples.name: fitted.scores(examples) for examples in dev}) if dev else None
    options.out.write_text(render(fitted, chosen), encoding="utf-8")
    console.print(f"kept in {options.out}")


def weights_file() -> Path:
    return Path(str(files("agent.analyst.lexical") / "data" / WEIGHTS))


def _trained_on(folder: Path, console: Console) -> Iterator[Examples]:
    for name in PERMITTED:
        path = find_set(folder, name, "train")
        if path is not None:
            console.print(f"comparing {path.name}")
            yield examples_of(name, read_pairs(path))


def _altered(folder: Path) -> Iterator[Examples]:
    """The sentences are those of the permitted sets; the headlines of `ans` are its claims."""
    sources: dict[Literal["ar", "en"], list[str]] = {"ar": [], "en": []}
    for name, field, language in _SENTENCES:
        path = find_set(folder, name, "train")
        if path is not None:
            pairs = read_pairs(path)
            sources[language] += dict.fromkeys(pair.claim if field == "claim" else pair.passage for pair in pairs)
    for language, texts in sources.items():
        if texts:
            yield examples_of(f"altered_{language}", altered_pairs(texts, language, count=_ALTERED))


_SENTENCES: tuple[tuple[str, str, Literal["ar", "en"]], ...] = (
    ("arbteds", "passage", "ar"),
    ("ans", "claim", "ar"),
    ("factcheckbench", "passage", "en"),
    ("propsegment", "passage", "en"),
)


def _dev(folder: Path, console: Console) -> Iterator[Examples]:
    for name in set_names(folder, "dev"):
        path = find_set(folder, name, "dev")
        if path is not None:
            console.print(f"comparing half of {path.name}")
            yield examples_of(name, [pair for pair in read_pairs(path) if may_choose(pair)])


def render(fitted: Fitted, chosen: Chosen | None) -> str:
    """The weights as a TOML file, the heaviest first."""
    named = ", ".join(f"{name} ({licence})" for name, licence in PERMITTED.items())
    tables = [_table("supports", fitted, chosen, SUPPORTS), _table("contradicts", fitted, chosen, REFUTES)]
    return "\n".join([_HEADER.format(sets=named), *tables])


def _table(stance: str, fitted: Fitted, chosen: Chosen | None, number: int) -> str:
    weights = fitted.of_class(number)
    shape = dict(chosen.of_class(number)) if chosen else {}
    always = float(fitted.intercepts[number] - fitted.intercepts[0]) + shape.pop("always", 0.0)
    ordered = sorted(weights.items(), key=lambda item: -abs(item[1]))
    lines = [f"[{stance}]", *_lines({"always": always}), *_lines(dict(ordered)), *_lines(shape)]
    return "\n".join(lines) + "\n"


def _lines(weights: Mapping[str, float]) -> list[str]:
    rounded = {name: round(weight, _DIGITS) for name, weight in weights.items()}
    return [f"{name} = {weight}" for name, weight in rounded.items() if weight]


if __name__ == "__main__":
    main()
