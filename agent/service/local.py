"""The workspace of one person at one machine: verifier, coverage, reports and watch of this process."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing import EVERYTHING, ListingFilter, listed_documents
from agent.coverage.index.stored import StoredDocument, stored_document
from agent.errors import IsnadError
from agent.events import Event, Gathering
from agent.fetch import Fetcher
from agent.gather.options import GatherOptions, TellGathering
from agent.gather.queries import Subject
from agent.models import Article, EditRequest, Label, Report, digest
from agent.service.intake import correct_once
from agent.service.publication import Publication, SignedRating, sign
from agent.service.stores import StoreVerbs, check_missed, gather_for, history_of, subject_of, take_addresses
from agent.service.workspace import Addresses, History, TakenAddresses, Tell, TellSum
from agent.storage.keys import Scope
from agent.storage.reports import Correction, Reports, Version, open_reports
from agent.streaming import stream_of
from agent.verify.editing.editor import ClaimEditor
from agent.watch.look import Watch, WatchOutcome

if TYPE_CHECKING:
    # It brings LangGraph with it, which takes longer than all else that a command loads.
    from agent.verify.verifier import Verifier

T = TypeVar("T")


class LocalStores:
    """Everything that stands in the data folder, each part opened when it is first needed: a command that searches
    needs no model, and one that shows a report does not hold the coverage store. Opened with `open_stores`."""

    def __init__(
        self,
        settings: Settings,
        stack: AsyncExitStack,
        *,
        coverage: Coverage | None = None,
        verifier: "Verifier | None" = None,
    ) -> None:
        self.settings = settings
        self._stack = stack
        self._coverage = coverage
        self._verifier = verifier
        self._reports: Reports | None = None
        self._fetcher: Fetcher | None = None
        self._watch: Watch | None = None
        self._editor: ClaimEditor | None = None
        self._opening = asyncio.Lock()

    @property
    def holds_coverage(self) -> bool:
        """Whether the coverage store is open."""
        return self._coverage is not None

    async def ask(self, question: Coroutine[Any, Any, T], /) -> T:
        return await question

    async def coverage(self, *, any_embedder: bool = False) -> Coverage:
        from agent.app import open_store

        async with self._opening:
            if self._coverage is None:
                opened = open_store(self.settings, any_embedder=any_embedder)
                self._coverage = await self._stack.enter_async_context(opened)
            return self._coverage

    async def reports(self) -> Reports:
        if self._reports is None:
            self._reports = self._stack.enter_context(open_reports(self.settings))
        return self._reports

    async def fetcher(self) -> Fetcher:
        from agent.fetch import open_fetcher

        async with self._opening:
            if self._fetcher is None:
                self._fetcher = await self._stack.enter_async_context(open_fetcher(self.settings))
            return self._fetcher

    async def verifier(self) -> "Verifier":
        from agent.app import open_verifier

        coverage = await self.coverage()
        async with self._opening:
            if self._verifier is None:
                self._verifier = await self._stack.enter_async_context(open_verifier(self.settings, coverage))
            return self._verifier

    async def editor(self) -> ClaimEditor:
        from agent.app import open_editor

        coverage = await self.coverage()
        async with self._opening:
            if self._editor is None:
                self._editor = await self._stack.enter_async_context(open_editor(self.settings, coverage))
            return self._editor

    async def watch(self) -> Watch:
        from agent.app import open_watch

        coverage = await self.coverage()
        async with self._opening:
            if self._watch is None:
                self._watch = await self._stack.enter_async_context(open_watch(self.settings, coverage))
            return self._watch


class LocalWorkspace(StoreVerbs):
    """Implements `Workspace`: whoever sits at this machine may do everything, and `who` signs their corrections."""

    def __init__(self, stores: LocalStores, who: str) -> None:
        super().__init__(stores)
        self._local = stores
        self._who = who
        self._one_look = asyncio.Lock()

    def sentence(self, err: IsnadError, language: str = "en") -> str:
        return str(err)

    def need(self, *scopes: Scope) -> None:
        """On one's own machine everything is allowed."""

    async def verify(
        self, article: Article, *, key: str | None = None, gather: GatherOptions | None = None
    ) -> AsyncGenerator[Event, None]:
        if gather is not None:
            gathering: AsyncGenerator[Gathering, None] = stream_of(
                lambda tell: self._gathered(Subject(article=article), gather, tell)
            )
            async with aclosing(gathering) as gathered:
                async for one in gathered:
                    yield one
        verifier = await self._local.verifier()
        running = verifier.stream(article) if key is None else verifier.stream_once(_run_id(key), article)
        async with aclosing(cast("AsyncGenerator[Event, None]", running)) as events:
            async for event in events:
                yield event

    async def resume(self, run_id: str) -> AsyncGenerator[Event, None]:
        resumed = (await self._local.verifier()).stream_resumed(run_id)
        async with aclosing(cast("AsyncGenerator[Event, None]", resumed)) as events:
            async for event in events:
                yield event

    async def report(self, run_id: str, version: int | None = None) -> Report:
        reports = await self._local.reports()
        return await asyncio.to_thread(reports.get, run_id, version)

    async def reports(self, limit: int | None = None) -> tuple[Version, ...]:
        reports = await self._local.reports()
        return tuple((await asyncio.to_thread(reports.listing))[:limit])

    async def history(self, run_id: str) -> History:
        return await asyncio.to_thread(history_of, await self._local.reports(), run_id)

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        reports = await self._local.reports()
        return tuple(await asyncio.to_thread(reports.corrections, run_id))

    async def correct(
        self,
        run_id: str,
        claim_id: str,
        label: Label,
        reason: str,
        *,
        who: str | None = None,
        version: int | None = None,
    ) -> Correction:
        reports, signed = await self._local.reports(), who if who is not None else self._who
        return await asyncio.to_thread(correct_once, reports, run_id, claim_id, label, reason, signed, version)

    async def publish(
        self, run_id: str, claim_id: str, signed: SignedRating, version: int | None = None
    ) -> Publication:
        return sign(await self.report(run_id, version), claim_id, signed, self._local.settings)

    async def edit(
        self, run_id: str, request: EditRequest, *, who: str | None = None, version: int | None = None
    ) -> Report:
        editor = await self._local.editor()
        return (await editor.edit(run_id, request, who if who is not None else self._who, version)).report

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        await self.report(run_id)
        watch = await self._local.watch()
        async with self._one_look:
            looked = await watch.look(run_id=run_id)
        check_missed(looked, claim_ids)
        return await self.report(run_id)

    async def watch(self, tell: Tell) -> WatchOutcome:
        watch = await self._local.watch()
        async with self._one_look:
            return await watch.look(tell)

    async def gather(
        self, run_id: str, claim_ids: tuple[str, ...], options: GatherOptions, tell: TellGathering
    ) -> Gathering:
        return await self._gathered(subject_of(await self.report(run_id), claim_ids), options, tell)

    async def _gathered(self, subject: Subject, options: GatherOptions, tell: TellGathering) -> Gathering:
        coverage = await self._local.coverage() if self._local.holds_coverage else None
        return await gather_for(self._local.settings, coverage, subject, options, tell)

    async def take(self, addresses: Addresses, tell: TellSum) -> TakenAddresses:
        coverage = await self._local.coverage() if self._local.holds_coverage else None
        return await take_addresses(self._local.settings, coverage, addresses, tell)

    async def listing(self, wanted: ListingFilter = EVERYTHING) -> tuple[DocumentListing, ...]:
        """From the catalogue alone, which waits for nobody who has the store."""
        return await asyncio.to_thread(_listed, self._local.settings, wanted)

    async def document(self, name: str) -> StoredDocument:
        return await asyncio.to_thread(_stored, self._local.settings, name)


def _listed(settings: Settings, wanted: ListingFilter) -> tuple[DocumentListing, ...]:
    from agent.coverage.index.catalogue import Catalogue
    from agent.coverage.index.database import open_database

    with open_database(settings) as database, database.snapshot():
        return tuple(listed_documents(Catalogue(database), wanted))


def _stored(settings: Settings, name: str) -> StoredDocument:
    from agent.coverage.index.catalogue import Catalogue
    from agent.coverage.index.database import open_database

    with open_database(settings) as database, database.snapshot():
        return stored_document(Catalogue(database), name)


def _run_id(key: str) -> str:
    return f"chat-{digest(key)[:24]}"


@asynccontextmanager
async def open_stores(
    settings: Settings, *, coverage: Coverage | None = None, verifier: "Verifier | None" = None
) -> AsyncIterator[LocalStores]:
    """With a store and a verifier of the caller's when they are given; what was opened meanwhile is closed."""
    async with AsyncExitStack() as stack:
        yield LocalStores(settings, stack, coverage=coverage, verifier=verifier)


@asynccontextmanager
async def open_local(
    settings: Settings,
    who: str,
    *,
    coverage: Coverage | None = None,
    verifier: "Verifier | None" = None,
    is_ready: bool = True,
) -> AsyncIterator[LocalWorkspace]:
    """The workspace of this process. One that `is_ready` has everything open: what keeps it from working is raised
    now, a `ConfigurationError` or a `StoreError`, and not with the first thing that is asked of it."""
    async with open_stores(settings, coverage=coverage, verifier=verifier) as stores:
        if is_ready:
            await stores.verifier()
            await stores.reports()
            await stores.fetcher()
        yield LocalWorkspace(stores, who)
