"""The index: passages as vectors, in spaces of Chroma."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from agent.coverage.chroma import Place, close_client, open_client, translated
from agent.coverage.vectors import Loaded, Near, Rows, matrix_of
from agent.errors import StoreError

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
_BREADTH, _CONSTRUCTION, _NEIGHBOURS = 200, 100, 32
# Up to so many, every vector is compared: it takes no longer, and nothing can be missed.
_MOST_COMPARED = 2000


class Index:
    """Vectors by key, in spaces with a name of their own: two spaces can never mix.

    A key stands for a text, so that a text that was printed a hundred times has one vector: a hundred equal ones
    are each other's nearest neighbours, and the graph of neighbours does not lead past them.

    Chroma takes more than a second to import, so it is opened with the first use. Blocking: call it from a thread.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = RLock()
        self._client: Client | None = None
        self._collections: dict[str, Collection] = {}
        self._loaded: dict[str, Loaded] = {}

    def warm(self) -> None:
        """Opens it, so that the first search does not have to."""
        with self._translated():
            return

    def reach(self) -> None:
        """Raises `StoreError` when the server of the index does not answer; a folder is not looked at."""
        if self._place.url is not None:
            with self._translated():
                self._opened().heartbeat()

    def count(self, space: str) -> int:
        with self._translated():
            return self._on(space, lambda collection: collection.count())

    def write(self, space: str, keys: Sequence[str], rows: Rows) -> None:
        """Puts vectors in; one that stands there under the same key is replaced."""
        with self._translated():
            for at in range(0, len(keys), _WRITE_BATCH):
                ids, vectors = list(keys[at : at + _WRITE_BATCH]), matrix_of(rows[at : at + _WRITE_BATCH])
                self._on(space, partial(_write, ids=ids, vectors=vectors))
            self._loaded.pop(space, None)

    def query(self, space: str, rows: Rows, limit: int) -> list[list[Near]]:
        """For every row the nearest keys, nearest first; a row of zeros is near to nothing."""
        asked = [i for i, row in enumerate(rows) if any(row)]
        found: list[list[Near]] = [[] for _ in rows]
        if not asked:
            return found
        wanted = [rows[i] for i in asked]
        with self._translated():
            small = self._load_small(space)
            nearest = small.nearest(wanted, limit) if small else self._neighbours(space, wanted, limit)
        for i, near in zip(asked, nearest, strict=True):
            found[i] = near
        return found

    def _neighbours(self, space: str, rows: Rows, limit: int) -> list[list[Near]]:
        asked = matrix_of(rows)
        answer = self._on(
            space, lambda one: one.query(query_embeddings=asked, n_results=limit, include=["distances"])
        )
        return [
            [Near(key, 1 - distance) for key, distance in zip(keys, far, strict=True)]
            for keys, far in zip(answer["ids"], answer["distances"] or [], strict=True)
        ]

    def _load_small(self, space: str) -> "Loaded | None":
        """All vectors of a small space that is ours alone; on a server others may write."""
        with self._lock:
            if self._place.url is None and space not in self._loaded:
                collection = self._collection(space)
                if 0 < collection.count() <= _MOST_COMPARED:
                    all_ = collection.get(include=["embeddings"])
                    self._loaded[space] = Loaded.of(all_["ids"], cast("Rows", all_["embeddings"]))
            return self._loaded.get(space)

    def vectors(self, space: str, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors that stand under some keys."""
        wanted = sorted(set(keys))
        known: dict[str, Sequence[float]] = {}
        with self._translated():
            for at in range(0, len(wanted), _READ_BATCH):
                found = self._on(space, partial(_read, ids=wanted[at : at + _READ_BATCH]))
                known |= zip(found["ids"], cast("Rows", found["embeddings"]), strict=True)
        return known

    def remove(self, space: str, keys: Sequence[str]) -> None:
        with self._translated():
            for at in range(0, len(keys), _READ_BATCH):
                self._on(space, partial(_delete, ids=list(keys[at : at + _READ_BATCH])))
            self._loaded.pop(space, None)

    def drop(self, space: str) -> None:
        """Takes a space away with all its vectors; nothing happens when it is not there."""
        with self._translated():
            from chromadb.errors import NotFoundError

            self._collections.pop(space, None)
            self._loaded.pop(space, None)
            try:
                self._opened().delete_collection(space)
            except NotFoundError:
                return

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


def _write(collection: "Collection", *, ids: list[str], vectors: "npt.NDArray[np.float32]") -> None:
    collection.upsert(ids=ids, embeddings=vectors)


def _read(collection: "Collection", *, ids: list[str]) -> "GetResult":
    return collection.get(ids=ids, include=["embeddings"])


def _delete(collection: "Collection", *, ids: list[str]) -> None:
    collection.delete(ids=ids)
