"""What is found outside of an article's days is not read, unless it may be the article's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.index.entries import Located
from agent.coverage.origins.grouping import Grouping
from agent.coverage.search.around import MOST_AROUND
from agent.coverage.search.bearing import Bearing
from agent.coverage.search.selection import Window
from agent.models import Article, Document
from tests.coverage.stories import stories

MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
AROUND = Window.around([MONDAY], 30)
TEXTS = stories(4)


@pytest.fixture
def catalogue(places: Settings) -> Iterator[Catalogue]:
    with open_catalogue(places) as catalogue:
        yield catalogue


def _document(text: str, outlet: str, days: int | None, url: str | None = None) -> Document:
    moment = None if days is None else MONDAY + timedelta(days=days)
    return Document.of(text, outlet=outlet, published_at=moment, language="en", url=url)


def _bearing(catalogue: Catalogue, article: Article, windows: list[Window], *documents: Document) -> set[str]:
    catalogue.write_pending(documents)
    with catalogue.transaction():
        for one in documents:
            catalogue.mark_ready(one.id, [Located(one.id, n, n, n + 1, f"{one.id}-{n}") for n in range(2)])
        catalogue.copies.arrive([one.id for one in documents])
    bearing = Bearing(catalogue, article, windows, Grouping(catalogue, article))
    found = bearing.of([one.id for one in documents])
    if bearing.places is not None:
        # The few are read at once, and are the same as those that are looked up.
        rows = [*bearing.places.of_days, *bearing.places.more]
        assert sorted(rows) == sorted((one, n, n, n + 1, f"{one}-{n}") for one in found for n in range(2))
    names = {one.id: one.outlet or "" for one in documents}
    return {names[one] for one in found}


def test_the_days_decide_and_a_day_that_nobody_knows(catalogue: Catalogue) -> None:
    documents = [
        _document(TEXTS[1], "Long before", -31),
        _document(TEXTS[2], "Before", -30),
        _document(TEXTS[3], "After", 30),
        _document(TEXTS[1] + " More.", "Untold", None),
        _document(TEXTS[2] + " More.", "Long after", 31),
    ]
    article = Article(text=TEXTS[0], published_at=MONDAY)
    assert _bearing(catalogue, article, [AROUND], *documents) == {"Before", "After", "Untold"}


def test_any_window_of_a_claim_counts_and_one_without_bounds_lets_all_in(catalogue: Catalogue) -> None:
    documents = [_document(TEXTS[1], "Years before", -900), _document(TEXTS[2], "Months before", -90)]
    article = Article(text=TEXTS[0], published_at=MONDAY)
    long_ago = Window.around([MONDAY - timedelta(days=890), MONDAY], 30)
    assert _bearing(catalogue, article, [AROUND, long_ago], *documents) == {"Years before"}
    assert _bearing(catalogue, article, [AROUND, Window()], *documents) == {"Years before", "Months before"}


def test_copies_of_the_article_and_its_own_page_count_whatever_their_date(catalogue: Catalogue) -> None:
    url = "https://own.example/article"
    documents = [
        _document(TEXTS[0], "Copy", -400),
        _document(" ".join(TEXTS[0].split()[:60]), "Part", -400),
        _document(TEXTS[1], "Page", -400, url),
        _document(TEXTS[2], "Other", -400),
    ]
    article = Article(text=TEXTS[0], published_at=MONDAY, url=url)
    assert _bearing(catalogue, article, [AROUND], *documents) == {"Copy", "Part", "Page"}


def test_where_many_documents_are_of_the_days_they_are_looked_up_as_they_are_found(catalogue: Catalogue) -> None:
    article = Article(text=TEXTS[0], published_at=MONDAY)
    few = [_document(TEXTS[1], "One", 1), _document(TEXTS[2], "Two", 400)]
    _bearing(catalogue, article, [AROUND], *few)

    def places(windows: list[Window]) -> object:
        return Bearing(catalogue, article, windows, Grouping(catalogue, article)).places

    assert places([AROUND]) is not None
    assert places([AROUND, Window()]) is None
    (one, _) = few
    with catalogue.transaction():
        catalogue.mark_all_pending()
        catalogue.mark_ready(one.id, [Located(one.id, n, n, n + 1, f"k{n:05}") for n in range(MOST_AROUND + 1)])
    assert places([AROUND]) is None


def test_days_that_overlap_are_asked_for_once(catalogue: Catalogue) -> None:
    documents = [_document(TEXTS[1], "In both", 10), _document(TEXTS[2], "In the second", 50)]
    windows = [AROUND, Window.around([MONDAY + timedelta(days=25)], 30), Window.around([MONDAY], 2)]
    article = Article(text=TEXTS[0], published_at=MONDAY)
    assert _bearing(catalogue, article, windows, *documents) == {"In both", "In the second"}
    assert _bearing(catalogue, article, [AROUND, Window.around([MONDAY], 2)], *documents) == {"In both"}
