"""The way to coverage on the web: what adding and following have in common."""

from collections.abc import Callable, Sequence

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.intake.ingested import Ingested
from agent.coverage.web.fetch_log import Fetches
from agent.coverage.web.followed import Follows
from agent.coverage.web.review_lists import HOST, ReviewService
from agent.coverage.web.sources import EntryFilter, Source, SourceReader
from agent.coverage.web.taking import DocumentSink, FetchTarget, IntakeOutcome, WebIntake
from agent.coverage.web.visiting import PageReader
from agent.extras import check_installed
from agent.fetch.protocol import Fetcher
from agent.storage import Database


class Web:
    """Opened with `open_web`. The store is held only while something is put into it."""

    def __init__(
        self, fetcher: Fetcher, database: Database, shelf: DocumentSink, settings: Settings, reviews_at: str = HOST
    ) -> None:
        self._fetcher = fetcher
        self._reviews = ReviewService(fetcher, settings, reviews_at)
        self._catalogue = Catalogue(database)
        self._fetches = Fetches(database)
        self._shelf = shelf
        self.follows = Follows(database)

    async def take(
        self,
        wishes: Sequence[FetchTarget],
        choice: EntryFilter,
        *,
        withdraw_gone: bool = False,
        tell: Callable[[Ingested], None] = lambda _: None,
    ) -> IntakeOutcome:
        """Adds what pages, feeds and sitemaps hold; `tell` gets the sum so far. What a host does wrong is told as
        rejected and stops nothing else; raises `StoreError`, `AnalystError`, `ConfigurationError`."""
        _check_packages()
        visitor = PageReader(self._fetcher, self._catalogue, self._fetches, choice.since)
        sources = SourceReader(self._fetcher, visitor, self._fetches, choice, self._reviews)
        taking = WebIntake(
            sources, visitor, self._shelf, self._fetches, choice, withdraw_gone=withdraw_gone, tell=tell
        )
        return await taking.take(wishes)

    async def look(self, url: str) -> Source:
        """What stands at an address; nothing is added. Raises `ConfigurationError` for a missing package."""
        _check_packages()
        choice = EntryFilter()
        visitor = PageReader(self._fetcher, self._catalogue, self._fetches, choice.since)
        return await SourceReader(self._fetcher, visitor, self._fetches, choice, self._reviews).look(url)


def _check_packages() -> None:
    """Before anything is fetched: what could not be read would count as seen."""
    check_installed("reading the web", "web", "trafilatura", "feedparser", "defusedxml")
