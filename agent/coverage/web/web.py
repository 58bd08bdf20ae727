"""The way to coverage on the web: everything that adding and following need, opened and closed together."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from agent.config import Settings
from agent.coverage.catalogue import Catalogue
from agent.coverage.database import open_database
from agent.coverage.ingested import Ingested
from agent.coverage.retrieve import Coverage
from agent.coverage.web.brief import BriefStore, OpenStore
from agent.coverage.web.fetched import Fetches
from agent.coverage.web.followed import Follows
from agent.coverage.web.sources import Choice, Sources
from agent.coverage.web.taking import Shelf, Taken, Taking, Wish
from agent.coverage.web.visiting import Visitor
from agent.database import Database
from agent.extras import check_installed
from agent.fetch.protocol import Fetcher

# A store that another command has is waited for: a batch of pages was fetched for it.
PATIENCE = 120.0


class Web:
    """Opened with `open_web`. The store is held only while something is put into it."""

    def __init__(self, fetcher: Fetcher, database: Database, shelf: Shelf) -> None:
        self._fetcher = fetcher
        self._catalogue = Catalogue(database)
        self._fetches = Fetches(database)
        self._shelf = shelf
        self.follows = Follows(database)

    async def take(
        self,
        wishes: Sequence[Wish],
        choice: Choice,
        *,
        withdraw_gone: bool = False,
        told: Callable[[Ingested], None] = lambda _: None,
    ) -> Taken:
        """Adds what pages, feeds and sitemaps hold; `told` gets the sum so far. What a host does wrong is told as
        rejected and stops nothing else; raises `StoreError`, `AnalystError`, `ConfigurationError`."""
        _check_packages()
        visitor = Visitor(self._fetcher, self._catalogue, self._fetches, choice.since)
        sources = Sources(self._fetcher, visitor, self._fetches, choice)
        taking = Taking(sources, visitor, self._shelf, self._fetches, choice, withdraw_gone=withdraw_gone, told=told)
        return await taking.take(wishes)


def _check_packages() -> None:
    """Before anything is fetched: what could not be read would count as seen."""
    check_installed("reading the web", "web", "trafilatura", "feedparser", "defusedxml")


@asynccontextmanager
async def open_web(
    settings: Settings, patience: float = PATIENCE, *, coverage: Coverage | None = None
) -> AsyncIterator[Web]:
    """On a store of the caller's when one is given. Raises `StoreError` when the catalogue cannot be used."""
    from agent.fetch import open_fetcher

    async with open_fetcher(settings) as fetcher:
        with open_database(settings) as database:
            catalogue = Catalogue(database)
            brief = BriefStore(settings, catalogue, patience)
            yield Web(fetcher, database, OpenStore(coverage, catalogue) if coverage is not None else brief)
