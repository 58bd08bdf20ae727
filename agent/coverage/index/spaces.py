"""Spaces of Chroma: each has a collection for every language of its texts."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from agent.coverage.index.chroma import IndexLocation, close_client, open_client, translated
from agent.errors import StoreError
from agent.text.language import UNKNOWN

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

T = TypeVar("T")

# With Chroma's defaults (100, 100, 16) five in a hundred hard vectors are not found; and three hundred copies with
# a word changed, all neighbours of each other, now and then hide the one report that differs.
_BREADTH, _CONSTRUCTION, _NEIGHBOURS = 1000, 100, 32


class Spaces:
    """Chroma takes more than a second to import, so it is opened with the first use. Blocking; safe for threads."""

    def __init__(self, place: IndexLocation) -> None:
        self._place = place
        self._lock = RLock()
        self._client: Client | None = None
        self._collections: dict[str, Collection] = {}
        self._languages: dict[str, set[str]] = {}

    @property
    def is_shared(self) -> bool:
        """On a server others may write."""
        return self._place.url is not None

    @contextmanager
    def opened(self) -> "Iterator[Client]":
        """What fails inside is told as a `StoreError`."""
        with translated(self._place):
            with self._lock:
                if self._client is None:
                    self._client = open_client(self._place)
                client = self._client
            yield client

    def reach(self) -> None:
        """Raises `StoreError` when the server does not answer; a folder is not looked at."""
        if self.is_shared:
            with self.opened() as client:
                client.heartbeat()

    def languages(self, space: str) -> list[str]:
        """The languages that the space has texts of, as they were told when these were put in."""
        with self.opened() as client, self._lock:
            if self.is_shared or space not in self._languages:
                names = [one.name for one in client.list_collections()]
                self._languages[space] = {language for one in names if (language := _language(space, one))}
            return sorted(self._languages[space])

    def learn(self, space: str, languages: Iterable[str]) -> None:
        """What was put in is in these languages too."""
        known = {*self.languages(space), *languages}
        with self._lock:
            self._languages[space] = known

    def on(self, name: str, use: "Callable[[Collection], T]") -> T:
        """On a server another process may have made the collection anew since it was looked up."""
        with self.opened():
            from chromadb.errors import NotFoundError

            try:
                return use(self._collection(name))
            except NotFoundError:
                with self._lock:
                    self._collections.pop(name, None)
                return use(self._collection(name))

    def drop(self, space: str) -> list[str]:
        """Takes a space away with all its vectors; the names of its collections."""
        names = [collection_name(space, language) for language in self.languages(space)]
        with self.opened() as client:
            from chromadb.errors import NotFoundError

            with self._lock:
                self._languages.pop(space, None)
                for name in names:
                    self._collections.pop(name, None)
            for name in names:
                with suppress(NotFoundError):
                    client.delete_collection(name)
        return names

    def start_over(self) -> Path | None:
        """Leaves an embedded index that cannot be used aside, for an empty one; returns where it now stands. Raises
        `StoreError`."""
        self.close()
        if self.is_shared or not self._place.folder.exists():
            return None
        aside = self._place.folder.with_name(f"{self._place.folder.name}.broken-{time.time_ns()}")
        try:
            return self._place.folder.rename(aside)
        except OSError as err:
            raise StoreError(f"cannot move the broken index {str(self._place)!r} aside: {err}.") from err

    def close(self) -> None:
        with self._lock:
            self._collections.clear()
            self._languages.clear()
            if self._client is not None:
                close_client(self._client)
                self._client = None

    def _collection(self, name: str) -> "Collection":
        with self._lock:
            if name not in self._collections:
                assert self._client is not None, "within `opened`"
                self._collections[name] = self._client.get_or_create_collection(
                    name,
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
            return self._collections[name]


def collection_name(space: str, language: str) -> str:
    """The collection of one language. What nobody knows the language of stands where everything stood before."""
    return space if language == UNKNOWN else f"{space}.{language}"


def _language(space: str, name: str) -> str | None:
    if name == space:
        return UNKNOWN
    return name.removeprefix(f"{space}.") if name.startswith(f"{space}.") else None
