"""The index: passages as vectors, in spaces of Chroma."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from agent.coverage.embedding.embed import Traits, is_crossing
from agent.coverage.embedding.principal import PRINCIPAL_VERSION, shortened
from agent.coverage.index.chroma import IndexLocation, close_client, open_client, translated
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.vectors import Loaded, Near, Rows, matrix_of, nearest_of, part_of
from agent.errors import StoreError
from agent.text.language import UNKNOWN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection, GetResult
    from chromadb.api.client import Client

T = TypeVar("T")

_WRITE_BATCH = 1000
_READ_BATCH = 500
# With Chroma's defaults (100, 100, 16) five in a hundred hard vectors are not found; and three hundred copies with
# a word changed, all neighbours of each other, now and then hide the one report that differs.
_BREADTH, _CONSTRUCTION, _NEIGHBOURS = 1000, 100, 32
# Up to so many, every vector is compared: it takes no longer, and nothing can be missed.
_MOST_COMPARED = 2000
# By short rows so many times as many are asked for as are wanted, and then compared whole.
_FEWEST_WHOLE, _WHOLE_FOR_EACH, _MOST_WHOLE = 400, 4, 4000


class ShortRows:
    """Short rows for the graph of neighbours, of `columns` of whole ones, which stand beside it."""

    version = PRINCIPAL_VERSION

    def __init__(self, whole: WholeRows, columns: slice | None) -> None:
        self.whole = whole
        self._columns = columns

    @classmethod
    def of(cls, whole: WholeRows, traits: Traits) -> "ShortRows | None":
        """None for an embedder whose rows stand in the index as they are."""
        return cls(whole, traits.across) if traits.shortened else None

    def made(self, rows: Rows) -> "npt.NDArray[np.float32]":
        return shortened(part_of(matrix_of(rows), self._columns))

    def settled(
        self, rows: Rows, near: Sequence[Sequence[str]], limit: int, columns: slice | None
    ) -> list[list[Near]]:
        """For every row the nearest of the keys that were found near to it, now compared whole."""
        import numpy as np

        asked = part_of(matrix_of(rows), columns)
        keys, products = list[str](), []
        for some, whole in self.whole.read_in_parts({key for some in near for key in some}):
            keys += some
            products.append(asked @ (part_of(whole, columns) if columns else whole).T)
        if not keys:
            return [[] for _ in rows]
        at = {key: number for number, key in enumerate(keys)}
        among = [[at[key] for key in some if key in at] for some in near]
        return nearest_of(keys, np.concatenate(products, axis=1), among, limit)


class Index:
    """Vectors by key, in spaces with a name of their own: two spaces can never mix.

    Within a space each language has a collection of its own, so that the nearest of each can be asked for: a filter
    would make a Chroma query ten times as slow and more.

    A key stands for a text, so that a text that was printed a hundred times has one vector: a hundred equal ones
    are each other's nearest neighbours, and the graph of neighbours does not lead past them.

    Chroma takes more than a second to import, so it is opened with the first use. Blocking: call it from a thread.
    """

    def __init__(self, place: IndexLocation, short: ShortRows | None = None) -> None:
        self._place = place
        self._short = short
        self._lock = RLock()
        self._client: Client | None = None
        self._collections: dict[str, Collection] = {}
        self._loaded: dict[str, Loaded] = {}
        self._large: set[str] = set()
        self._languages: dict[str, set[str]] = {}

    def warm(self) -> None:
        """Opens it, so that the first search does not have to."""
        with self._translated():
            return

    def reach(self) -> None:
        """Raises `StoreError` when the server of the index does not answer; a folder is not looked at."""
        if self._place.url is not None:
            with self._translated():
                self._opened().heartbeat()

    def languages(self, space: str) -> list[str]:
        """The languages that the space has texts of, as they were told to `write`."""
        with self._translated(), self._lock:
            # On a server others may write.
            if self._place.url is not None or space not in self._languages:
                names = [one.name for one in self._opened().list_collections()]
                self._languages[space] = {language for one in names if (language := _language(space, one))}
            return sorted(self._languages[space])

    def count(self, space: str) -> int:
        """How many vectors there are; one under a key counts in each of its languages."""
        languages = self.languages(space)
        with self._translated():
            return sum(self._on(_name(space, one), lambda collection: collection.count()) for one in languages)

    def write(self, space: str, keys: Sequence[str], rows: Rows, languages: Sequence[str]) -> None:
        """Puts vectors in, each with the primary subtag of its text's language; one that stands there under the same
        key and language is replaced. The same text may come in several languages."""
        spoken: dict[str, list[int]] = defaultdict(list)
        for number, language in enumerate(languages):
            spoken[language].append(number)
        known = set(self.languages(space))
        if self._short is not None:
            self._short.whole.write(keys, rows)
        matrix = matrix_of(rows) if self._short is None else self._short.made(rows)
        with self._translated():
            for language, numbers in spoken.items():
                name = _name(space, language)
                for some in _slices(numbers, _WRITE_BATCH):
                    self._on(name, partial(_write, ids=[keys[number] for number in some], vectors=matrix[some]))
                self._loaded.pop(name, None)
            self._languages[space] = known | spoken.keys()

    def query(
        self,
        space: str,
        rows: Rows,
        limit: int,
        *,
        languages: Sequence[str] = (),
        across: slice | None = None,
        abroad: Rows = (),
    ) -> list[dict[str, list[Near]]]:
        """For every row, and every language of the space, the nearest keys, nearest first; a row of zeros is near to
        nothing.

        `languages` are those of the rows: where a text is in another one, only the columns `across` count, of the
        rows `abroad` if they are given. A part of a row is taken to weigh the same in all rows.
        """
        spoken = list(languages) or [UNKNOWN] * len(rows)
        asked = [i for i, row in enumerate(rows) if any(row)]
        found: list[dict[str, list[Near]]] = [{} for _ in rows]
        for language in self.languages(space) if asked else ():
            for crossing in (False, True):
                some = [i for i in asked if is_crossing(spoken[i], language) is crossing]
                columns, value = (across, abroad or rows) if crossing else (None, rows)
                nearest = self._nearest(_name(space, language), [value[i] for i in some], limit, columns)
                for i, near in zip(some, nearest, strict=True):
                    found[i][language] = near
        return found

    def _nearest(self, name: str, rows: Rows, limit: int, columns: slice | None) -> list[list[Near]]:
        if not rows:
            return []
        with self._translated():
            small = self._load_small(name)
            if small:
                return small.nearest(rows, limit, columns)
            if self._short is None:
                return self._neighbours(name, rows, limit, columns)
            more = max(_FEWEST_WHOLE, min(limit * _WHOLE_FOR_EACH, limit + _MOST_WHOLE))
            asked = self._short.made(rows)
            near = self._on(name, lambda one: one.query(query_embeddings=asked, n_results=more, include=[]))["ids"]
        return self._short.settled(rows, near, limit, columns)

    def _neighbours(self, name: str, rows: Rows, limit: int, columns: slice | None) -> list[list[Near]]:
        asked, share = _masked(matrix_of(rows), columns)
        answer = self._on(name, lambda one: one.query(query_embeddings=asked, n_results=limit, include=["distances"]))
        return [
            [Near(key, (1 - distance) / part) for key, distance in zip(keys, far, strict=True)]
            for keys, far, part in zip(answer["ids"], answer["distances"] or [], share, strict=True)
        ]

    def _load_small(self, name: str) -> "Loaded | None":
        """All vectors of a small collection that is ours alone; on a server others may write."""
        with self._lock:
            if self._place.url is None and name not in self._loaded and name not in self._large:
                count = self._collection(name).count()
                if 0 < count <= _MOST_COMPARED:
                    self._loaded[name] = self._every(name)
                elif count:
                    self._large.add(name)
            return self._loaded.get(name)

    def _every(self, name: str) -> "Loaded":
        """All vectors of a collection, as they were given."""
        if self._short is not None:
            keys, rows = self._short.whole.read(self._collection(name).get(include=[])["ids"])
            return Loaded.of(keys, list(rows))
        every = self._collection(name).get(include=["embeddings"])
        return Loaded.of(every["ids"], cast("Rows", every["embeddings"]))

    def vectors(self, space: str, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors that stand under some keys, in whatever language."""
        return dict(zip(*self._short.whole.read(keys), strict=True)) if self._short else self.as_stored(space, keys)

    def as_stored(self, space: str, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The rows that the index itself holds under some keys, in whatever language: short ones where it is given
        whole ones."""
        wanted = set(keys)
        known: dict[str, Sequence[float]] = {}
        for language in self.languages(space):
            name = _name(space, language)
            with self._translated():
                small = self._loaded.get(name)
                if small is not None:
                    known |= small.rows(wanted - known.keys())
                    continue
                for some in _slices(sorted(wanted - known.keys()), _READ_BATCH):
                    found = self._on(name, partial(_read, ids=list(some)))
                    known |= zip(found["ids"], cast("Rows", found["embeddings"]), strict=True)
        return known

    def remove(self, space: str, keys: Sequence[str], language: str | None = None) -> None:
        """Takes out what stands under some keys, in one language or in all of them."""
        languages = self.languages(space)
        for one in languages if language is None else {language} & {*languages}:
            name = _name(space, one)
            with self._translated():
                for some in _slices(keys, _READ_BATCH):
                    self._on(name, partial(_delete, ids=list(some)))
                self._forget(name)
        if self._short is not None and language is None:
            self._short.whole.remove(keys)

    def _forget(self, name: str) -> None:
        self._loaded.pop(name, None)
        self._large.discard(name)

    def drop(self, space: str) -> None:
        """Takes a space away with all its vectors; nothing happens when it is not there."""
        languages = self.languages(space)
        with self._translated():
            from chromadb.errors import NotFoundError

            self._languages.pop(space, None)
            for language in languages:
                name = _name(space, language)
                self._collections.pop(name, None)
                self._forget(name)
                with suppress(NotFoundError):
                    self._opened().delete_collection(name)

    def start_over(self) -> Path | None:
        """Leaves an embedded index that cannot be used aside, for an empty one; returns where it now stands."""
        self.close()
        if self._place.url is not None or not self._place.folder.exists():
            return None
        aside = self._place.folder.with_name(f"{self._place.folder.name}.broken-{time.time_ns()}")
        try:
            return self._place.folder.rename(aside)
        except OSError as err:
            raise StoreError(f"cannot move the broken index {str(self._place)!r} aside: {err}.") from err

    def close(self) -> None:
        with self._lock:
            self._collections.clear()
            self._loaded.clear()
            self._large.clear()
            self._languages.clear()
            if self._client is not None:
                close_client(self._client)
                self._client = None

    def _on(self, space: str, use: "Callable[[Collection], T]") -> T:
        """On a server another process may have made the space anew since it was looked up."""
        from chromadb.errors import NotFoundError

        try:
            return use(self._collection(space))
        except NotFoundError:
            with self._lock:
                self._collections.pop(space, None)
            return use(self._collection(space))

    def _collection(self, space: str) -> "Collection":
        with self._lock:
            if space not in self._collections:
                self._collections[space] = self._opened().get_or_create_collection(
                    space,
                    # The default one would download a model.
                    embedding_function=None,
                    configuration={
                        "hnsw": {
                            "space": "cosine",
                            "ef_search": _BREADTH,
                            "ef_construction": _CONSTRUCTION,
                            "max_neighbors": _NEIGHBOURS,
                        }
                    },
                )
            return self._collections[space]

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with translated(self._place):
            with self._lock:
                self._opened()
            yield

    def _opened(self) -> "Client":
        if self._client is None:
            self._client = open_client(self._place)
        return self._client


def _name(space: str, language: str) -> str:
    """The collection of one language. What nobody knows the language of stands where everything stood before."""
    return space if language == UNKNOWN else f"{space}.{language}"


def _language(space: str, name: str) -> str | None:
    if name == space:
        return UNKNOWN
    return name.removeprefix(f"{space}.") if name.startswith(f"{space}.") else None


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


def _write(collection: "Collection", *, ids: list[str], vectors: "npt.NDArray[np.float32]") -> None:
    collection.upsert(ids=ids, embeddings=vectors)


def _read(collection: "Collection", *, ids: list[str]) -> "GetResult":
    return collection.get(ids=ids, include=["embeddings"])


def _delete(collection: "Collection", *, ids: list[str]) -> None:
    collection.delete(ids=ids)
