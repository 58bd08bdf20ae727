"""Vectors as rows: compared by the cosine."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Rows = Sequence[Sequence[float]]
Matrix: TypeAlias = "npt.NDArray[np.float64]"
AnyRows: TypeAlias = "Rows | npt.NDArray[np.float32]"


class Near(NamedTuple):
    """What was found under a key; `similarity` is the cosine."""

    key: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """All vectors of a space, to be compared one by one: of length 1, in the order of their keys."""

    keys: tuple[str, ...]
    matrix: "npt.NDArray[np.float32]"
    # The columns that were asked for, each with length 1: made once.
    parts: "dict[tuple[int, int], npt.NDArray[np.float32]]" = field(default_factory=dict)

    @classmethod
    def of(cls, keys: Sequence[str], rows: AnyRows) -> "Loaded":
        order = sorted(range(len(keys)), key=lambda number: keys[number])
        return cls(tuple(keys[number] for number in order), unit(matrix_of(rows)[order]))

    def nearest(self, rows: Rows, limit: int, columns: slice | None = None) -> list[list[Near]]:
        """For every row the keys that are nearest to it, nearest first; by some columns alone if they are given."""
        import numpy as np

        every = np.arange(self.size)
        likeness = part_of(matrix_of(rows), columns) @ self._part(columns).T
        return [in_order(self.keys, every, near, limit) for near in likeness]

    def numbers_near(self, rows: AnyRows, limit: int) -> "list[npt.NDArray[np.intp]]":
        """For every row the numbers of the nearest keys, ascending."""
        import numpy as np

        first = max(0, self.size - limit)
        if not first:
            return [np.arange(self.size)] * len(rows)
        every = unit(matrix_of(rows)) @ self.matrix.T
        return [np.sort(likeness.argpartition(first)[first:]) for likeness in every]

    @property
    def size(self) -> int:
        return len(self.keys)

    def without(self, keys: Iterable[str]) -> "Loaded":
        gone = set(keys)
        return self.at([number for number, key in enumerate(self.keys) if key not in gone])

    def at(self, numbers: Sequence[int]) -> "Loaded":
        """Those with these numbers, which are ascending."""
        return Loaded(tuple(self.keys[number] for number in numbers), self.matrix[list(numbers)])

    def rows(self, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """Those that are there of some keys."""
        return {key: self.matrix[number] for key, number in numbers_of(self.keys, keys).items()}

    def _part(self, columns: slice | None) -> "npt.NDArray[np.float32]":
        if columns is None:
            return self.matrix
        name = columns.start, columns.stop
        if name not in self.parts:
            self.parts[name] = part_of(self.matrix, columns)
        return self.parts[name]


def nearest_of(
    keys: Sequence[str], likeness: "npt.NDArray[np.float32]", among: Sequence[Sequence[int]], limit: int
) -> list[list[Near]]:
    """For every row of likenesses to some keys the nearest of those whose numbers are `among`, nearest first; of
    equally near ones the first key comes first. The keys are ascending."""
    import numpy as np

    chosen = [np.sort(np.array(some, np.intp)) for some in among]
    return [in_order(keys, some, near[some], limit) for near, some in zip(likeness, chosen, strict=True)]


def in_order(
    keys: Sequence[str], numbers: "npt.NDArray[np.intp]", near: "npt.NDArray[np.float32]", limit: int
) -> list[Near]:
    """The keys with these numbers, which are ascending, nearest first; of equally near ones the first comes first."""
    order = (-near).argsort(kind="stable")[:limit]
    names = map(keys.__getitem__, numbers[order].tolist())
    return list(map(Near, names, near[order].tolist()))


def numbers_of(keys: Sequence[str], some: Iterable[str]) -> dict[str, int]:
    """Where those that are there of some keys stand among keys in order."""
    places = ((key, bisect_left(keys, key)) for key in some)
    return {key: at for key, at in places if at < len(keys) and keys[at] == key}


def merged(found: Iterable[Sequence[Near]], limit: int) -> list[Near]:
    """What was found in several places, nearest first, each key once."""
    best: dict[str, Near] = {}
    for near in (one for some in found for one in some):
        if near.key not in best or best[near.key].similarity < near.similarity:
            best[near.key] = near
    return sorted(best.values(), key=lambda one: -one.similarity)[:limit]


def part_of(matrix: "npt.NDArray[np.float32]", columns: slice | None) -> "npt.NDArray[np.float32]":
    """Some columns of each row, all if none are given, with length 1 so that a product is a cosine."""
    return unit(matrix if columns is None or not len(matrix) else matrix[:, columns])


def matrix_of(rows: AnyRows) -> "npt.NDArray[np.float32]":
    import numpy as np

    return np.asarray(rows, dtype=np.float32)


def unit(matrix: "npt.NDArray[np.float32]") -> "npt.NDArray[np.float32]":
    """Every row with length 1; a row of zeros stays one."""
    import numpy as np

    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    rows: npt.NDArray[np.float32] = matrix / np.maximum(lengths, np.float32(1e-12))
    return rows


def cosines(some: AnyRows, others: AnyRows, columns: slice | None = None) -> list[list[float]]:
    """A row for each of `some` with its similarity to each of `others`; by some columns alone if they are given."""
    if not len(some) or not len(others):
        return [[] for _ in some]
    return cast("list[list[float]]", similarities(some, others, columns).tolist())


def similarities(some: AnyRows, others: AnyRows, columns: slice | None = None) -> Matrix:
    """The same as an array."""
    import numpy as np

    if not len(some) or not len(others):
        return np.zeros((len(some), len(others)))
    products = part_of(matrix_of(some), columns) @ part_of(matrix_of(others), columns).T
    return products.astype(np.float64)
