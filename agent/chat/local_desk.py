"""The desk of one person at one machine: the verifier, the coverage, the reports and the watch of this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from agent.chat.desk import AddedPage
from agent.chat.taking import correct_once, put, read_page_article, read_page_document, statement_article
from agent.config import Settings
from agent.coverage.found import Found
from agent.coverage.retrieve import Coverage
from agent.errors import AnalystError
from agent.events import Event, RunFinished
from agent.fetch import Fetcher
from agent.models import Article, Label, Report, digest
from agent.storage.reports import Correction, Reports
from agent.verifier import Verifier
from agent.watch.look import Watch


@dataclass(frozen=True)
class Tools:
    """What a desk works with."""

    verifier: Verifier
    coverage: Coverage
    reports: Reports
    watch: Watch
    fetcher: Fetcher
    settings: Settings
    who: str


class LocalDesk:
    """Implements `Desk`: every report of this data folder is its owner's."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._one_look = asyncio.Lock()

    async def verify(self, article: Article, *, key: str) -> AsyncIterator[Event]:
        async with aclosing(self._tools.verifier.stream_once(_run_id(key), article)) as events:
            async for event in events:
                yield event

    async def read(self, url: str) -> Article:
        return await read_page_article(self._tools.fetcher, url, self._tools.settings.max_article_chars)

    async def report(self, run_id: str, version: int | None = None) -> Report:
        return await asyncio.to_thread(self._tools.reports.get, run_id, version)

    async def check(self, statement: str, language: str | None, *, key: str) -> Report:
        article = statement_article(statement, language, self._tools.settings)
        async for event in self.verify(article, key=key):
            if isinstance(event, RunFinished):
                return event.report
        raise AssertionError("a run ended without a report or an error")

    async def search(self, query: str, limit: int) -> tuple[Found, ...]:
        return await self._tools.coverage.query(query, limit, by_origin=True)

    async def add(self, url: str) -> AddedPage:
        document = await read_page_document(self._tools.fetcher, url)
        return await put(self._tools.coverage, document)

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        await asyncio.to_thread(self._tools.reports.get, run_id)
        async with self._one_look:
            looked = await self._tools.watch.look(run_id=run_id)
        for missed in looked.missed:
            if missed.claim_id in claim_ids:
                raise AnalystError(missed.failure.reason, missed.failure.message)
        return await self.report(run_id)

    async def correct(self, run_id: str, claim_id: str, label: Label, reason: str) -> Correction:
        return await asyncio.to_thread(
            correct_once, self._tools.reports, run_id, claim_id, label, reason, self._tools.who
        )

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        return tuple(await asyncio.to_thread(self._tools.reports.corrections, run_id))


def _run_id(key: str) -> str:
    return f"chat-{digest(key)[:24]}"
