"""A page of a listing and how many there are: of one moment, whoever writes meanwhile."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from agent.app import open_store
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.index.listing import EVERYTHING, listed_page
from agent.storage import Database
from agent.storage.interface import Connection, Latch
from tests.support.shelf import report


class _Watched(Database):
    """Counts the reads that are within no other: between two of them others may write."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self._depth = self.reads = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self.reads += self._depth == 0
        self._depth += 1
        try:
            with self._inner.reading() as connection:
                yield connection
        finally:
            self._depth -= 1

    def writing(self) -> AbstractContextManager[Connection]:
        return self._inner.writing()

    def snapshot(self) -> AbstractContextManager[None]:
        return self._inner.snapshot()

    def latch(self) -> Latch:
        return self._inner.latch()

    def next_number(self, table: str, column: str) -> str:
        return self._inner.next_number(table, column)


async def test_rows_and_total_are_of_one_moment(either: Settings) -> None:
    async with open_store(either) as store:
        await store.add([report(f"Ship {number} came in on Monday.", f"Times {number}") for number in range(3)])
    with open_database(either) as database:
        watched = _Watched(database)
        page = listed_page(Catalogue(watched), EVERYTHING, 1, 1)
    assert (len(page.documents), page.total, watched.reads) == (1, 3, 1)
