"""The passages nearest to some vectors: keys from the index, places from the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.coverage.catalogue import Catalogue, Located
from agent.coverage.store import Index, Rows


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `similarity` is the cosine."""

    place: Located
    similarity: float

    @property
    def document_id(self) -> str:
        return self.place.document_id


@dataclass(frozen=True, slots=True)
class Hits:
    """Nearest first. `exhausted`: there is nothing more in the store."""

    hits: tuple[Hit, ...]
    exhausted: bool

    @property
    def farthest(self) -> float:
        return self.hits[-1].similarity if self.hits else 0.0


class Nearest:
    """Looks into one space of the index. Blocking."""

    def __init__(self, catalogue: Catalogue, index: Index, space: str) -> None:
        self._catalogue = catalogue
        self._index = index
        self._space = space

    def query(self, rows: Rows, limit: int) -> list[Hits]:
        """For every row the passages under the `limit` nearest keys; passages of the same words share a key."""
        found = self._index.query(self._space, rows, limit)
        places = self._catalogue.with_keys(near.key for some in found for near in some)
        return [
            Hits(
                tuple(Hit(place, near.similarity) for near in some for place in places.get(near.key, ())),
                exhausted=len(some) < limit,
            )
            for some in found
        ]

    def places(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        return self._catalogue.passages_of(document_ids)

    def vectors(self, places: Iterable[Located]) -> dict[str, Sequence[float]]:
        """The vectors of some passages, by key."""
        return self._index.vectors(self._space, (place.key for place in places))
