"""Sources on the web: an address is looked at, and found to be a page, a feed or a sitemap."""

import asyncio
from datetime import date, timedelta
from urllib.parse import urlsplit

from agent.coverage.intake.entries import Entry, Listing, choose, is_older, newest_first
from agent.coverage.intake.feeds import named_feed, read_feed
from agent.coverage.intake.kinds import FileKind, kind_of
from agent.coverage.intake.metadata import Caution, Rejection, RemarkCode, fault_of, is_web_address
from agent.coverage.intake.sitemaps import read_sitemap
from agent.coverage.web.fetch_log import Fetches, FetchRecord, now
from agent.coverage.web.review_lists import ReviewService, visit_list
from agent.coverage.web.visiting import PageReader, PageVisit, own_validators, validators_of
from agent.errors import BadInput, FetchError, FetchFailed, InputFault
from agent.fetch.fetched import Fetched, NotModified, PageGone, Validators, Wanted
from agent.fetch.protocol import Fetcher
from agent.models import Document, Frozen

_MOST_MAPS = 50
_NOT_ON_THE_WEB = "an agency's export: save it and add the file"


class EntryFilter(Frozen):
    """Which entries of a feed or sitemap are taken. Pages looked at within `recheck` are left alone, unless the list
    marks them as changed."""

    limit: int = 500
    since: date | None = None
    recheck: timedelta | None = None


class Source(Frozen):
    """What an address turned out to be: a list with entries, or one page that was visited, or a failure with `error`,
    and in a word with `code`.

    `kind` is None when it could not be told. `validators` are the list's own.
    """

    url: str
    kind: FileKind | None = None
    listing: Listing | None = None
    visit: PageVisit | None = None
    validators: Validators | None = None
    unchanged: bool = False
    error: str | None = None
    code: RemarkCode | None = None
    retry_after: float | None = None


class SourceReader:
    """Looks at addresses; writes nothing."""

    def __init__(
        self, fetcher: Fetcher, visitor: PageReader, fetches: Fetches, choice: EntryFilter, reviews: ReviewService
    ) -> None:
        self._fetcher = fetcher
        self._reviews = reviews
        self._visitor = visitor
        self._fetches = fetches
        self._choice = choice

    async def look(self, url: str, kind: FileKind | None = None, validators: Validators | None = None) -> Source:
        """Raises nothing for what a host does: that is told in the source. `ConfigurationError` for a missing
        package."""
        if not is_web_address(url):
            return Source(url=url, kind=kind, error=f"{url!r} is not a web address", code=InputFault.NO_LINK)
        url = self._reviews.without_key(url)
        try:
            return await self._look(url, kind, validators)
        except FetchError as err:
            wait = err.retry_after if isinstance(err, FetchFailed) else None
            return Source(url=url, kind=kind, error=str(err), code=err.reason, retry_after=wait)
        except BadInput as err:
            return Source(url=url, kind=kind, error=str(err), code=err.fault)

    async def _look(self, url: str, kind: FileKind | None, validators: Validators | None) -> Source:
        if self._reviews.is_at(url):
            return Source(url=url, kind=kind, visit=await self._reviews.ask(url, self._choice.limit))
        if kind is FileKind.PAGE:
            return Source(url=url, kind=kind, visit=await self._visitor.visit(Entry(url=url)))
        look = self._fetches.known([url]).get(url)
        if not self._was_read_lately(look):
            validators = None
        wanted: Wanted = "any" if kind is None else "feed"
        got = await self._fetcher.get(url, kind=wanted, validators=validators or validators_of(look))
        if isinstance(got, NotModified) and validators is not None:
            return Source(url=url, kind=kind, validators=validators, unchanged=True)
        if isinstance(got, PageGone):
            if look is not None and look.standing:
                return Source(url=url, kind=FileKind.PAGE, visit=await self._visitor.visit(Entry(url=url)))
            return Source(
                url=url,
                kind=kind,
                error=f"its host answers {got.status}: there is no such page",
                code=InputFault.GONE,
            )
        if isinstance(got, NotModified) or (found := kind or kind_of(got.body, got.content_type)) in _PAGES:
            visit = await self._visitor.read(got, Entry(url=url), None, look)
            if isinstance(got, Fetched) and (feed := named_feed(got.body, got.final_url)):
                visit = _pointing_to(feed, visit, got.final_url)
            return Source(url=url, kind=FileKind.PAGE, visit=visit)
        if found is FileKind.JSON:
            return Source(url=url, visit=await asyncio.to_thread(visit_list, got, self._choice.limit))
        listing = await self._listing(got, found)
        chosen = choose(listing, self._choice.limit, self._choice.since)
        return Source(url=url, kind=found, listing=chosen, validators=own_validators(got))

    def _was_read_lately(self, look: FetchRecord | None) -> bool:
        """A list that has not changed tells nothing of its pages: now and then it is read all the same, for them."""
        recheck = self._choice.recheck
        return recheck is None or (look is not None and look.looked_at > now() - recheck)

    async def _listing(self, got: Fetched, kind: FileKind) -> Listing:
        if kind is FileKind.FEED:
            return await asyncio.to_thread(read_feed, got.body, got.final_url, got.charset)
        if kind is not FileKind.SITEMAP:
            raise BadInput(
                _NOT_ON_THE_WEB
                if kind in (FileKind.NEWSML, FileKind.NITF)
                else "it is neither a page, a feed nor a sitemap",
                InputFault.UNKNOWN_KIND,
            )
        return await self._whole(await asyncio.to_thread(read_sitemap, got.body, got.final_url))

    async def _whole(self, first: Listing) -> Listing:
        """A sitemap with the ones that it names, newest first, until there are entries enough."""
        entries, rejected, seen = list(first.entries), list(first.rejected), {first.url}
        waiting = self._recent(first)
        while waiting and len(entries) < self._choice.limit and len(seen) <= _MOST_MAPS:
            url = waiting.pop(0).url
            if url is None or url in seen:
                continue
            seen.add(url)
            try:
                got = await self._fetcher.get(url, kind="feed")
                if not isinstance(got, Fetched):
                    raise BadInput("there is no such sitemap")
                further = await asyncio.to_thread(read_sitemap, got.body, got.final_url)
            except (FetchError, BadInput) as err:
                rejected.append(Rejection(path=url, reason=str(err), code=fault_of(err)))
                continue
            entries += further.entries
            waiting += self._recent(further)
        left = len({one.url for one in waiting} - seen)
        return first.model_copy(update={"entries": tuple(entries), "rejected": tuple(rejected), "maps_over": left})

    def _recent(self, listing: Listing) -> list[Entry]:
        return [one for one in newest_first(listing.maps) if not is_older(one, self._choice.since)]


_PAGES = (FileKind.PAGE, FileKind.OTHER)


def _pointing_to(feed: str, visit: PageVisit, url: str) -> PageVisit:
    """Of a page without an article and of a front page, which is many, the feed is told that it names."""
    items = tuple(
        item.model_copy(update={"reason": f"{item.reason}; it names a feed: {feed}"})
        if isinstance(item, Rejection)
        else item
        for item in visit.items
    )
    if urlsplit(url).path in ("", "/") and any(isinstance(item, Document) for item in items):
        note = f"this front page stands in store as one document; the feed that it names has its articles: {feed}"
        items = (*items, Caution(path=url, reason=note))
    return visit.model_copy(update={"items": items})
