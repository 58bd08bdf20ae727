"""Which of the passages that were found are heard, and for which claims. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from agent.coverage.index.address import same_page
from agent.coverage.search.fusion import fuse, rank
from agent.coverage.search.legs import Hit
from agent.coverage.search.scale import Scale
from agent.models import Article, Document, Gap, Origin
from agent.text import fold, mend
from agent.text.language import primary_language


@dataclass(frozen=True, slots=True)
class Window:
    """Days around an event; coverage without a date may be of any day. Without bounds everything is inside."""

    days: tuple[tuple[date, date], ...] = ()

    @classmethod
    def around(cls, moments: Iterable[date | datetime | None], days: int) -> "Window":
        """So many days before and after each of some moments; those that are not known are left out."""
        reach = timedelta(days=days)
        known = [_day(moment) for moment in moments if moment is not None]
        return cls(tuple((_shifted(day, -reach), _shifted(day, reach)) for day in known))

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment is inside; one that is not known is."""
        if moment is None or not self.days:
            return True
        return any(first <= _day(moment) <= last for first, last in self.days)


@dataclass(frozen=True, slots=True)
class OriginChoice:
    """The origins that one claim found, best first, each with its fused score within its language."""

    claim_id: str
    scores: Mapping[str, float]
    gap: Gap | None = None


def is_itself(article: Article, document: Document) -> bool:
    """Whether a document is the article under check, and not another outlet's copy of it."""
    if same_page(article.url, document.url):
        return True
    if document.text not in (article.text, mend(article.text, article.language).text):
        return False
    elsewhere = article.url and document.url
    other_outlet = article.outlet and document.outlet and fold(article.outlet) != fold(document.outlet)
    return not elsewhere and not other_outlet


def choose(
    claim_id: str,
    hits: Sequence[Hit],
    usable: Mapping[str, Document],
    origins: Mapping[str, Origin],
    scale: Scale,
    most: int,
) -> OriginChoice:
    """The origins that may be heard for one claim: of each language the `most` best, and all copies of the article.

    `usable` are the documents that may be heard for this claim, `origins` the origin of each. What is in another
    language has no words in common with the claim, so that it is ranked among its like.
    """
    heard = [hit for hit in hits if hit.document_id in usable and hit.is_near_enough(scale)]
    own = [hit for hit in heard if origins[hit.document_id].copy_of_article]
    by_language: dict[str | None, list[Hit]] = defaultdict(list)
    for hit in heard:
        # Copies of the article are ranked apart, so that none of them moves a report.
        if not origins[hit.document_id].copy_of_article:
            language = primary_language(usable[hit.document_id].language)
            by_language[language if hit.crossing else None].append(hit)
    kept = [one for some in by_language.values() for one in list(_scores(some, origins, scale).items())[:most]]
    return OriginChoice(
        claim_id, dict([*sorted(kept, key=lambda one: -one[1]), *_scores(own, origins, scale).items()])
    )


def _scores(hits: Sequence[Hit], origins: Mapping[str, Origin], scale: Scale) -> dict[str, float]:
    groups = {hit.document_id: origins[hit.document_id].id for hit in hits}
    return fuse(rank(hits, groups), groups, scale.weight)


def passages_to_judge(likeness: Sequence[Sequence[float]], floor: float, most: int) -> list[int]:
    """The numbers of a witness's passages that are heard, in order.

    `likeness` has a row for each claim with its similarity to every passage. The best passage for each claim comes
    first, then the second best ones that reach the floor, and so on, until there are `most`.
    """
    ranked = [sorted(enumerate(row), key=lambda one: -one[1]) for row in likeness]
    chosen: list[int] = []
    for place in range(max(map(len, ranked), default=0)):
        candidates = [row[place] for row in ranked if place < len(row) and (place == 0 or row[place][1] >= floor)]
        for number, _ in sorted(candidates, key=lambda one: -one[1]):
            if number not in chosen and len(chosen) < most:
                chosen.append(number)
    return sorted(chosen)


def _day(moment: date | datetime) -> date:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
