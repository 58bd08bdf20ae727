"""The composition root: what the settings ask for, put together from the packages below, opened and closed as one.

A package opens by itself what is its own alone, as `open_reports`, `open_chat` or `open_fetcher` do. What takes parts
of several is put together here; what jobs and duties take besides, in `agent.app_work`. Parts are loaded when they
are opened, so that importing this costs nothing.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from agent.config import Settings

if TYPE_CHECKING:
    from agent.analyst import Analyst
    from agent.coverage.archive import Coverage
    from agent.coverage.embedding.embed import Embedder
    from agent.coverage.index.catalogue import Catalogue
    from agent.coverage.web.taking import DocumentSink
    from agent.coverage.web.web import Web
    from agent.fetch import Fetcher
    from agent.gather.gatherer import GatherBounds, Gatherer
    from agent.gather.query_maker import QueryMaker
    from agent.storage import Database
    from agent.storage.reports import Reports
    from agent.verify.editing.editor import ClaimEditor
    from agent.verify.verifier import Verifier
    from agent.watch.look import Watch
    from agent.watch.past_findings import PastFindings

# A store that another command has is waited for: a batch of pages was fetched for it.
_PATIENCE = 120.0


@asynccontextmanager
async def open_embedder(settings: Settings) -> "AsyncIterator[Embedder]":
    """The embedder of the settings: the one at the endpoint where only its model is named, else a built-in one.

    Raises `ConfigurationError` where it is not installed, or no setting names the endpoint.
    """
    if settings.uses_embedding_endpoint:
        from agent.llm import open_embeddings
        from agent.storage.answers import open_answers

        with open_answers(settings) as answers:
            async with open_embeddings(settings, answers) as embeddings:
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
async def open_store(settings: Settings, *, any_embedder: bool = False) -> "AsyncIterator[Coverage]":
    """Opens the coverage store with the embedder of the settings. Raises what `open_coverage` raises."""
    from agent.coverage.archive import open_coverage

    async with open_embedder(settings) as embedder:
        with open_coverage(settings, embedder, any_embedder=any_embedder) as coverage:
            yield coverage


@asynccontextmanager
async def open_web(
    settings: Settings,
    patience: float = _PATIENCE,
    *,
    coverage: "Coverage | None" = None,
    take_in: "Callable[[Catalogue], DocumentSink] | None" = None,
    reviews_at: str | None = None,
) -> "AsyncIterator[Web]":
    """What takes coverage from the web. It writes into a store that the caller gives, or by `take_in`; without either
    it opens the store whenever there is something to write. Raises `StoreError` where the catalogue cannot be
    used."""
    from agent.coverage.web.review_lists import HOST
    from agent.coverage.web.web import Web
    from agent.fetch import open_fetcher

    async with open_fetcher(settings) as fetcher:
        with _open_sink(settings, patience, coverage, take_in) as (database, sink):
            yield Web(fetcher, database, sink, settings, reviews_at or HOST)


@contextmanager
def _open_sink(
    settings: Settings,
    patience: float,
    coverage: "Coverage | None",
    take_in: "Callable[[Catalogue], DocumentSink] | None" = None,
) -> "Iterator[tuple[Database, DocumentSink]]":
    from agent.coverage.index.catalogue import Catalogue
    from agent.coverage.index.database import open_database
    from agent.coverage.web.brief import BriefSink, OpenSink

    with open_database(settings) as database:
        catalogue = Catalogue(database)
        if take_in is not None:
            sink = take_in(catalogue)
        elif coverage is not None:
            sink = OpenSink(coverage, catalogue)
        else:
            sink = BriefSink(lambda: open_store(settings), catalogue, patience)
        yield database, sink


@asynccontextmanager
async def open_gatherer(
    settings: Settings,
    patience: float = _PATIENCE,
    *,
    coverage: "Coverage | None" = None,
    bounds: "GatherBounds | None" = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> "AsyncIterator[Gatherer]":
    """What searches for coverage, with all sources that are switched on. It writes into a store as `open_web` does.
    Raises `ConfigurationError`, `StoreError`."""
    from agent.fetch import open_fetcher
    from agent.gather.gatherer import GatherBounds, GatherDeps, Gatherer
    from agent.gather.sources.configured import open_sources

    async with AsyncExitStack() as stack:
        fetcher: Fetcher = await stack.enter_async_context(open_fetcher(settings))
        database, sink = stack.enter_context(_open_sink(settings, patience, coverage))
        sources = await stack.enter_async_context(open_sources(settings, fetcher, database))
        maker = await stack.enter_async_context(_open_query_maker(settings))
        within = GatherBounds.of(settings) if bounds is None else bounds
        yield Gatherer(
            GatherDeps(sources, maker, fetcher, database, sink, tuple(settings.sites), within, settings, sleep)
        )


@asynccontextmanager
async def _open_query_maker(settings: Settings) -> "AsyncIterator[QueryMaker]":
    from agent.gather.query_maker import LexicalQueryMaker

    if not settings.uses_model:
        yield LexicalQueryMaker()
        return
    from agent.gather.model_queries import ModelQueryMaker
    from agent.llm import open_chat
    from agent.prompts import load_fence
    from agent.storage.answers import open_answers

    with open_answers(settings) as answers:
        async with open_chat(settings, answers) as chat:
            yield ModelQueryMaker(chat, load_fence(settings))


@asynccontextmanager
async def open_analyst(settings: Settings, embedder: str) -> "AsyncIterator[Analyst]":
    """The analyst: the model where one is named, and the built-in one otherwise. Raises `ConfigurationError`."""
    if settings.uses_model:
        from agent.analyst.model import ModelAnalyst
        from agent.llm import open_chat
        from agent.prompts import load_fence
        from agent.storage.answers import open_answers

        with open_answers(settings) as answers:
            async with open_chat(settings, answers) as chat:
                yield ModelAnalyst(chat, load_fence(settings), embedder=embedder)
    else:
        from agent.analyst.lexical import LexicalAnalyst

        yield LexicalAnalyst(embedder=embedder)


@asynccontextmanager
async def open_verifier(settings: Settings, coverage: "Coverage | None" = None) -> "AsyncIterator[Verifier]":
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
async def open_watch(settings: Settings, coverage: "Coverage | None" = None) -> "AsyncIterator[Watch]":
    """A watch with everything that it needs, on a store of the caller's where one is given. All of it is closed at
    the end.

    Raises `ConfigurationError` or a `StoreError`. The coverage store is held for as long as it is open.
    """
    from agent.storage.reports import open_reports
    from agent.watch.bench import WatchDeps
    from agent.watch.ledger import Ledger
    from agent.watch.look import Watch
    from agent.watch.past_claims import FOLDER, PastClaims

    async with AsyncExitStack() as stack:
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        reports = stack.enter_context(open_reports(settings))
        analyst = await stack.enter_async_context(open_analyst(settings, store.embedder))
        ledger = Ledger(reports.database)
        claims = PastClaims(ledger, store.beside(FOLDER), store)
        yield Watch(WatchDeps(reports, ledger, claims, store, analyst, settings))


@asynccontextmanager
async def open_editor(settings: Settings, coverage: "Coverage | None" = None) -> "AsyncIterator[ClaimEditor]":
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


def build_findings(reports: "Reports", coverage: "Coverage") -> "PastFindings":
    """The search in earlier findings. It can be used while the coverage store is open."""
    from agent.watch.ledger import Ledger
    from agent.watch.past_claims import FOLDER, PastClaims
    from agent.watch.past_findings import PastFindings

    claims = PastClaims(Ledger(reports.database), coverage.beside(FOLDER), coverage)
    return PastFindings(reports, claims, coverage.floors)


@cache
def keep_what_is_loaded() -> None:
    """Takes everything that is loaded now out of the garbage collection. Some half a million objects of packages live
    as long as the process, and each full collection of them takes longer than a step of a run. This is done once, so
    that objects which a program drops later are collected."""
    gc.freeze()
