"""Whole rows in memory, a byte a number, that are compared one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.coverage.index.vectors import Near, Rows, in_order, matrix_of, numbers_of, part_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PackedRows:
    """In the order of their keys."""

    keys: tuple[str, ...]
    packed: "npt.NDArray[np.int8]"
    # By the columns that were asked for, the length of each row in them: told once.
    lengths: "dict[tuple[int, int] | None, npt.NDArray[np.float32]]" = field(default_factory=dict)

    def nearest(self, rows: Rows, limit: int, columns: slice | None = None) -> list[list[Near]]:
        """For every row the keys that are nearest to it, nearest first; by some columns alone if they are given. Of
        equally near ones the first key comes first."""
        return [nearest_keys(self.keys, near, limit) for near in self._likeness(rows, columns)]

    def at(self, keys: Iterable[str]) -> "PackedRows":
        """Those that are there of some keys."""
        numbers = sorted(numbers_of(self.keys, keys).values())
        return PackedRows(tuple([self.keys[number] for number in numbers]), self.packed[numbers])

    def lengths_of(self, columns: slice | None) -> "npt.NDArray[np.float32]":
        """How long each row is in some columns; 1 at least."""
        import numpy as np

        name = None if columns is None else (columns.start, columns.stop)
        if name not in self.lengths:
            # Some at a time: as numbers all of them are four times as large.
            parts = [np.zeros(0, np.float32)]
            for rows in self._in_parts(columns):
                parts.append(np.sqrt(np.einsum("ij,ij->i", rows, rows)))
            self.lengths[name] = np.maximum(np.concatenate(parts), np.float32(1.0))
        return self.lengths[name]

    def _likeness(self, rows: Rows, columns: slice | None) -> "npt.NDArray[np.float32]":
        import numpy as np

        asked = part_of(matrix_of(rows), columns)
        products = [np.zeros((len(asked), 0), np.float32), *(asked @ some.T for some in self._in_parts(columns))]
        return np.asarray(np.concatenate(products, axis=1) / self.lengths_of(columns), np.float32)

    def _in_parts(self, columns: slice | None) -> "Iterable[npt.NDArray[np.float32]]":
        import numpy as np

        packed = self.packed if columns is None else self.packed[:, columns]
        for at in range(0, len(packed), _AT_ONCE):
            yield packed[at : at + _AT_ONCE].astype(np.float32)


def nearest_keys(keys: Sequence[str], near: "npt.NDArray[np.float32]", limit: int) -> list[Near]:
    """The keys of the largest numbers, largest first; of equal ones the first key comes first."""
    import numpy as np

    among = np.arange(len(near))
    if len(near) > limit:
        # With all that are as near as the last one: which of these come first is for the keys to say.
        among = np.flatnonzero(near >= np.partition(near, len(near) - limit)[len(near) - limit])
    return in_order(keys, among, near[among], limit)
