"""The composition root: what the settings ask for, put together from the packages below, opened and closed as one.

A package opens by itself what is its own alone, as `open_reports`, `open_chat` or `open_fetcher` do. What takes parts
of several is put together here. Parts are loaded when they are opened, so that importing this costs nothing.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.analyst import Analyst
    from agent.config import Settings
    from agent.coverage.archive import Coverage
    from agent.coverage.embedding.embed import Embedder
    from agent.coverage.index.catalogue import Catalogue
    from agent.coverage.web.taking import DocumentSink
    from agent.coverage.web.web import Web
    from agent.events import Gathering
    from agent.gather.gatherer import GatherBounds, Gatherer
    from agent.gather.options import GatherOptions, TellGathering
    from agent.gather.queries import Subject
    from agent.jobs.duties import ScheduledTask
    from agent.jobs.guard import JobGuard
    from agent.jobs.handler import VerificationHandler
    from agent.jobs.lease import Lease
    from agent.jobs.thread import WorkerThread
    from agent.verify.editing.editor import ClaimEditor
    from agent.verify.verifier import Verifier
    from agent.watch.look import Watch

# A store that another command has is waited for: a batch of pages was fetched for it.
_PATIENCE = 120.0


@asynccontextmanager
async def open_embedder(settings: "Settings") -> "AsyncIterator[Embedder]":
    """The embedder of the settings: the one at the endpoint where only its model is named, else a built-in one.

    Raises `ConfigurationError` where it is not installed, or no setting names the endpoint.
    """
    if settings.uses_embedding_endpoint:
        from agent.llm import open_cached_embeddings

        async with open_cached_embeddings(settings) as embeddings:
            yield embeddings
    elif settings.embedder == "words":
        from agent.coverage.embedding.hashed import HashedEmbedder

        yield HashedEmbedder()
    elif settings.embedder == "e5":
        from agent.coverage.embedding.e5 import E5Embedder

        yield E5Embedder()
    else:
        from agent.coverage.embedding.built_in import BuiltInEmbedder

        yield BuiltInEmbedder()


@asynccontextmanager
async def open_store(settings: "Settings", *, any_embedder: bool = False) -> "AsyncIterator[Coverage]":
    """Opens the coverage store with the embedder of the settings. Raises what `open_coverage` raises."""
    from agent.coverage.archive import open_coverage

    async with open_embedder(settings) as embedder:
        with open_coverage(settings, embedder, any_embedder=any_embedder) as coverage:
            yield coverage


@asynccontextmanager
async def open_web(
    settings: "Settings",
    patience: float = _PATIENCE,
    *,
    coverage: "Coverage | None" = None,
    take_in: "Callable[[Catalogue], DocumentSink] | None" = None,
    reviews_at: str | None = None,
) -> "AsyncIterator[Web]":
    """What takes coverage from the web. It writes into a store that the caller gives, or by `take_in`; without either
    it opens the store whenever there is something to write. Raises `StoreError` where the catalogue cannot be
    used."""
    from agent.coverage.web.brief import open_sink
    from agent.coverage.web.review_lists import HOST
    from agent.coverage.web.web import Web
    from agent.fetch import open_fetcher

    async with open_fetcher(settings) as fetcher:
        opening = partial(open_store, settings)
        with open_sink(settings, opening, patience, coverage, take_in) as (database, sink):
            yield Web(fetcher, database, sink, settings, reviews_at or HOST)


@asynccontextmanager
async def open_gatherer(
    settings: "Settings",
    patience: float = _PATIENCE,
    *,
    coverage: "Coverage | None" = None,
    bounds: "GatherBounds | None" = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> "AsyncIterator[Gatherer]":
    """What searches for coverage, with all sources that are switched on. It writes into a store as `open_web` does.
    Raises `ConfigurationError`, `StoreError`."""
    from agent.coverage.web.brief import open_sink
    from agent.fetch import open_fetcher
    from agent.gather.configured_maker import open_query_maker
    from agent.gather.gatherer import GatherBounds, GatherDeps, Gatherer
    from agent.gather.sources.configured import open_sources

    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        opening = partial(open_store, settings)
        database, sink = stack.enter_context(open_sink(settings, opening, patience, coverage))
        sources = await stack.enter_async_context(open_sources(settings, fetcher, database))
        maker = await stack.enter_async_context(open_query_maker(settings))
        within = GatherBounds.of(settings) if bounds is None else bounds
        yield Gatherer(
            GatherDeps(sources, maker, fetcher, database, sink, tuple(settings.sites), within, settings, sleep)
        )


@asynccontextmanager
async def open_analyst(settings: "Settings", embedder: str) -> "AsyncIterator[Analyst]":
    """The analyst: the model where one is named, and the built-in one otherwise. Raises `ConfigurationError`."""
    if settings.uses_model:
        from agent.analyst.model import ModelAnalyst
        from agent.llm import open_cached_chat
        from agent.prompts import load_fence

        async with open_cached_chat(settings) as chat:
            yield ModelAnalyst(chat, load_fence(settings), embedder=embedder)
    else:
        from agent.analyst.lexical import LexicalAnalyst

        yield LexicalAnalyst(embedder=embedder)


@asynccontextmanager
async def open_verifier(settings: "Settings", coverage: "Coverage | None" = None) -> "AsyncIterator[Verifier]":
    """A verifier with everything that it needs, on a store of the caller's where one is given. All of it is closed at
    the end.

    Raises `ConfigurationError` or a `StoreError`.
    """
    from agent.storage.reports import open_reports
    from agent.verify.keeping import ReportKeeper
    from agent.verify.runs import open_runs
    from agent.verify.verifier import Parts, Verifier

    async with AsyncExitStack() as stack:
        runs = await stack.enter_async_context(open_runs(settings))
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        analyst = await stack.enter_async_context(open_analyst(settings, store.embedder))
        reports = stack.enter_context(open_reports(settings))
        verifier = Verifier(Parts(analyst, store, runs, ReportKeeper(reports, store)), settings)
        keep_what_is_loaded()
        yield verifier


@asynccontextmanager
async def open_watch(settings: "Settings", coverage: "Coverage | None" = None) -> "AsyncIterator[Watch]":
    """A watch with everything that it needs, on a store of the caller's where one is given. All of it is closed at
    the end.

    Raises `ConfigurationError` or a `StoreError`. The coverage store is held for as long as it is open.
    """
    from agent.storage.reports import open_reports
    from agent.watch.bench import WatchDeps
    from agent.watch.ledger import Ledger
    from agent.watch.look import Watch
    from agent.watch.past_claims import past_claims_in

    async with AsyncExitStack() as stack:
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        reports = stack.enter_context(open_reports(settings))
        analyst = await stack.enter_async_context(open_analyst(settings, store.embedder))
        ledger = Ledger(reports.database)
        claims = past_claims_in(store, ledger)
        keep_what_is_loaded()
        yield Watch(WatchDeps(reports, ledger, claims, store, analyst, settings))


@asynccontextmanager
async def open_editor(settings: "Settings", coverage: "Coverage | None" = None) -> "AsyncIterator[ClaimEditor]":
    """What edits the claims of reports, on a store of the caller's where one is given. All of it is closed at the
    end.

    Raises `ConfigurationError` or a `StoreError`.
    """
    from agent.storage.reports import open_reports
    from agent.verify.editing.editor import ClaimEditor, EditorDeps

    async with AsyncExitStack() as stack:
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        analyst = await stack.enter_async_context(open_analyst(settings, store.embedder))
        reports = stack.enter_context(open_reports(settings))
        yield ClaimEditor(EditorDeps(reports, analyst, store, settings))


@asynccontextmanager
async def open_work(settings: "Settings", coverage: "Coverage") -> AsyncIterator[None]:
    """Does jobs on this event loop until the end.

    Raises `StoreBusy` when another process does them already, `ConfigurationError` where jobs would fail.
    """
    from agent.jobs.clockwork import announce
    from agent.jobs.work import Work, do_work

    work = Work(
        open_handler=lambda guard, lease: open_handler(settings, coverage, guard, lease),
        duties=build_duties(settings, coverage),
        begun=lambda: announce(settings),
    )
    async with do_work(settings, work):
        yield


@asynccontextmanager
async def open_handler(
    settings: "Settings", coverage: "Coverage", guard: "JobGuard", lease: "Lease | None" = None
) -> "AsyncIterator[VerificationHandler]":
    """What does jobs, with all that a run needs, on a coverage store of the caller's. Raises `ConfigurationError`,
    `StoreError`.

    With a lease, no step, report or notice of a run is written once the lease is lost. A job that was deleted gets no
    report.
    """
    from agent.fetch import open_fetcher
    from agent.jobs.forgetting import Retention
    from agent.jobs.handler import VerificationHandler
    from agent.storage.keys import open_keys
    from agent.storage.reports import open_reports
    from agent.verify.keeping import ReportKeeper
    from agent.verify.runs import open_runs
    from agent.verify.verifier import Parts

    async with AsyncExitStack() as stack:
        runs = await stack.enter_async_context(open_runs(settings, worker=lease.id if lease is not None else None))
        analyst = await stack.enter_async_context(open_analyst(settings, coverage.embedder))
        reports = stack.enter_context(open_reports(settings))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        purse = stack.enter_context(open_keys(settings))
        parts = Parts(analyst, coverage, runs, ReportKeeper(reports, coverage, guard.held))

        async def gather(
            subject: "Subject", options: "GatherOptions", tell: "TellGathering", tokens: int | None, /
        ) -> "Gathering":
            async with open_gatherer(settings, coverage=coverage) as gatherer:
                return await gatherer.gather(subject, options, tell, tokens)

        keep_what_is_loaded()
        yield VerificationHandler(parts, settings, fetcher, purse, Retention(reports, runs), gather, lease)


def build_duties(settings: "Settings", coverage: "Coverage", suite: str = "quick") -> "tuple[ScheduledTask, ...]":
    """The scheduled tasks of the settings. `suite` is the suite that an evaluation runs. Raises `ConfigurationError`
    for a schedule that is no time, and for a missing package."""
    from agent.jobs import clockwork

    return clockwork.build_duties(
        settings, lambda: open_watch(settings, coverage), lambda: open_web(settings, coverage=coverage), suite
    )


@contextmanager
def open_worker_thread(settings: "Settings", *, works: bool = True) -> "Iterator[tuple[WorkerThread, Coverage]]":
    """Opens the coverage store, and a worker unless `works` is False, on a thread of their own.

    Raises what `open_store` and `open_work` raise.
    """
    from agent.jobs.thread import WorkerThread

    @asynccontextmanager
    async def opened() -> "AsyncIterator[Coverage]":
        async with AsyncExitStack() as stack:
            coverage = await stack.enter_async_context(open_store(settings))
            if works:
                await stack.enter_async_context(open_work(settings, coverage))
            yield coverage

    worker = WorkerThread(opened)
    try:
        yield worker, worker.start()
    finally:
        worker.stop()


@cache
def keep_what_is_loaded() -> None:
    """Takes everything that is loaded now out of the garbage collection. Some half a million objects of packages live
    as long as the process, and each full collection of them takes longer than a step of a run. This is done once, so
    that objects which a program drops later are collected."""
    gc.freeze()
