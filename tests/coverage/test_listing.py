"""Which documents are listed, in which order; a page and how many there are are of one moment."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date

import pytest

from agent.app import open_store
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.index.listing import EVERYTHING, ListingFilter, listed_among, listed_documents, listed_page
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


_WITHOUT_ADDRESS = "A letter came by hand."


@pytest.mark.parametrize(
    ("wanted", "outlets"),
    [
        ({}, ["Times", "Post", "Nowhere"]),
        ({"kept": True}, ["Times", "Post", "Nowhere", "Gazette"]),
        ({"outlet": "POST"}, ["Post"]),
        ({"outlet": "nobody"}, []),
        ({"url": "http://times.example/quay?utm_source=x"}, ["Times"]),
        ({"url": ""}, ["Nowhere"]),
        ({"language": "EN-gb"}, ["Times", "Post", "Nowhere"]),
        ({"language": "ar"}, []),
        ({"since": date(2016, 3, 15)}, ["Post"]),
        ({"until": date(2016, 3, 14)}, ["Times"]),
        ({"outlet": "Times", "until": date(2016, 3, 14), "language": "en", "kept": True}, ["Times"]),
    ],
)
async def test_what_is_wanted_is_listed_counted_and_found_among_others(
    either: Settings, wanted: dict[str, object], outlets: list[str]
) -> None:
    withdrawn = report("The bridge is shut.", "Gazette", url="https://gazette.example/bridge")
    async with open_store(either) as store:
        await store.add(
            [
                report("The quay is open.", "Times", url="https://times.example/quay"),
                report("The mole is open.", "Post", hours=24, url="https://post.example/mole"),
                report(_WITHOUT_ADDRESS, "Nowhere", hours=None),
                withdrawn,
            ]
        )
        await store.withdraw([withdrawn.id], "a mistake")
    with open_database(either) as database:
        catalogue = Catalogue(database)
        filter_ = ListingFilter.model_validate(wanted)
        listed = listed_documents(catalogue, filter_)
        page = listed_page(catalogue, filter_, 0, 10)
        every = [one.id for one in listed_documents(catalogue, ListingFilter(kept=True))]
        assert listed_among(catalogue, filter_, every) == {one.id for one in listed}
    assert [one.outlet for one in listed] == outlets
    assert (page.documents, page.total) == (tuple(listed), len(outlets))


async def test_the_last_published_come_first_and_those_without_a_date_last(either: Settings) -> None:
    async with open_store(either) as store:
        await store.add(
            [report("Old.", "Old"), report(_WITHOUT_ADDRESS, "Undated", hours=None), report("New.", "New", hours=9)]
        )
    with open_database(either) as database:
        page = listed_page(Catalogue(database), EVERYTHING, 0, 2, newest_first=True)
        rest = listed_page(Catalogue(database), EVERYTHING, 2, 2, newest_first=True)
    assert [one.outlet for one in (*page.documents, *rest.documents)] == ["New", "Old", "Undated"]


async def test_rows_and_total_are_of_one_moment(either: Settings) -> None:
    async with open_store(either) as store:
        await store.add([report(f"Ship {number} came in on Monday.", f"Times {number}") for number in range(3)])
    with open_database(either) as database:
        watched = _Watched(database)
        page = listed_page(Catalogue(watched), EVERYTHING, 1, 1)
    assert (len(page.documents), page.total, watched.reads) == (1, 3, 1)
