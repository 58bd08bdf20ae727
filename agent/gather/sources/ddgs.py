"""The source `ddgs`: a library that reads the pages of search engines, in an extra package.

It makes connections of its own, past the checks of all others. The pages that it names are fetched by ours.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from agent.extras import check_installed
from agent.gather.answers import Json, hit, hits_of, moment
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import range_to_now, with_sites

_NAME = "ddgs"
_LIMITS = SourceLimits(pause=3.0, questions=6, by_site=True)
_SECONDS = 10
# The ranges that it knows end now, whatever was asked for.
_RANGES = ((1, "d"), (7, "w"), (31, "m"))
_NOTHING = "no results"

# Answers to words, in a region, for a range of days, so many. Blocking.
DdgsSearch = Callable[[str, str, str | None, int], Json]


class DdgsSource:
    """Implements `NewsSource`."""

    name = SourceName.DDGS
    limits = _LIMITS

    def __init__(self, search: DdgsSearch) -> None:
        self._search = search

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        from ddgs.exceptions import DDGSException, RatelimitException

        text = with_sites(question.text, question.sites)
        region = f"{(question.country or 'wt').lower()}-{question.language if question.country else 'wt'}"
        range_ = range_to_now(question.since, datetime.now(UTC).date(), _RANGES)
        try:
            result = await asyncio.to_thread(self._search, text, region, range_, question.limit)
        except RatelimitException as err:
            raise SourceError(SourceFault.BUSY, f"the engines of {_NAME} ask to be left alone") from err
        except DDGSException as err:
            # So it tells an answer with nothing in it.
            if _NOTHING in str(err).casefold():
                return ()
            raise SourceError(SourceFault.UNREACHABLE, f"the engines of {_NAME} do not answer") from err
        return hits_of(_NAME, result, _hit)[: question.limit]


def load_ddgs() -> DdgsSearch:
    """Raises `ConfigurationError` where the package is missing."""
    check_installed("asking ddgs", "ddgs", "ddgs")
    from ddgs import DDGS

    def search(text: str, region: str, range_: str | None, most: int) -> Json:
        found: Json = [*DDGS(timeout=_SECONDS).news(text, region=region, timelimit=range_, max_results=most)]
        return found

    return search


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    return hit(
        SourceName.DDGS, fields.get("url"), fields.get("title"), fields.get("source"), moment(fields.get("date"))
    )
