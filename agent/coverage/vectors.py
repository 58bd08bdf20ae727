"""Vectors as rows: compared by the cosine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Rows = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Near:
    """What was found under a key; `similarity` is the cosine."""

    key: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """All vectors of a space, to be compared one by one: of length 1, in the order of their keys."""

    keys: tuple[str, ...]
    matrix: "npt.NDArray[np.float32]"

    @classmethod
    def of(cls, keys: Sequence[str], rows: Rows) -> "Loaded":
        order = sorted(range(len(keys)), key=lambda number: keys[number])
        return cls(tuple(keys[number] for number in order), unit(matrix_of(rows)[order]))

    def nearest(self, rows: Rows, limit: int) -> list[list[Near]]:
        found = []
        for likeness in unit(matrix_of(rows)) @ self.matrix.T:
            # Stable: of equally near ones the first key comes first.
            order = (-likeness).argsort(kind="stable")[:limit]
            found.append([Near(self.keys[i], float(likeness[i])) for i in order])
        return found


def matrix_of(rows: Rows) -> "npt.NDArray[np.float32]":
    import numpy as np

    return np.asarray(rows, dtype=np.float32)


def unit(matrix: "npt.NDArray[np.float32]") -> "npt.NDArray[np.float32]":
    """Every row with length 1; a row of zeros stays one."""
    import numpy as np

    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    rows: npt.NDArray[np.float32] = matrix / np.maximum(lengths, np.float32(1e-12))
    return rows


def cosines(some: Rows, others: Rows) -> list[list[float]]:
    """A row for each of `some` with its similarity to each of `others`."""
    if not len(some) or not len(others):
        return [[] for _ in some]
    products: list[list[float]] = (unit(matrix_of(some)) @ unit(matrix_of(others)).T).tolist()
    return products
