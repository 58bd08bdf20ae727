"""The vectors of single sentences, beside those of the passages that they stand in.

A page of several topics is near to nothing as a whole: what tells of a claim is one sentence of it. Kept in a byte a
number, which moves a cosine by less than a hundredth.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from agent.coverage.embedding.embed import Traits
from agent.coverage.index.vectors import Rows, matrix_of, part_of
from agent.storage import Database, given_list, insert_new, slices
from agent.storage.tables.catalogue import sentences as _table
from agent.text import sentences

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Stored with the collection: what was cut otherwise is made anew.
SENTENCES = "single-1"
_SHORTEST, _MOST = 15, 64
_LARGEST = 127

_ONES = _table.c.key.in_(given_list("keys"))
_ADD = insert_new(_table)
_READ = select(_table.c.key, _table.c.width, _table.c.vectors).where(_ONES)
_DELETE = delete(_table).where(_ONES)
_CLEAR = delete(_table)


def sentences_of(passage: str, language: str) -> list[str]:
    """Those of one passage that tell something; none where it is a single one, whose vector is there already."""
    found = [passage[one.start : one.end] for one in sentences(passage, language)]
    return [one for one in found if len(one) >= _SHORTEST][:_MOST] if len(found) > 1 else []


class SentenceVectors:
    """By the key of the passage. Blocking; what is written belongs to the caller's transaction."""

    def __init__(self, database: Database, traits: Traits) -> None:
        self._database = database
        self._columns = traits.across

    def write(self, rows: Mapping[str, Rows]) -> None:
        packed = [{"key": key, **self._packed(some)} for key, some in sorted(rows.items()) if len(some)]
        with self._database.writing() as connection:
            connection.executemany(_ADD, packed)

    def read(self, keys: Iterable[str]) -> "dict[str, npt.NDArray[np.float32]]":
        """Rows of length 1, of the columns that compare across languages; what has none is left out."""
        import numpy as np

        known: list[tuple[str, int, bytes]] = []
        with self._database.reading() as connection:
            for some in slices(sorted(set(keys))):
                known += connection.execute(_READ, {"keys": some}).fetchall()
        if not known:
            return {}
        width = known[0][1]
        # All together: row by row this takes longer than to read them.
        every = np.frombuffer(b"".join([packed for *_, packed in known]), np.int8).reshape(-1, width)
        rows = part_of(every.astype(np.float32), None)
        ends = np.cumsum([len(packed) // width for *_, packed in known])
        return dict(zip((key for key, *_ in known), np.split(rows, ends[:-1]), strict=True))

    def remove(self, keys: Sequence[str]) -> None:
        with self._database.writing() as connection:
            for some in slices(sorted(set(keys))):
                connection.execute(_DELETE, {"keys": some})

    def clear(self) -> None:
        with self._database.writing() as connection:
            connection.execute(_CLEAR)

    def _packed(self, rows: Rows) -> dict[str, int | bytes]:
        import numpy as np

        matrix = part_of(matrix_of(rows), self._columns)
        largest = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-9)
        vectors = np.round(matrix / largest * _LARGEST).astype(np.int8).tobytes()
        return {"width": matrix.shape[1], "vectors": vectors}
