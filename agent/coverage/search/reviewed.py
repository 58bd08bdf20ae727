"""Published fact-checks whose claims are near to some sentences: candidates, to be compared before they are shown."""

from collections.abc import Mapping, Sequence

from agent.coverage.embedding.embed import Traits, is_crossing
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.reviewed import StoredReview, reviews_under, space_of_reviews
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Near
from agent.coverage.search.found import ReviewLead
from agent.coverage.search.nearest import PassageQuery
from agent.coverage.search.scale import Scale
from agent.models import Document, Frozen
from agent.text.injection import gives_orders

_MOST_NEAR = 12


class ReviewsFound(Frozen):
    """`set_aside` give orders to whoever reads them, and are not shown."""

    leads: tuple[ReviewLead, ...] = ()
    set_aside: tuple[Document, ...] = ()


class ReviewSearch:
    """Looks into the space of reviewed claims. Blocking."""

    def __init__(self, catalogue: Catalogue, index: Index, space: str, scale: Scale, traits: Traits) -> None:
        self._catalogue = catalogue
        self._index = index
        self._space = space_of_reviews(space)
        self._scale = scale
        self._traits = traits

    @property
    def is_empty(self) -> bool:
        return not self._index.languages(self._space)

    def nearest(self, sought: Mapping[str, PassageQuery], limit: int = _MOST_NEAR) -> ReviewsFound:
        """For each sentence, by its id, the reviewed claims above the floor of their languages, nearest first."""
        asked = list(sought.values())
        found = self._index.query(
            self._space,
            [one.vector for one in asked],
            limit,
            languages=[one.language for one in asked],
            across=self._traits.across,
        )
        near = {name: self._ranked(sought[name].language, some) for name, some in zip(sought, found, strict=True)}
        keys = dict.fromkeys(one.key for some in near.values() for one, _ in some)
        stored = reviews_under(self._catalogue, list(keys))
        aside = {one.document.id: one.document for one in stored.values() if gives_orders(one.document)}
        leads = [
            self._lead(name, stored[one.key], one, crossing=crossing)
            for name, some in near.items()
            for one, crossing in some
            if one.key in stored and stored[one.key].document.id not in aside
        ]
        return ReviewsFound(leads=tuple(leads), set_aside=tuple(aside.values()))

    def _ranked(self, spoken: str, found: Mapping[str, Sequence[Near]]) -> list[tuple[Near, bool]]:
        """Only what the embedder can compare with the sentence."""
        near = [
            (one, is_crossing(spoken, language))
            for language, some in found.items()
            if self._traits.crosses(spoken, language)
            for one in some
        ]
        items = [
            (one, crossing) for one, crossing in near if one.similarity >= self._scale.floors.of(crossing=crossing)
        ]
        return sorted(items, key=lambda pair: (-pair[0].similarity, pair[0].key))

    def _lead(self, name: str, stored: StoredReview, near: Near, *, crossing: bool) -> ReviewLead:
        floor = self._scale.floors.of(crossing=crossing)
        return ReviewLead(
            claim_id=name,
            document_id=stored.document.id,
            number=stored.number,
            review=stored.review,
            similarity=round(near.similarity, 4),
            height=(near.similarity - floor) / max(1 - floor, 1e-9),
            crossing=crossing,
        )
