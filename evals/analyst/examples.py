"""Stance pairs as the fitted decision sees them: signals, the answer people gave, what the rules allow."""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from agent.analyst.lexical.comparing import compare_texts
from agent.analyst.lexical.signals import Signals
from agent.analyst.lexical.stance import earns_support, may_contest
from evals.data.records import StancePair

# In this order wherever classes are columns; the first is what the others are weighed against.
CLASSES = ("neither", "refutes", "supports")
NEITHER, REFUTES, SUPPORTS = range(3)

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]
Classes = NDArray[np.int64]


class Labelled(Protocol):
    @property
    def claim(self) -> str: ...
    @property
    def passage(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def label(self) -> Literal["supports", "refutes", "neither"]: ...


@dataclass(frozen=True)
class Examples:
    """The pairs of one set. `signals` is None where nothing of the passage bears on the claim."""

    name: str
    lang: str
    signals: tuple[Signals | None, ...]
    gold: Classes

    @cached_property
    def judged(self) -> Flags:
        return np.array([signals is not None for signals in self.signals])

    @cached_property
    def contestable(self) -> Flags:
        return np.array([signals is not None and may_contest(signals) for signals in self.signals])

    @cached_property
    def earned(self) -> Flags:
        """Where the model's proposal decides nothing: what it proposed is taken for support."""
        return np.array([signals is not None and earns_support(signals, 1.0) for signals in self.signals])

    def matrix(self, names: Sequence[str]) -> Matrix:
        """One row a pair; nothing but zeros where nothing bears on the claim."""
        rows = [[signals[name] for name in names] if signals else [0.0] * len(names) for signals in self.signals]
        return np.array(rows, dtype=np.float64)


def examples_of(name: str, pairs: Iterable[Labelled]) -> Examples:
    """Compares every pair, which is what takes the time."""
    known = list(pairs)
    compared = [compare_texts(pair.claim, pair.passage, pair.lang) for pair in known]
    return Examples(
        name=name,
        lang=known[0].lang,
        signals=tuple(comparison.signals if comparison else None for comparison in compared),
        gold=np.array([CLASSES.index(pair.label) for pair in known], dtype=np.int64),
    )


def may_choose(pair: StancePair) -> bool:
    """Whether a dev pair may choose a number of the analyst: half of them may, the others only measure it."""
    return sha256(pair.id.encode()).digest()[-1] % 2 == 0


def find_set(folder: Path, name: str, split: str) -> Path | None:
    """The file of a set's part, packed or not."""
    places = (folder / "stance" / f"{name}.{split}.jsonl{packed}" for packed in ("", ".gz"))
    return next((place for place in places if place.is_file()), None)


def set_names(folder: Path, split: str) -> list[str]:
    return sorted({path.name.split(".")[0] for path in (folder / "stance").glob(f"*.{split}.jsonl*")})


def read_pairs(path: Path, limit: int | None = None) -> list[StancePair]:
    """The pairs of a file; with a limit as many, taken from all over it."""
    total = sum(1 for _ in _lines(path)) if limit else 0
    step = max(1, total // limit) if limit else 1
    return [StancePair.model_validate_json(line) for line in islice(islice(_lines(path), 0, None, step), limit)]


def _lines(path: Path) -> Iterator[str]:
    unpacked = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (line for line in unpacked.decode("utf-8").split("\n") if line.strip())
