"""Short and whole rows of one collection, in memory: the short ones choose, the whole ones settle what is nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.coverage.index.packed import PackedRows
from agent.coverage.index.rows import unpacked
from agent.coverage.index.vectors import AnyRows, Loaded, Near, Rows, in_order, matrix_of, numbers_of, part_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# To make a byte a number takes as long as to multiply so many.
_UNPACKING = 3


@dataclass(frozen=True, slots=True)
class BothRows:
    """`whole` are those under the keys of the short ones."""

    short: Loaded
    whole: PackedRows

    @classmethod
    def of(cls, keys: Sequence[str], short: AnyRows, packed: "npt.NDArray[np.int8]") -> "BothRows":
        order = sorted(range(len(keys)), key=lambda number: keys[number])
        return cls.beside(Loaded.of(keys, short), packed[order])

    @classmethod
    def beside(cls, short: Loaded, packed: "npt.NDArray[np.int8]") -> "BothRows":
        """`packed` are in the order of the keys of the short ones."""
        return cls(short, PackedRows(short.keys, packed))

    @property
    def size(self) -> int:
        return self.short.size

    def nearest(self, rows: Rows, short: AnyRows, among: int, limit: int, columns: slice | None) -> list[list[Near]]:
        """For every row the nearest keys of those `among` so many that are nearest by the `short` ones of the rows;
        by some columns alone if they are given. Of equally near ones the first key comes first."""
        chosen = self.short.numbers_near(short, among)
        near = self._likeness(part_of(matrix_of(rows), columns), chosen, columns)
        return [in_order(self.short.keys, *one, limit) for one in zip(chosen, near, strict=True)]

    def rows(self, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The whole rows of those that are there of some keys."""
        known = numbers_of(self.short.keys, keys)
        return dict(zip(known, unpacked(self.whole.packed[list(known.values())]), strict=True))

    def with_rows(self, keys: Sequence[str], short: AnyRows, packed: "npt.NDArray[np.int8]") -> "BothRows":
        """With more rows, or others under keys that are there."""
        import numpy as np

        before = self.without(keys)
        every = np.concatenate([before.whole.packed, packed]) if before.size else packed
        return BothRows.of(
            [*before.short.keys, *keys], np.concatenate([before.short.matrix, matrix_of(short)]), every
        )

    def without(self, keys: Iterable[str]) -> "BothRows":
        gone = set(keys)
        kept = [number for number, key in enumerate(self.short.keys) if key not in gone]
        return BothRows.beside(self.short.at(kept), self.whole.packed[kept])

    def _likeness(
        self,
        asked: "npt.NDArray[np.float32]",
        chosen: "Sequence[npt.NDArray[np.intp]]",
        columns: slice | None,
    ) -> "Iterable[npt.NDArray[np.float32]]":
        """For every row that is asked for its likeness to those that were chosen for it."""
        import numpy as np

        packed = self.whole.packed if columns is None else self.whole.packed[:, columns]
        lengths = self.whole.lengths_of(columns)
        together = np.unique(np.concatenate(chosen)) if len(chosen) > 1 else chosen[0]
        each = sum(map(len, chosen))
        # Claims of one article have most in common: then one product with all of them is less work.
        if len(together) * (_UNPACKING + len(chosen)) < each * (_UNPACKING + 1):
            products = asked @ packed[together].astype(np.float32).T
            for row, numbers in zip(products, chosen, strict=True):
                yield row[np.searchsorted(together, numbers)] / lengths[numbers]
            return
        for row, numbers in zip(asked, chosen, strict=True):
            yield packed[numbers].astype(np.float32) @ row / lengths[numbers]
