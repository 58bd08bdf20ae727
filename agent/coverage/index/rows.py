"""Whole rows of passages beside the index, where that holds them in fewer columns: they settle what is nearest."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from agent.coverage.index.packed import PackedRows
from agent.coverage.index.vectors import Rows, matrix_of
from agent.storage import Database, given_list, insert_or_update, slices
from agent.storage.tables.catalogue import vectors as _table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_LARGEST = 127

_ONES = _table.c.key.in_(given_list("keys"))
_READ = select(_table.c.key, _table.c.packed).where(_ONES)
_PUT = insert_or_update(_table, "packed")
_DELETE = delete(_table).where(_ONES)
_CLEAR = delete(_table)


class WholeRows:
    """By the key of the passage, a byte a number, which moves a cosine by less than a thousandth. Blocking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, keys: Sequence[str], rows: Rows) -> None:
        """Puts rows in; one that stands there under the same key is replaced."""
        each = zip(keys, packed_rows(matrix_of(rows)), strict=True)
        packed = [{"key": key, "packed": row.tobytes()} for key, row in each]
        with self._database.writing() as connection:
            connection.executemany(_PUT, packed)

    def read(self, keys: Iterable[str]) -> "tuple[list[str], npt.NDArray[np.float32]]":
        """The known ones of some keys, ascending, and the rows that stand under them; each with length 1."""
        import numpy as np

        parts = list(self.read_in_parts(keys))
        if not parts:
            return [], np.zeros((0, 0), np.float32)
        return [key for some, _ in parts for key in some], np.concatenate([rows for _, rows in parts])

    def read_in_parts(self, keys: Iterable[str]) -> "Iterator[tuple[list[str], npt.NDArray[np.float32]]]":
        """The same, some at a time: thousands of whole rows together are slow to go through."""
        for some, packed in self.packed_in_parts(keys):
            yield some, unpacked(packed)

    def packed_in_parts(self, keys: Iterable[str]) -> "Iterator[tuple[list[str], npt.NDArray[np.int8]]]":
        """The same as they stand there, a byte a number."""
        import numpy as np

        with self._database.reading() as connection:
            for some in slices(sorted(set(keys))):
                found = sorted(connection.execute(_READ, {"keys": some}).fetchall())
                if found:
                    packed = np.frombuffer(b"".join([row for _, row in found]), np.int8)
                    yield [key for key, _ in found], packed.reshape(len(found), -1)

    def packed(self, keys: Iterable[str]) -> PackedRows:
        """All of them as they stand there."""
        import numpy as np

        parts = list(self.packed_in_parts(keys))
        known = tuple([key for some, _ in parts for key in some])
        return PackedRows(known, np.concatenate([rows for _, rows in parts] or [np.zeros((0, 0), np.int8)]))

    def remove(self, keys: Sequence[str]) -> None:
        with self._database.writing() as connection:
            for some in slices(sorted(set(keys))):
                connection.execute(_DELETE, {"keys": some})

    def clear(self) -> None:
        with self._database.writing() as connection:
            connection.execute(_CLEAR)


def packed_rows(matrix: "npt.NDArray[np.float32]") -> "npt.NDArray[np.int8]":
    """Rows as they are kept: a byte a number."""
    import numpy as np

    largest = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), np.float32(1e-12))
    packed: npt.NDArray[np.int8] = np.round(matrix / largest * _LARGEST).astype(np.int8)
    return packed


def unpacked(packed: "npt.NDArray[np.int8]") -> "npt.NDArray[np.float32]":
    """Such rows, each with length 1."""
    import numpy as np

    rows = packed.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(lengths, np.float32(1.0))[:, None]
    return rows
