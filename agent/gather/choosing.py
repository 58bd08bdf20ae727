"""Which of the places that sources named are gone to: each once, none that is known, never the article itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from agent.coverage.index.address import page_key
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.intake.metadata import is_web_address
from agent.coverage.web.fetch_log import Fetches, FetchRecord, now
from agent.gather.asking import SourceAnswer
from agent.gather.source import SourceHit
from agent.models import Article

# How pages that could not be had are marked among those that were looked at, and when they are asked for again: a
# feed that lists one asks all the same. What was read and held no article is looked at again much later.
_REFUSED, _FAILED = "gather: refused", "gather: failed"
_AGAIN_AFTER = {_REFUSED: timedelta(days=1), _FAILED: timedelta(hours=1)}
_EMPTY_FOR = timedelta(days=30)


@dataclass(frozen=True)
class ChosenHits:
    """`found` different places were named; `known` of them are in the store or were looked at lately, `hidden` have
    no address, and `over` are beyond what is fetched at once."""

    hits: tuple[SourceHit, ...]
    found: int = 0
    known: int = 0
    hidden: int = 0
    over: int = 0

    @property
    def new(self) -> int:
        return len(self.hits) + self.over


def choose_hits(
    answers: Sequence[SourceAnswer], article: Article, catalogue: Catalogue, fetches: Fetches, most: int
) -> ChosenHits:
    """The first of every question in turn. What is no web address is left out."""
    named = list(_in_turns(answers))
    hidden = sum(hit.url is None for hit in named)
    places: dict[str | None, SourceHit] = {}
    for hit in named:
        if hit.url is not None and is_web_address(hit.url):
            places.setdefault(page_key(hit.url), hit)
    places.pop(page_key(article.url), None)
    ordered = list(places.values())
    looks = fetches.known(hit.url for hit in ordered if hit.url)
    fresh = [hit for hit in ordered if not _is_known(hit, catalogue, looks)]
    return ChosenHits(
        hits=tuple(fresh[:most]),
        found=len(ordered) + hidden,
        known=len(ordered) - len(fresh),
        hidden=hidden,
        over=len(fresh[most:]),
    )


def remember_not_had(fetches: Fetches, refused: Iterable[str], failed: Iterable[str]) -> None:
    """So that they are not asked for again at once."""
    marked = [(url, _REFUSED) for url in refused] + [(url, _FAILED) for url in failed]
    fetches.note([FetchRecord(url=url, told=mark, looked_at=now()) for url, mark in marked])


def _in_turns(answers: Sequence[SourceAnswer]) -> Iterator[SourceHit]:
    for some in zip_longest(*(hits for answer in answers for hits in answer.hits)):
        yield from (hit for hit in some if hit is not None)


def _is_known(hit: SourceHit, catalogue: Catalogue, looks: dict[str, FetchRecord]) -> bool:
    assert hit.url is not None
    look = looks.get(hit.url)
    if look is not None and look.told in _AGAIN_AFTER:
        return look.looked_at > datetime.now(UTC) - _AGAIN_AFTER[look.told]
    if look is not None:
        return look.standing or look.page is not None or look.looked_at > datetime.now(UTC) - _EMPTY_FOR
    return catalogue.page(hit.url) is not None
