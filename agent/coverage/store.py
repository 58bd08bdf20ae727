"""The index: passages as vectors in Chroma, embedded or on a server. The only importer of chromadb."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from agent.errors import ConfigurationError, StoreError
from agent.models import Passage, Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection
    from chromadb.api.client import Client

Rows = Sequence[Sequence[float]]

_WRITE_BATCH = 1000
_READ_BATCH = 500
# The default of 100 misses 5 % of nearest neighbours on hard vectors.
_SEARCH_BREADTH = 200
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: the `number`th of its document. `similarity` is the cosine."""

    document_id: str
    number: int
    span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where the index stands: in a folder, or on a server when there is a `url`."""

    folder: Path
    url: str | None = None

    def __str__(self) -> str:
        return self.url or str(self.folder)


class Index:
    """Vectors of one space, under a name of their own: two spaces can never mix.

    Chroma takes more than a second to import, so it is opened with the first use. Blocking: call it from a thread.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = RLock()
        self._client: Client | None = None
        self._collections: dict[str, Collection] = {}

    def count(self, space: str) -> int:
        with self._translated():
            return self._collection(space).count()

    def write(self, space: str, passages: Sequence[Passage], first: int, rows: Rows) -> None:
        """Puts passages of one document in, the first of which is its `first`th; those there are replaced."""
        with self._translated():
            collection = self._collection(space)
            for at in range(0, len(passages), _WRITE_BATCH):
                batch = passages[at : at + _WRITE_BATCH]
                collection.upsert(
                    ids=[_key(p.document_id, first + at + i) for i, p in enumerate(batch)],
                    embeddings=_matrix(rows[at : at + _WRITE_BATCH]),
                    metadatas=[
                        {"document": p.document_id, "number": first + at + i, "start": p.start, "end": p.end}
                        for i, p in enumerate(batch)
                    ],
                )

    def query(self, space: str, rows: Rows, limit: int) -> list[list[Hit]]:
        """For every row the nearest passages, nearest first; a row of zeros is near to nothing."""
        asked = [i for i, row in enumerate(rows) if any(row)]
        hits: list[list[Hit]] = [[] for _ in rows]
        if not asked:
            return hits
        with self._translated():
            found = self._collection(space).query(
                query_embeddings=_matrix([rows[i] for i in asked]),
                n_results=limit,
                include=["metadatas", "distances"],
            )
        metadatas, distances = found["metadatas"] or [], found["distances"] or []
        for i, notes, far in zip(asked, metadatas, distances, strict=True):
            hits[i] = [_hit(note, distance) for note, distance in zip(notes, far, strict=True)]
        return hits

    def vectors(self, space: str, document_id: str, passages: int) -> list[list[float]]:
        """The vectors of a document's passages in order; fewer than asked when they do not stand here."""
        keys = [_key(document_id, number) for number in range(passages)]
        known: dict[str, list[float]] = {}
        with self._translated():
            for at in range(0, len(keys), _READ_BATCH):
                found = self._collection(space).get(ids=keys[at : at + _READ_BATCH], include=["embeddings"])
                rows = found["embeddings"]
                if rows is not None:
                    known |= {key: [float(x) for x in row] for key, row in zip(found["ids"], rows, strict=True)}
        return [known[key] for key in keys if key in known]

    def remove(self, space: str, document_ids: Sequence[str]) -> None:
        with self._translated():
            for at in range(0, len(document_ids), _READ_BATCH):
                some = {"$in": list(document_ids[at : at + _READ_BATCH])}
                self._collection(space).delete(where={"document": some})  # type: ignore[dict-item]  # list is invariant

    def drop(self, space: str) -> None:
        """Takes a space away with all its vectors; nothing happens when it is not there."""
        with self._translated():
            from chromadb.errors import NotFoundError

            self._collections.pop(space, None)
            try:
                self._opened().delete_collection(space)
            except NotFoundError:
                return

    def close(self) -> None:
        with self._lock:
            self._collections.clear()
            if self._client is not None:
                self._client.close()
                self._client = None

    def _collection(self, space: str) -> "Collection":
        with self._lock:
            if space not in self._collections:
                self._collections[space] = self._opened().get_or_create_collection(
                    space,
                    # The default one would download a model.
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_BREADTH}},
                )
            return self._collections[space]

    def _opened(self) -> "Client":
        if self._client is None:
            self._client = _client(self._place)
        return self._client

    @contextmanager
    def _translated(self) -> Iterator[None]:
        import httpx
        from chromadb.errors import ChromaError

        try:
            with self._lock:
                self._opened()
            yield
        # ValueError is how the client tells that no server answers.
        except (ChromaError, ValueError, OSError, httpx.HTTPError) as err:
            raise StoreError(
                f"cannot use the passage index in {str(self._place)!r}: {err}. {self._advice()}"
            ) from err

    def _advice(self) -> str:
        if self._place.url:
            return "Check that the Chroma server of ISNAD_CHROMA_URL runs."
        return "Check permissions and free space; `isnad coverage reindex` builds the index anew."


def _client(place: Place) -> "Client":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    if place.url is None:
        # Chroma would read `.env` on its own; only what is said here counts.
        quiet = ChromaSettings(_env_file=None, anonymized_telemetry=False)
        return cast("Client", chromadb.PersistentClient(str(place.folder), settings=quiet))
    address = urlsplit(place.url)
    if address.scheme not in _PORTS or not address.hostname:
        raise ConfigurationError(f"ISNAD_CHROMA_URL: {place.url!r} is not an http or https address.")
    host, port = address.hostname, address.port or _PORTS[address.scheme]
    quiet = ChromaSettings(
        _env_file=None, anonymized_telemetry=False, chroma_server_host=host, chroma_server_http_port=port
    )
    return cast("Client", chromadb.HttpClient(host, port, ssl=address.scheme == "https", settings=quiet))


def _matrix(rows: Rows) -> "npt.NDArray[np.float32]":
    import numpy as np

    return np.asarray(rows, dtype=np.float32)


def _key(document_id: str, number: int) -> str:
    return f"{document_id}:{number}"


def _hit(note: "object", distance: float) -> Hit:
    known = cast("dict[str, str | int]", note)
    return Hit(
        document_id=str(known["document"]),
        number=int(known["number"]),
        span=Span(start=int(known["start"]), end=int(known["end"])),
        similarity=1 - distance,
    )
