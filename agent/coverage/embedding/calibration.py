"""Floors for any embedder: measured on what has nothing to do with each other.

Sentences of our own, about nothing that a store could be about, are held against the store's passages. Where the
store is large enough that two documents drawn from it hardly speak of one matter, they are held against each other
too: what is told in one trade is nearer to each other than to a sentence about bakers.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from agent.coverage.embedding.embed import Floors, Traits, is_crossing
from agent.coverage.index.vectors import Rows, matrix_of, part_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# So many documents are drawn, and from so many on they are no longer taken to be about one matter.
MOST_DRAWN = 96
FEWEST_DRAWN = 48
# Settled on public sets in two languages, on one half of their queries.
_OF_SENTENCES, _OF_DOCUMENTS = 0.99, 0.8
# A store about one matter has no unrelated pairs: the way to 1 that documents may lift the floor.
_MOST_LIFTED = 0.15


@dataclass(frozen=True, slots=True)
class CalibrationSample:
    """A document of the store: its first words as a claim would have them, and one of its passages."""

    document_id: str
    language: str
    head: str
    key: str


@dataclass(frozen=True, slots=True)
class VectorSample:
    """Texts with the vectors that stand for them: `names` tell which go together."""

    names: Sequence[str]
    languages: Sequence[str]
    rows: Rows


@cache
def unrelated() -> tuple[tuple[str, str], ...]:
    """Sentences with their languages."""
    table = tomllib.loads((files("agent.coverage.embedding") / "unrelated.toml").read_text(encoding="utf-8"))
    return tuple((language, sentence) for language, some in table.items() for sentence in some)


def calibrated(sentences: VectorSample, heads: VectorSample, passages: VectorSample, traits: Traits) -> Floors:
    """What passages are not nearer than, to nearly all they have nothing to do with."""
    import numpy as np

    alike, foreign = _pairs(sentences, passages, traits)
    within, across = traits.floors.within, traits.floors.across
    if alike.any():
        within = float(np.quantile(_likeness(sentences, passages, None)[alike], _OF_SENTENCES))
    if foreign.any():
        across = float(np.quantile(_likeness(sentences, passages, traits.across)[foreign], _OF_SENTENCES))
    apart, _ = _pairs(heads, passages, traits)
    if apart.any() and len(heads.names) >= FEWEST_DRAWN:
        number = float(np.quantile(_likeness(heads, passages, None)[apart], _OF_DOCUMENTS))
        within = min(max(within, number), within + _MOST_LIFTED * (1 - within))
    return Floors(within=round(within, 4), across=round(across, 4))


def _likeness(some: VectorSample, others: VectorSample, columns: slice | None) -> "npt.NDArray[np.float32]":
    product: npt.NDArray[np.float32] = (
        part_of(matrix_of(some.rows), columns) @ part_of(matrix_of(others.rows), columns).T
    )
    return product


def _pairs(
    some: VectorSample, others: VectorSample, traits: Traits
) -> "tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]":
    """Which pairs are of one language, and which of two that can be compared; none of what goes together."""
    import numpy as np

    shape = len(some.names), len(others.names)
    alike, foreign = np.zeros(shape, bool), np.zeros(shape, bool)
    for i, (name, mine) in enumerate(zip(some.names, some.languages, strict=True)):
        for j, (other, theirs) in enumerate(zip(others.names, others.languages, strict=True)):
            crossing = is_crossing(mine, theirs)
            alike[i, j] = mine == theirs and name != other
            foreign[i, j] = crossing and traits.crosses(mine, theirs)
    return alike, foreign
