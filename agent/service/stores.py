"""What a workspace does with the stores of this process: read, search, add and take out."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Coroutine, Iterable, Sequence
from contextlib import aclosing
from typing import Any, Protocol, TypeVar

from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing import EVERYTHING, HeldCounts, ListedPage, ListingFilter
from agent.coverage.index.stored import StoredDocument
from agent.coverage.search.found import Stats
from agent.coverage.web.followed import Followed, Follows
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget
from agent.errors import AnalystError, UnknownClaim
from agent.events import Event, Gathering, RunFinished
from agent.fetch import Fetcher
from agent.gather.options import GatherOptions, TellGathering
from agent.gather.queries import Subject
from agent.models import Article, Document, Report
from agent.service.intake import add_fetched, fetch_article, fetch_document, statement_article
from agent.service.workspace import (
    AddedPage,
    AddOutcome,
    Addresses,
    History,
    SearchResult,
    TakenAddresses,
    TakenSource,
    TellSum,
    Workspace,
)
from agent.storage.reports import Reports
from agent.text.language import detect_language
from agent.watch.look import WatchOutcome

T = TypeVar("T")


class Stores(Protocol):
    """The stores, each open once it has been asked for. Raises what keeps it from being opened."""

    @property
    def settings(self) -> Settings: ...

    async def coverage(self, *, any_embedder: bool = False) -> Coverage: ...

    async def reports(self) -> Reports: ...

    async def fetcher(self) -> Fetcher: ...

    async def ask(self, question: Coroutine[Any, Any, T], /) -> T:
        """Awaits something of the coverage store on the event loop that it lives on."""


class StoreVerbs:
    """Those verbs of a workspace that need nothing but its stores, and are the same for every caller."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    @property
    def max_article_chars(self) -> int:
        return self._stores.settings.max_article_chars

    async def read(self, url: str) -> Article:
        return await fetch_article(await self._stores.fetcher(), url, self.max_article_chars)

    async def search(self, query: str, limit: int, *, by_origin: bool = True) -> SearchResult:
        return await self._stores.ask(_find(await self._stores.coverage(), query, limit, by_origin))

    async def add_page(self, url: str) -> AddedPage:
        return await add_fetched(self, await fetch_document(await self._stores.fetcher(), url))

    async def add(self, documents: Sequence[Document], *, standing: bool = False) -> AddOutcome:
        return await self._stores.ask(_put(await self._stores.coverage(), documents, standing))

    async def listing(self, wanted: ListingFilter = EVERYTHING) -> tuple[DocumentListing, ...]:
        coverage = await self._stores.coverage(any_embedder=True)
        return tuple(await self._stores.ask(coverage.listed(wanted)))

    async def listed_page(
        self, wanted: ListingFilter, offset: int, limit: int, *, newest_first: bool = False
    ) -> ListedPage:
        """Some of what `listing` gives; or the last published first."""
        coverage = await self._stores.coverage(any_embedder=True)
        return await self._stores.ask(coverage.listed_page(wanted, offset, limit, newest_first=newest_first))

    async def listed_among(self, wanted: ListingFilter, ids: Collection[str]) -> frozenset[str]:
        """Those of some documents that are wanted."""
        coverage = await self._stores.coverage(any_embedder=True)
        return await self._stores.ask(coverage.listed_among(wanted, ids))

    async def held_counts(self, *, kept: bool = False) -> HeldCounts:
        """How many documents there are, of which outlets and in which languages."""
        coverage = await self._stores.coverage(any_embedder=True)
        return await self._stores.ask(coverage.held_counts(kept=kept))

    async def document(self, name: str) -> StoredDocument:
        coverage = await self._stores.coverage(any_embedder=True)
        return await self._stores.ask(coverage.stored(name))

    async def standing_at(self, url: str) -> str | None:
        return await self._stores.ask((await self._stores.coverage()).standing_at(url))

    async def withdraw(self, ids: Sequence[str], reason: str) -> tuple[str, ...]:
        coverage = await self._stores.coverage(any_embedder=True)
        return tuple(await self._stores.ask(coverage.withdraw(ids, reason)))

    async def restore(self, ids: Sequence[str]) -> tuple[str, ...]:
        coverage = await self._stores.coverage()
        return tuple(await self._stores.ask(coverage.restore(ids)))

    async def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        coverage = await self._stores.coverage(any_embedder=True)
        return tuple(await self._stores.ask(coverage.remove(ids)))

    async def followed(self) -> tuple[Followed, ...]:
        return await asyncio.to_thread(_followed, self._stores.settings)

    async def follow(self, url: str, every: int) -> Followed:
        coverage = await self._stores.coverage()
        return await self._stores.ask(_begin_following(self._stores.settings, coverage, url, every))

    async def unfollow(self, urls: Sequence[str]) -> tuple[str, ...]:
        return await asyncio.to_thread(_unfollow, self._stores.settings, tuple(urls))

    async def sources(self) -> tuple[str, ...]:
        from agent.gather.sources.configured import sources_on

        coverage = await self._stores.coverage(any_embedder=True)
        return sources_on(self._stores.settings, follows=await self._stores.ask(coverage.follows()))

    async def stats(self) -> Stats:
        return await self._stores.ask(_stats(await self._stores.coverage(any_embedder=True)))


def _followed(settings: Settings) -> tuple[Followed, ...]:
    from agent.coverage.index.database import open_database

    with open_database(settings) as database:
        return tuple(Follows(database).all())


async def _begin_following(settings: Settings, coverage: Coverage, url: str, every: int) -> Followed:
    from agent.app import open_web
    from agent.coverage.web.following import begin_following

    async with open_web(settings, coverage=coverage) as web:
        return await begin_following(web, url, every)


def _unfollow(settings: Settings, urls: tuple[str, ...]) -> tuple[str, ...]:
    from agent.coverage.index.database import open_database

    with open_database(settings) as database:
        return tuple(Follows(database).remove(urls))


async def _find(coverage: Coverage, query: str, limit: int, by_origin: bool) -> SearchResult:
    return SearchResult(
        passages=await coverage.query(query, limit, by_origin=by_origin),
        documents=coverage.stats().documents,
        uncompared=coverage.uncompared(detect_language(query)),
    )


async def _put(coverage: Coverage, documents: Sequence[Document], standing: bool) -> AddOutcome:
    if not documents:
        return AddOutcome()
    known = await coverage.passages(document.id for document in documents)
    added = await coverage.add(documents, standing=standing)
    return AddOutcome(**dict(added), known=frozenset(known))


async def take_addresses(
    settings: Settings, coverage: Coverage | None, addresses: Addresses, tell: TellSum
) -> TakenAddresses:
    """See `Workspace.take`. Without a store of the caller's, it is opened each time that something is put into it."""
    from agent.app import open_web
    from agent.coverage.web.following import follow

    wishes = [FetchTarget(url, addresses.kind) for url in dict.fromkeys(addresses.urls)]
    choice = EntryFilter(limit=addresses.limit, since=addresses.since)
    async with open_web(settings, coverage=coverage) as web:
        taken = await web.take(wishes, choice, withdraw_gone=addresses.withdraw_gone, tell=tell)
        began = {one.url for one in follow(web, taken, addresses.every)} if addresses.every is not None else set()
    return TakenAddresses(
        total=taken.total,
        sources=tuple(
            TakenSource(url=one.url, is_followed=one.url in began, error=one.error) for one in taken.sources
        ),
    )


async def gather_for(
    settings: Settings,
    coverage: Coverage | None,
    subject: Subject,
    options: GatherOptions,
    tell: TellGathering,
    tokens: int | None = None,
) -> Gathering:
    """Looks for coverage of a subject and adds it; on a store as `take_addresses` has it."""
    from agent.app import open_gatherer

    async with open_gatherer(settings, coverage=coverage) as gatherer:
        return await gatherer.gather(subject, options, tell, tokens)


def subject_of(report: Report, claim_ids: Iterable[str]) -> Subject:
    """Some claims of a report, all where none is named. Raises `UnknownClaim`."""
    wanted = list(dict.fromkeys(claim_ids))
    known = {claim.id: claim for claim in report.claims}
    for claim_id in wanted:
        if claim_id not in known:
            raise UnknownClaim(f"the report has no claim {claim_id!r}")
    claims = [known[claim_id] for claim_id in wanted] if wanted else list(report.claims)
    return Subject(article=report.article, claims=tuple(claims))


async def _stats(coverage: Coverage) -> Stats:
    return coverage.stats()


def history_of(reports: Reports, run_id: str) -> History:
    """Raises `UnknownRun`; `last` names the latest run. Blocking."""
    versions = reports.versions(run_id)
    known = versions[0].run_id
    return History(
        versions=tuple(versions),
        changes=tuple(reports.changes(known)),
        corrections=tuple(reports.corrections(known)),
        edits=reports.latest(known)[1].edits if len(versions) > 1 else (),
    )


def check_missed(looked: WatchOutcome, claim_ids: Iterable[str]) -> None:
    """Raises `AnalystError` where one of these claims could not be judged anew."""
    wanted = set(claim_ids)
    for missed in looked.missed:
        if missed.claim_id in wanted:
            raise AnalystError(missed.failure.reason, missed.failure.message)


async def report_of(events: AsyncGenerator[Event, None]) -> Report:
    """The report that a run ends with."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, RunFinished):
                return event.report
    raise AssertionError("a run ended without a report or an error")


async def check_statement(workspace: Workspace, statement: str, language: str | None, *, key: str) -> Report:
    """One statement, verified like an article; the same key gives the same run."""
    article = statement_article(statement, language, workspace.max_article_chars)
    return await report_of(workspace.verify(article, key=key))
