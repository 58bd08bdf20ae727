"""Whole rows of passages beside the index, where that holds them in fewer columns: they settle what is nearest."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from agent.coverage.index.vectors import Rows, matrix_of
from agent.storage import Database, marks, slices

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_LARGEST = 127


class WholeRows:
    """By the key of the passage, a byte a number, which moves a cosine by less than a thousandth. Blocking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, keys: Sequence[str], rows: Rows) -> None:
        """Puts rows in; one that stands there under the same key is replaced."""
        packed = list(zip(keys, _packed(matrix_of(rows)), strict=True))
        put = (
            "INSERT INTO vectors (key, packed) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET packed = excluded.packed"
        )
        with self._database.writing() as connection:
            connection.executemany(put, packed)

    def read(self, keys: Iterable[str]) -> "tuple[list[str], npt.NDArray[np.float32]]":
        """The known ones of some keys, ascending, and the rows that stand under them; each with length 1."""
        import numpy as np

        found: list[tuple[str, bytes]] = []
        with self._database.reading() as connection:
            for some in slices(sorted(set(keys))):
                query = f"SELECT key, packed FROM vectors WHERE key IN ({marks(some)})"
                found += sorted(connection.execute(query, some).fetchall())
        if not found:
            return [], np.zeros((0, 0), np.float32)
        packed = np.frombuffer(b"".join([row for _, row in found]), np.int8)
        rows = packed.reshape(len(found), -1).astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows /= np.maximum(lengths, np.float32(1.0))[:, None]
        return [key for key, _ in found], rows

    def remove(self, keys: Sequence[str]) -> None:
        with self._database.writing() as connection:
            for some in slices(sorted(set(keys))):
                connection.execute(f"DELETE FROM vectors WHERE key IN ({marks(some)})", some)

    def clear(self) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM vectors")


def _packed(matrix: "npt.NDArray[np.float32]") -> list[bytes]:
    import numpy as np

    largest = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), np.float32(1e-12))
    return [row.tobytes() for row in np.round(matrix / largest * _LARGEST).astype(np.int8)]
