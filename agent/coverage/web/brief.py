"""The coverage store as a sink of documents: opened for each use and closed again, for whoever waits for the network
keeps nobody from it; or one that is open anyhow."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager

from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.index.filling import FillOutcome
from agent.coverage.web.taking import DocumentSink
from agent.errors import StoreBusy
from agent.models import Document
from agent.storage import Database

Opening = Callable[[], AbstractAsyncContextManager[Coverage]]
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 2.0


class BriefSink:
    """A `DocumentSink`. Waits `patience` seconds for a store that another process has; then raises `StoreBusy`."""

    def __init__(self, opening: Opening, catalogue: Catalogue, patience: float) -> None:
        self._opening = opening
        self._catalogue = catalogue
        self._patience = patience

    async def add(self, documents: Sequence[Document]) -> FillOutcome:
        async with self._opened() as store:
            return await store.add(documents, standing=True)

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]:
        async with self._opened() as store:
            return await store.withdraw(ids, reason)

    def page(self, url: str) -> Document | None:
        return self._catalogue.page(url)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Coverage]:
        async with AsyncExitStack() as stack:
            yield await self._enter(stack)

    async def _enter(self, stack: AsyncExitStack) -> Coverage:
        waited, wait = 0.0, _FIRST_WAIT
        while True:
            try:
                return await stack.enter_async_context(self._opening())
            except StoreBusy:
                if waited >= self._patience:
                    raise
            await asyncio.sleep(wait)
            waited, wait = waited + wait, min(2 * wait, _LONGEST_WAIT)


class OpenSink:
    """A `DocumentSink` on a store that is open, and stays so for as long as the sink is used."""

    def __init__(self, store: Coverage, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue

    async def add(self, documents: Sequence[Document]) -> FillOutcome:
        return await self._store.add(documents, standing=True)

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]:
        return await self._store.withdraw(ids, reason)

    def page(self, url: str) -> Document | None:
        return self._catalogue.page(url)


@contextmanager
def open_sink(
    settings: Settings,
    opening: Opening,
    patience: float,
    coverage: Coverage | None = None,
    take_in: Callable[[Catalogue], DocumentSink] | None = None,
) -> Iterator[tuple[Database, DocumentSink]]:
    """The catalogue's database, and the sink that `take_in` gives; else one on the store that is open; without
    either, one that opens the store by `opening` for each use. Raises `StoreError`."""
    with open_database(settings) as database:
        catalogue = Catalogue(database)
        if take_in is not None:
            yield database, take_in(catalogue)
        elif coverage is not None:
            yield database, OpenSink(coverage, catalogue)
        else:
            yield database, BriefSink(opening, catalogue, patience)
