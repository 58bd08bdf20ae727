"""The room of whoever started the process: everything on this machine."""

import secrets
from collections.abc import AsyncGenerator

from agent.chat.desk import AddedPage, Desk
from agent.config import Settings
from agent.coverage.retrieve import Found
from agent.doors.mcp.room import ReportCard
from agent.errors import IsnadError
from agent.events import Event
from agent.keys import Scope
from agent.models import Article, Report
from agent.reports import Reports, Version


class LocalRoom:
    """Implements `Room`."""

    def __init__(self, settings: Settings, desk: Desk, reports: Reports) -> None:
        self._settings = settings
        self._desk = desk
        self._reports = reports

    @property
    def max_article_chars(self) -> int:
        return self._settings.max_article_chars

    def check(self, *scopes: Scope) -> None:
        """On one's own machine everything is allowed."""

    async def verify(self, article: Article) -> AsyncGenerator[Event, None]:
        # A run of the desk goes on only as long as it is listened to.
        async for event in self._desk.verify(article, key=secrets.token_hex(16)):
            yield event

    async def read(self, url: str) -> Article:
        return await self._desk.read(url)

    async def report(self, run_id: str) -> Report:
        return await self._desk.report(run_id)

    async def reports(self, limit: int) -> tuple[ReportCard, ...]:
        return tuple(_card(version) for version in self._reports.listing()[:limit])

    async def search(self, query: str, limit: int) -> tuple[Found, ...]:
        return await self._desk.search(query, limit)

    async def add(self, url: str) -> AddedPage:
        return await self._desk.add(url)

    def told(self, err: IsnadError) -> str:
        return str(err)


def _card(version: Version) -> ReportCard:
    return ReportCard(run_id=version.run_id, title=version.title, url=version.url, counts=version.counts)
