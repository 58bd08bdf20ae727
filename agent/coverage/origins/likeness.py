"""How much of two texts is the same words in the same order, and which of them is then a copy.

Measured on pairs of press articles in Arabic, English and Persian: of the shorter text's three-word runs the other
holds 0.65 or more when it is a copy (shortened, lengthened, reworded in places), and 0.56 or less when both are
independent reports of one event.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from agent.coverage.index.words import words
from agent.models import Bond

_RUN = 3
COPY_SHARE = 0.6
# As wholes: below the first, one text is a part of the other; below the second, a small part of a text of its own.
_ALIKE = 0.55
_LENGTHENED = 0.2
# Shorter texts are copies only as wholes: one sentence may well stand in two independent reports.
FEWEST_RUNS = 12
_MOST_CHARACTERS = 100_000
# Without order in a run, "man bites dog" would be "dog bites man". The golden ratio's bits, as in other hashes.
_MIXING = np.uint64(0x9E3779B97F4A7C15)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

# Runs are known by their hashes, in order and each once: no text is long enough for two to meet by chance.
Runs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared` is the part of the shorter text that stands in the other, `whole` that of both together."""

    shared: float
    whole: float
    short: bool

    @property
    def is_copy(self) -> bool:
        return self.whole >= COPY_SHARE if self.short else self.shared >= COPY_SHARE


def compare(one: str, other: str) -> Likeness:
    """How much of two texts is the same words in the same order; symmetric."""
    return likeness(runs_of(one), runs_of(other))


def likeness(one: Runs, other: Runs) -> Likeness:
    common, shorter = _common(one, other), min(len(one), len(other))
    together = len(one) + len(other) - common
    return Likeness(
        shared=common / shorter if shorter else 0.0,
        whole=common / together if together else 0.0,
        short=shorter < FEWEST_RUNS,
    )


def may_be_copy(one: int, other: int, common: int) -> bool:
    """Whether of two texts with so many runs one can be a copy of the other, if they share `common` ones at most."""
    shorter, longer = sorted((one, other))
    common = min(common, shorter)
    if shorter < FEWEST_RUNS:
        return common >= COPY_SHARE * (shorter + longer - common)
    return common >= COPY_SHARE * shorter


def bond_of(later: Runs, earlier: Runs, alike: Likeness) -> Bond | None:
    """What the later text is of the earlier one; None when it is a report of its own."""
    if not alike.is_copy:
        return None
    if alike.whole >= _ALIKE:
        return Bond.COPY
    if len(later) <= len(earlier):
        return Bond.SHORTENED
    # A report that quotes an earlier flash whole, and tells five times as much, is a report of its own.
    return Bond.LENGTHENED if alike.whole >= _LENGTHENED else None


@lru_cache(maxsize=512)
def runs_of(text: str) -> Runs:
    """The three-word runs of a text, as numbers that are the same in every process and fit into 63 bits."""
    result = np.frombuffer(b"".join(map(_numbers, text[:_MOST_CHARACTERS].split())), np.uint64)
    # A text shorter than one run is its own run.
    size = min(_RUN, len(result))
    runs = np.zeros(max(0, len(result) - size + 1) if size else 0, np.uint64)
    for at in range(size):
        # Wraps around, as it should: odd multipliers take no word's number from being any number.
        runs = runs * _MIXING + result[at : at + len(runs)]
    runs >>= np.uint64(1)
    runs.sort()
    return runs[np.r_[True, runs[1:] != runs[:-1]]] if len(runs) else runs


def _common(one: Runs, other: Runs) -> int:
    """How many runs two texts share: in both together these stand twice, side by side."""
    both = np.concatenate((one, other))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


@lru_cache(maxsize=1 << 16)
def _numbers(token: str) -> bytes:
    """Of each word in what stands between two spaces, or of each character where words are written without spaces."""
    return b"".join(_number(piece) for word in words(token) for piece in _pieces(word))


def _pieces(word: str) -> Sequence[str]:
    return (word,) if word.isascii() or not _UNSPACED.search(word) else word


def _number(piece: str) -> bytes:
    # In the order of this machine's bytes, as they are read again.
    return np.uint64(int.from_bytes(blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest())).tobytes()
