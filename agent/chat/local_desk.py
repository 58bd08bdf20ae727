"""The desk of one person at one machine: the verifier, the coverage, the reports and the watch of this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from agent.article import About, make_article, read_article
from agent.chat.desk import AddedPage
from agent.config import Settings
from agent.coverage.retrieve import Coverage, Found
from agent.errors import AnalystError, BadInput
from agent.events import Event, RunFinished
from agent.fetch import Fetched, Fetcher
from agent.models import Article, Document, Label, Report, digest
from agent.reports import Correction, Reports
from agent.verifier import Verifier
from agent.watch.look import Watch

_LONGEST_STATEMENT = 2000


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
        page = await self._fetched(url)
        about = About(url=page.final_url)
        return await asyncio.to_thread(
            read_article, page.body, _named(page), about, self._tools.settings.max_article_chars
        )

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
        page = await self._fetched(url)
        document = await asyncio.to_thread(page_document, page)
        known = await self._tools.coverage.passages([document.id])
        added = await self._tools.coverage.add([document], standing=True)
        if added.withdrawn:
            raise BadInput(
                f"{url} was withdrawn from the coverage and stays out: `isnad coverage restore` puts it back"
            )
        return AddedPage(document=document, known=bool(known))

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

    async def _fetched(self, url: str) -> Fetched:
        page = await self._tools.fetcher.get(url)
        if not isinstance(page, Fetched):
            raise BadInput(f"there is no page at {url}")
        return page


def statement_article(statement: str, language: str | None, settings: Settings) -> Article:
    """One statement as an article; its own words tell its language, or else whoever asked. Raises `BadInput`."""
    if len(statement) > _LONGEST_STATEMENT:
        raise BadInput(
            f"the statement has {len(statement):,} characters, and may have {_LONGEST_STATEMENT:,}: "
            "paste longer texts as an article"
        )
    article = make_article(statement, "statement", About(), settings.max_article_chars)
    if article.language == "und" and language is not None:
        return article.model_copy(update={"language": language})
    return article


def page_document(page: Fetched) -> Document:
    """A fetched page as coverage. Raises `BadInput` where it holds none. Blocking."""
    from agent.coverage.formats.kinds import Kind, kind_of
    from agent.coverage.formats.page import Known, read_page
    from agent.coverage.formats.told import Rejection

    if kind_of(page.body, page.content_type) is not Kind.PAGE:
        raise BadInput(f"{page.url}: it is not the page of an article")
    for item in read_page(page.body, page.url, Known(url=page.final_url, charset=page.charset)):
        if isinstance(item, Document):
            return item
        if isinstance(item, Rejection):
            raise BadInput(f"{page.url}: {item.reason}")
    raise BadInput(f"{page.url}: there is no article in this page")


def correct_once(reports: Reports, run_id: str, claim_id: str, label: Label, reason: str, who: str) -> Correction:
    """A turn that is taken up after a kill says the same again: that is one word and not two."""
    version = reports.version(run_id).version
    for one in reports.corrections(run_id):
        said = (one.version, one.claim_id, one.label, one.reason, one.who)
        if said == (version, claim_id, label, reason.strip(), who.strip()):
            return one
    return reports.correct(run_id, claim_id, label, reason, who)


def _run_id(key: str) -> str:
    return f"chat-{digest(key)[:24]}"


def _named(page: Fetched) -> str:
    return page.final_url + (".txt" if page.content_type == "text/plain" else ".html")
