"""The watch, put together from the settings."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from agent.analyst.opening import open_analyst
from agent.config import Settings
from agent.coverage.chroma import Place
from agent.coverage.opening import open_store
from agent.coverage.retrieve import Coverage
from agent.coverage.store import Index
from agent.storage.reports import Reports, open_reports
from agent.watch.bench import Bench
from agent.watch.claims import PastClaims
from agent.watch.findings import PastFindings
from agent.watch.ledger import Ledger
from agent.watch.look import Watch

_FOLDER = "claims"


@asynccontextmanager
async def open_watch(settings: Settings, coverage: Coverage | None = None) -> AsyncIterator[Watch]:
    """A watch with everything it needs, closed at the end; on a store of the caller's when one is given.

    Raises `ConfigurationError` or a `StoreError`. It holds the coverage store for as long as it is open.
    """
    async with AsyncExitStack() as stack:
        store = coverage if coverage is not None else await stack.enter_async_context(open_store(settings))
        reports = stack.enter_context(open_reports(settings))
        index = stack.enter_context(open_claims(settings))
        analyst = await stack.enter_async_context(open_analyst(settings, store.embedder))
        ledger = Ledger(reports.database)
        claims = PastClaims(ledger, index, store)
        yield Watch(Bench(reports, ledger, claims, store, analyst, settings))


@contextmanager
def open_findings(settings: Settings, reports: Reports, coverage: Coverage) -> Iterator[PastFindings]:
    """What was found before, to be searched while the coverage store is open."""
    with open_claims(settings) as index:
        claims = PastClaims(Ledger(reports.database), index, coverage)
        yield PastFindings(reports, claims, coverage.floors)


@contextmanager
def open_claims(settings: Settings) -> Iterator[Index]:
    """The index of past claims, in a folder of its own. Whoever opens it embedded has to hold the coverage store."""
    index = Index(Place(settings.data_dir / _FOLDER, settings.chroma_url))
    try:
        yield index
    finally:
        index.close()
