"""The room of whoever started the process: everything on this machine."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from agent.chat.desk import AddedPage
from agent.chat.taking import put, read_page_article, read_page_document
from agent.config import Settings
from agent.coverage.found import Found
from agent.coverage.retrieve import Coverage
from agent.doors.mcp.room import ReportCard
from agent.errors import IsnadError
from agent.events import Event
from agent.fetch import Fetcher
from agent.models import Article, Report
from agent.reports import Reports, Version, open_reports
from agent.storage.keys import Scope
from agent.verifier import Verifier


class LocalRoom:
    """Implements `Room`."""

    def __init__(
        self, settings: Settings, verifier: Verifier, coverage: Coverage, reports: Reports, fetcher: Fetcher
    ) -> None:
        self._settings = settings
        self._verifier = verifier
        self._coverage = coverage
        self._reports = reports
        self._fetcher = fetcher

    @property
    def max_article_chars(self) -> int:
        return self._settings.max_article_chars

    def check(self, *scopes: Scope) -> None:
        """On one's own machine everything is allowed."""

    async def verify(self, article: Article) -> AsyncGenerator[Event, None]:
        async for event in self._verifier.stream(article):
            yield event

    async def read(self, url: str) -> Article:
        return await read_page_article(self._fetcher, url, self.max_article_chars)

    async def report(self, run_id: str) -> Report:
        return await asyncio.to_thread(self._reports.get, run_id)

    async def reports(self, limit: int) -> tuple[ReportCard, ...]:
        return tuple(_card(version) for version in (await asyncio.to_thread(self._reports.listing))[:limit])

    async def search(self, query: str, limit: int) -> tuple[Found, ...]:
        return await self._coverage.query(query, limit, by_origin=True)

    async def add(self, url: str) -> AddedPage:
        return await put(self._coverage, await read_page_document(self._fetcher, url))

    def told(self, err: IsnadError) -> str:
        return str(err)


def _card(version: Version) -> ReportCard:
    return ReportCard(run_id=version.run_id, title=version.title, url=version.url, counts=version.counts)


@asynccontextmanager
async def open_local_room(settings: Settings) -> AsyncIterator[LocalRoom]:
    """With the stores of this machine. Raises `ConfigurationError` or a `StoreError`."""
    from agent.coverage.opening import open_store
    from agent.fetch import open_fetcher
    from agent.verifier import open_verifier

    async with AsyncExitStack() as stack:
        coverage = await stack.enter_async_context(open_store(settings))
        verifier = await stack.enter_async_context(open_verifier(settings, coverage))
        reports = stack.enter_context(open_reports(settings))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        yield LocalRoom(settings, verifier, coverage, reports, fetcher)
