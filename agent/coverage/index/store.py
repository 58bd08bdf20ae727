"""The index: passages as vectors, in spaces of Chroma."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from agent.coverage.embedding.embed import is_crossing
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.rows import packed_rows
from agent.coverage.index.rows_in_memory import MOST_SHORT, ComparedRows, RowsInMemory
from agent.coverage.index.short import ShortRows
from agent.coverage.index.spaces import Spaces, collection_name
from agent.coverage.index.vectors import Near, Rows, matrix_of
from agent.text.language import UNKNOWN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection, GetResult, QueryResult

T = TypeVar("T")

_WRITE_BATCH = 1000
_READ_BATCH = 500
# By short rows so many times as many are asked for as are wanted, and then compared whole.
_FEWEST_WHOLE, _WHOLE_FOR_EACH, _MOST_WHOLE = 400, 4, 4000


class Index:
    """Vectors by key, in spaces with a name of their own: two spaces can never mix.

    Within a space each language has a collection of its own, so that the nearest of each can be asked for: a filter
    would make a Chroma query ten times as slow and more.

    A key stands for a text, so that a text that was printed a hundred times has one vector: a hundred equal ones
    are each other's nearest neighbours, and the graph of neighbours does not lead past them.

    Blocking: call it from a thread.
    """

    def __init__(self, place: IndexLocation, short: ShortRows | None = None, *, most_held: int = MOST_SHORT) -> None:
        self._short = short
        self._spaces = Spaces(place)
        self.held = RowsInMemory(self._spaces, short, most_held)

    def warm(self) -> None:
        """Opens it, so that the first search does not have to."""
        with self._spaces.opened():
            return

    def reach(self) -> None:
        """Raises `StoreError` when the server of the index does not answer; a folder is not looked at."""
        self._spaces.reach()

    def languages(self, space: str) -> list[str]:
        """The languages that the space has texts of, as they were told to `write`."""
        return self._spaces.languages(space)

    def count(self, space: str) -> int:
        """How many vectors there are; one under a key counts in each of its languages."""
        names = [collection_name(space, one) for one in self.languages(space)]
        return sum(self._spaces.on(name, lambda collection: collection.count()) for name in names)

    def write(self, space: str, keys: Sequence[str], rows: Rows, languages: Sequence[str]) -> None:
        """Puts vectors in, each with the primary subtag of its text's language; one that stands there under the same
        key and language is replaced. The same text may come in several languages."""
        spoken: dict[str, list[int]] = defaultdict(list)
        for number, language in enumerate(languages):
            spoken[language].append(number)
        if self._short is not None:
            self._short.whole.write(keys, rows)
        matrix = matrix_of(rows) if self._short is None else self._short.made(rows)
        packed = None if self._short is None else packed_rows(matrix_of(rows))
        for language, numbers in spoken.items():
            name = collection_name(space, language)
            for some in _slices(numbers, _WRITE_BATCH):
                ids = [keys[number] for number in some]
                self._spaces.on(name, partial(_write, ids=ids, vectors=matrix[some]))
                self.held.put(name, ids, matrix[some], None if packed is None else packed[some])
        self._spaces.learn(space, spoken)

    def query(
        self,
        space: str,
        rows: Rows,
        limit: int,
        *,
        languages: Sequence[str] = (),
        across: slice | None = None,
        abroad: Rows = (),
        among: Mapping[str, ComparedRows] | None = None,
    ) -> list[dict[str, list[Near]]]:
        """For every row, and every language of the space, the nearest keys, nearest first; a row of zeros is near to
        nothing.

        `languages` are those of the rows: where a text is in another one, only the columns `across` count, of the
        rows `abroad` if they are given. A part of a row is taken to weigh the same in all rows. With rows of `among`
        nothing else is looked at.
        """
        spoken = list(languages) or [UNKNOWN] * len(rows)
        asked = [i for i, row in enumerate(rows) if any(row)]
        found: list[dict[str, list[Near]]] = [{} for _ in rows]
        for language in (self.languages(space) if among is None else among) if asked else ():
            for crossing in (False, True):
                some = [i for i in asked if is_crossing(spoken[i], language) is crossing]
                columns, value = (across, abroad or rows) if crossing else (None, rows)
                name = collection_name(space, language)
                here = partial(self.nearest, name) if among is None else among[language].nearest
                nearest = here([value[i] for i in some], limit, columns) if some else []
                for i, near in zip(some, nearest, strict=True):
                    found[i][language] = near
        return found

    def among(self, space: str, spoken: Mapping[str, AbstractSet[str]]) -> dict[str, ComparedRows] | None:
        """The rows under some keys of each language, for `query`; None where these cannot be read together."""
        found: dict[str, ComparedRows] = {}
        for language in {*self.languages(space)} & spoken.keys():
            rows = self.held.among(collection_name(space, language), spoken[language])
            if rows is None and self._short is not None:
                rows = self._short.whole.packed(spoken[language])
            if rows is None:
                return None
            found[language] = rows
        return found

    def nearest(self, name: str, rows: Rows, limit: int, columns: slice | None) -> list[list[Near]]:
        """For every row the nearest keys of one collection."""
        if (whole := self.held.whole(name)) is not None:
            return whole.nearest(rows, limit, columns)
        if self._short is None:
            return self._neighbours(name, rows, limit, columns)
        more = max(_FEWEST_WHOLE, min(limit * _WHOLE_FOR_EACH, limit + _MOST_WHOLE))
        asked = self._short.made(rows)
        if (both := self.held.both(name)) is not None:
            return both.nearest(rows, asked, more, limit, columns)
        query = partial(_query, rows=asked, limit=more)
        return self._short.settled(rows, self._spaces.on(name, query)["ids"], limit, columns)

    def _neighbours(self, name: str, rows: Rows, limit: int, columns: slice | None) -> list[list[Near]]:
        asked, share = _masked(matrix_of(rows), columns)
        query = partial(_query, rows=asked, limit=limit, distances=True)
        answer = self._spaces.on(name, query)
        return [
            [Near(key, (1 - distance) / part) for key, distance in zip(keys, far, strict=True)]
            for keys, far, part in zip(answer["ids"], answer["distances"] or [], share, strict=True)
        ]

    def vectors(self, space: str, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors that stand under some keys, in whatever language."""
        if self._short is None:
            return self.as_stored(space, keys)
        wanted = set(keys)
        found = self.held.rows([collection_name(space, one) for one in self.languages(space)], wanted)
        found |= zip(*self._short.whole.read(wanted - found.keys()), strict=True)
        return dict(sorted(found.items(), key=itemgetter(0)))

    def as_stored(self, space: str, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The rows that the index itself holds under some keys, in whatever language: short ones where it is given
        whole ones."""
        wanted = set(keys)
        known: dict[str, Sequence[float]] = {}
        for language in self.languages(space):
            name = collection_name(space, language)
            if self._short is None and (small := self.held.whole(name)) is not None:
                known |= small.rows(wanted - known.keys())
                continue
            for some in _slices(sorted(wanted - known.keys()), _READ_BATCH):
                found = self._spaces.on(name, partial(_read, ids=list(some)))
                known |= zip(found["ids"], cast("Rows", found["embeddings"]), strict=True)
        return known

    def remove(self, space: str, keys: Sequence[str], language: str | None = None) -> None:
        """Takes out what stands under some keys, in one language or in all of them."""
        languages = self.languages(space)
        for one in languages if language is None else {language} & {*languages}:
            name = collection_name(space, one)
            for some in _slices(keys, _READ_BATCH):
                self._spaces.on(name, partial(_delete, ids=list(some)))
            self.held.take_out(name, keys)
        if self._short is not None and language is None:
            self._short.whole.remove(keys)

    def drop(self, space: str) -> None:
        """Takes a space away with all its vectors; nothing happens when it is not there."""
        for name in self._spaces.drop(space):
            self.held.forget(name)

    def start_over(self) -> Path | None:
        """Leaves an embedded index that cannot be used aside, for an empty one; returns where it now stands."""
        self.held.clear()
        return self._spaces.start_over()

    def close(self) -> None:
        self.held.clear()
        self._spaces.close()


def _masked(
    rows: "npt.NDArray[np.float32]", columns: slice | None
) -> "tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]":
    """Rows with zeros outside of some columns, and which part of a cosine with them these columns can make up."""
    import numpy as np

    if columns is None:
        return rows, np.ones(len(rows), np.float32)
    masked = np.zeros_like(rows)
    masked[:, columns] = rows[:, columns]
    return masked, np.linalg.norm(masked, axis=1) / np.linalg.norm(rows, axis=1)


def _slices(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _query(
    collection: "Collection", *, rows: "npt.NDArray[np.float32]", limit: int, distances: bool = False
) -> "QueryResult":
    return collection.query(query_embeddings=rows, n_results=limit, include=["distances"] if distances else [])


def _write(collection: "Collection", *, ids: list[str], vectors: "npt.NDArray[np.float32]") -> None:
    collection.upsert(ids=ids, embeddings=vectors)


def _read(collection: "Collection", *, ids: list[str]) -> "GetResult":
    return collection.get(ids=ids, include=["embeddings"])


def _delete(collection: "Collection", *, ids: list[str]) -> None:
    collection.delete(ids=ids)
