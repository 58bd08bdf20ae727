"""The claims of many earlier articles, searched for together: what is read for one is kept for the next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.search.candidates import Found
from agent.coverage.search.compared import Compared
from agent.coverage.search.found import OriginLead, Retrieved, ReviewLead
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.reviewed import ReviewSearch
from agent.coverage.search.search import ArticleSearch
from agent.coverage.search.selection import OriginChoice
from agent.coverage.search.wording import sought_of, worded
from agent.models import Article, Claim, Origin, Searched, Usage


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """The claims of one article, with the vectors of their `queries`. Wanted are, of the `touched` ones, the origins
    heard by or holding one of the `newcomers`, and for the claims in `whole` all."""

    article: Article
    claims: tuple[Claim, ...]
    vectors: Mapping[str, Sequence[float]]
    touched: frozenset[str]
    newcomers: frozenset[str]
    whole: frozenset[str] = frozenset()


def search_later(
    asked: Sequence[ArticleQuery], catalogue: Catalogue, nearest: Nearest, settings: Settings
) -> list[Retrieved]:
    """For each what a search of a run would find, as far as it is wanted. Blocking."""
    # Those of a day are compared with what is around it.
    undated = [one for one in asked if one.article.published_at is None]
    sought = [some for one in undated for some in sought_of(one.article, one.claims, one.vectors).values()]
    nearest.both_legs(sought, settings.passages_per_claim)
    return [
        _LaterSearch(one, catalogue, nearest, settings).run(one.article, one.claims, one.vectors, Usage())
        for one in asked
    ]


def later_reviews(asked: ArticleQuery, reviews: ReviewSearch) -> tuple[ReviewLead, ...]:
    """The published fact-checks among the newcomers that are near to a touched claim. Blocking."""
    claims = [claim for claim in asked.claims if claim.id in asked.touched]
    if not claims or not asked.newcomers or reviews.is_empty:
        return ()
    found = reviews.nearest(worded(asked.article, claims, asked.vectors))
    return tuple(lead for lead in found.leads if lead.document_id in asked.newcomers)


class _LaterSearch(ArticleSearch):
    """A search that reads only those witnesses that are wanted."""

    def __init__(self, asked: ArticleQuery, catalogue: Catalogue, nearest: Nearest, settings: Settings) -> None:
        super().__init__(catalogue, nearest, settings)
        self._asked = asked

    def _leads(
        self,
        choices: Iterable[OriginChoice],
        origins: Mapping[str, Origin],
        asked: dict[str, PassageQuery],
        compared: Compared,
    ) -> tuple[OriginLead, ...]:
        wanted = {one.id for one in origins.values() if _holds(one, self._asked.newcomers)}
        kept = [
            choice
            if choice.claim_id in self._asked.whole
            else replace(choice, scores={name: n for name, n in choice.scores.items() if name in wanted})
            for choice in choices
            if choice.claim_id in self._asked.touched
        ]
        return super()._leads(kept, origins, asked, compared)

    def _searched(self, article: Article, found: Found) -> Searched:
        # The report tells what its run has searched.
        return Searched()


def _holds(origin: Origin, newcomers: Collection[str]) -> bool:
    if origin.copy_of_article:
        return any(document.id in newcomers for document in origin.documents)
    return origin.witness.id in newcomers
