"""An embedder for measuring a store without one: every word is a drawn direction, a text the sum of its words.

It stands in for the built-in embedder, whose rows are as long and lie in the same columns, at a thirtieth of the
time: what filling and asking cost besides the embedding shows, and a million passages can be filled. Of any two texts
those are near that share words, and nothing else is.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast
from zlib import crc32

import numpy as np
import numpy.typing as npt

from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Purpose
from agent.coverage.embedding.hashed import HASHED_DIMENSION
from agent.models import Budget, Usage

# Two words in so many have a direction together, which is as good as none in a text of a hundred.
_DIRECTIONS = 8192
_SHARE_OF_WORDS = 0.3
_SEED = 7
# By its place, for other checkouts are measured that have it not.
_PRINCIPAL = Path(__file__).parents[2] / "agent" / "coverage" / "embedding" / "principal.npy"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class DrawnVectors:
    rows: Sequence[Sequence[float]]
    usage: Usage


class DrawnEmbedder:
    """Rows of length 1, like those of the built-in embedder in all but what they mean."""

    id = f"drawn-1:{BuiltInEmbedder.id}"
    traits = BuiltInEmbedder.traits

    def warm(self) -> None:
        _directions()

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> DrawnVectors:
        return DrawnVectors(cast("Sequence[Sequence[float]]", await asyncio.to_thread(_embedded, texts)), Usage())


def _embedded(texts: Sequence[str]) -> Floats:
    directions = _directions()
    rows = np.zeros((len(texts), directions.shape[1]), np.float32)
    for row, text in zip(rows, texts, strict=True):
        words = text.split()
        numbers = [crc32(word.encode("utf-8", "replace")) % _DIRECTIONS for word in words]
        if numbers:
            row[:] = directions[numbers].sum(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.maximum(lengths, np.float32(1e-9))
    return unit


@cache
def _directions() -> Floats:
    """What compares across languages lies where the rows of the encoder do: in half as many dimensions."""
    draw = np.random.default_rng(_SEED)
    principal = np.load(_PRINCIPAL, allow_pickle=False).astype(np.float32)
    hashed = draw.standard_normal((_DIRECTIONS, HASHED_DIMENSION), np.float32)
    meant = draw.standard_normal((_DIRECTIONS, principal.shape[1]), np.float32) @ principal.T
    hashed *= _SHARE_OF_WORDS**0.5 / np.linalg.norm(hashed, axis=1, keepdims=True)
    meant *= (1 - _SHARE_OF_WORDS) ** 0.5 / np.linalg.norm(meant, axis=1, keepdims=True)
    return np.hstack([hashed, meant])
