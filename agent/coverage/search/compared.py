"""The documents that a search may put to the judge, held against each of its claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.coverage.index.entries import Located
from agent.coverage.search.nearest import PassageLikeness
from agent.models import Document


@dataclass(frozen=True, slots=True)
class Compared:
    """The passages of some documents, and how like each of them is to each claim."""

    places: Mapping[str, Sequence[Located]]
    likeness: PassageLikeness

    @property
    def near(self) -> Mapping[str, Mapping[str, float]]:
        return self.likeness.near

    def places_of(self, document: Document) -> list[Located]:
        return [place for place in self.places.get(document.id, ()) if place.key in self.near]

    def of(self, document: Document) -> dict[str, float]:
        """How near the document's nearest passage is to each claim."""
        return self.likeness.nearest_of([place.key for place in self.places_of(document)])
