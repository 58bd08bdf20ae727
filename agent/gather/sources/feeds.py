"""The feeds and sitemaps that are followed: what they list now, by the words of its titles."""

import asyncio
from collections.abc import Iterator, Sequence

from agent.coverage.intake.entries import Entry, Listing
from agent.coverage.intake.feeds import read_feed
from agent.coverage.intake.kinds import FileKind
from agent.coverage.intake.metadata import moment_of
from agent.coverage.intake.sitemaps import read_sitemap
from agent.coverage.web.followed import Followed
from agent.errors import BadInput, FetchError
from agent.fetch import Fetched, Fetcher
from agent.gather.answers import plain
from agent.gather.keywords import telling_words
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.text import fold

_LIMITS = SourceLimits(questions=20)
_MOST_FEEDS = 50
_MOST_ENTRIES = 5000
# Two words of a query in one title are no chance; of a query of two, both.
_FEWEST_SHARED = 2


class FollowedSource:
    """Implements `NewsSource`. Every list is read once, when it is first asked."""

    name = SourceName.FEEDS
    limits = _LIMITS

    def __init__(self, fetcher: Fetcher, followed: Sequence[Followed]) -> None:
        self._fetcher = fetcher
        self._followed = followed[:_MOST_FEEDS]
        self._titles: list[tuple[frozenset[str], SourceHit]] | None = None
        self._reading = asyncio.Lock()

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        async with self._reading:
            if self._titles is None:
                self._titles = await self._read()
        words = frozenset(map(fold, question.words))
        fewest = min(_FEWEST_SHARED, len(words))
        shared = [(len(words & title), hit) for title, hit in self._titles]
        likely = sorted((one for one in shared if one[0] >= fewest), key=lambda one: -one[0])
        return tuple(hit for _, hit in likely)[: question.limit]

    async def _read(self) -> list[tuple[frozenset[str], SourceHit]]:
        """Raises `SourceError` where not one of them could be read."""
        read = await asyncio.gather(*map(self._listing, self._followed))
        listings = [one for one in read if isinstance(one, Listing)]
        if not listings and (failed := next((one for one in read if not isinstance(one, Listing)), None)):
            raise SourceError(SourceFault.SETTING, f"no list that is followed could be read: {failed}")
        return [value for listing in listings for value in _titled(listing)]

    async def _listing(self, one: Followed) -> Listing | FetchError | BadInput:
        try:
            got = await self._fetcher.get(one.url, kind="feed")
            if not isinstance(got, Fetched):
                raise BadInput(f"there is nothing at {one.url}")
            if one.kind is FileKind.SITEMAP:
                return await asyncio.to_thread(read_sitemap, got.body, got.final_url)
            return await asyncio.to_thread(read_feed, got.body, got.final_url, got.charset)
        except (FetchError, BadInput) as err:
            return err


def _titled(listing: Listing) -> Iterator[tuple[frozenset[str], SourceHit]]:
    for entry in listing.entries[:_MOST_ENTRIES]:
        if entry.title and entry.url:
            yield _words(entry), _hit(entry, listing)


def _words(entry: Entry) -> frozenset[str]:
    return frozenset(word.key for word in telling_words(entry.title or "", entry.language or "und"))


def _hit(entry: Entry, listing: Listing) -> SourceHit:
    return SourceHit(
        url=entry.url,
        title=plain(entry.title),
        outlet=entry.outlet or listing.title,
        published_at=moment_of(entry.published_at, entry.order),
        source=SourceName.FEEDS,
    )
