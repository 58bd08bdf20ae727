"""What is compared with the passages of some days alone, and for all claims of an article together."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Floors, Purpose, Unlimited
from agent.coverage.index import ranking, rows_in_memory
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.lexical import Lexical
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.short import ShortRows
from agent.coverage.index.store import Index
from agent.coverage.search.around import PassagesAround, PlacesAround, places_of_days
from agent.coverage.search.legs import Hits
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.scale import Scale
from agent.models import Document
from evals.bench.drawn import DrawnEmbedder
from tests.coverage.stories import stories

MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
DAYS = (("2016-03-09", "2016-03-19"),)
TEXTS = stories(36)
CLAIMS = [" ".join(text.split()[at : at + 12]) for text, at in zip(TEXTS[:9], range(0, 45, 5), strict=True)]
ALL = 500


@pytest.fixture(params=["few", "held in memory", "read each time"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many short rows are held. All but few texts stand in an engine."""
    if request.param != "few":
        monkeypatch.setattr(rows_in_memory, "MOST_WHOLE", 0)
        monkeypatch.setattr(ranking, "MOST_SCANNED", 10)
    return 0 if request.param == "read each time" else rows_in_memory.MOST_SHORT


@pytest.fixture
def store(places: Settings, held: int) -> Settings:
    """Every second report is of another year; some are in another language, and one is of no day that is known."""
    documents = [
        Document.of(
            text,
            outlet=f"Outlet {number}",
            published_at=None if number == 2 else MONDAY + timedelta(days=400 * (number % 2) + number % 5),
            language="fr" if number % 6 == 4 else "en",
        )
        for number, text in enumerate(TEXTS)
    ]
    with open_coverage(places, DrawnEmbedder()) as coverage:
        asyncio.run(coverage.add(documents))
    return places


@pytest.fixture
def catalogue(store: Settings) -> Iterator[Catalogue]:
    with open_database(store) as database:
        yield Catalogue(database)


@pytest.fixture
def index(store: Settings, catalogue: Catalogue, held: int) -> Iterator[Index]:
    short = ShortRows.of(WholeRows(catalogue.database), DrawnEmbedder.traits)
    opened = Index(IndexLocation(store.data_dir / "chroma", store.chroma_url), short, most_held=held)
    yield opened
    opened.close()


@pytest.fixture
def lexical(catalogue: Catalogue) -> Lexical:
    return Lexical(catalogue.database)


def _nearest(catalogue: Catalogue, lexical: Lexical, index: Index) -> Nearest:
    """As each search has one of its own."""
    space = str(catalogue.fact("space"))
    return Nearest(catalogue, lexical, index, space, Scale(Floors(within=0.1, across=0.2)), DrawnEmbedder.traits)


@pytest.fixture
def sought() -> list[PassageQuery]:
    vectors = asyncio.run(DrawnEmbedder().embed(CLAIMS, purpose=Purpose.QUERY, budget=Unlimited())).rows
    spoken = ["fr" if number == 4 else "en" for number in range(len(CLAIMS))]
    return [PassageQuery(*one) for one in zip(CLAIMS, vectors, spoken, strict=True)]


@pytest.fixture
def around(catalogue: Catalogue, lexical: Lexical, index: Index) -> PassagesAround:
    of_days = places_of_days(catalogue, DAYS)
    assert of_days is not None
    return _nearest(catalogue, lexical, index).around(PlacesAround(DAYS, of_days))


def _assert_same(one: Hits, other: Hits) -> None:
    """Products of several rows are added up in another order than those of one: the last digits differ."""
    each, others = (sorted(hits.hits, key=lambda hit: hit.place) for hits in (one, other))
    assert [hit._replace(similarity=None) for hit in each] == [hit._replace(similarity=None) for hit in others]
    assert [hit.similarity for hit in each] == pytest.approx([hit.similarity for hit in others], abs=1e-6)
    assert (one.near_to_the_end, one.last) == (other.near_to_the_end, other.last)


def test_claims_that_are_searched_together_find_what_each_finds_by_itself(
    catalogue: Catalogue,
    lexical: Lexical,
    index: Index,
    sought: list[PassageQuery],
    around: PassagesAround,
) -> None:
    # All of one store: to fill it costs more than to ask it.
    for limit, among in product((3, 12, ALL), (around, None)):
        together = _nearest(catalogue, lexical, index)
        every = together.query(sought, limit, around=among)
        assert all(one.hits for one in every)
        for one, found in zip(sought, every, strict=True):
            alone = _nearest(catalogue, lexical, index)
            (itself,) = alone.query([one], limit, around=among)
            _assert_same(found, itself)
            assert together.are_cut([one], [found]) == alone.are_cut([one], [itself])


def test_passages_of_other_days_take_no_place(
    catalogue: Catalogue, lexical: Lexical, index: Index, sought: list[PassageQuery], around: PassagesAround
) -> None:
    all_of_all_days = _nearest(catalogue, lexical, index).query(sought, ALL)
    every = _nearest(catalogue, lexical, index).query(sought, ALL, around=around)
    first = _nearest(catalogue, lexical, index).query(sought, 4, around=around)
    inside = {row[0] for row in around.places[next(iter(around.places))]}.union(
        *({row[0] for row in rows} for rows in around.places.values())
    )
    days = {one.id: one.published_at for one in catalogue.get(inside).values()}
    assert None in days.values()
    assert {moment.date().isoformat()[:7] for moment in days.values() if moment} == {"2016-03"}
    for everything, some, few in zip(all_of_all_days, every, first, strict=True):
        assert {hit.document_id for hit in everything.hits} - inside
        by_words = {hit.place.key: hit.match for hit in everything.hits if hit.document_id in inside and hit.match}
        assert {hit.place.key: hit.match for hit in some.hits if hit.match} == by_words
        nearest = {hit.place.key: hit.similarity for hit in everything.hits if hit.document_id in inside}
        assert {hit.place.key: hit.similarity for hit in some.hits} == pytest.approx(nearest, abs=1e-5)
        best = sorted(by_words.items(), key=lambda one: (-one[1].score, one[0]))[:4]
        assert {hit.place.key for hit in few.hits if hit.match} == {key for key, _ in best}


def test_days_of_which_nothing_is_told_have_nothing(
    catalogue: Catalogue, lexical: Lexical, index: Index, sought: list[PassageQuery], around: PassagesAround
) -> None:
    nobody_knows = [row for rows in around.places.values() for row in rows if row[0] == _undated(catalogue)]
    days = (("1999-01-01", "1999-12-31"),)
    of_days = places_of_days(catalogue, days)
    assert sorted(of_days or ()) == sorted(map(tuple, nobody_knows))
    nearest = _nearest(catalogue, lexical, index)
    assert all(not one.hits for one in nearest.query(sought, 4, around=nearest.around(PlacesAround(days, ()))))


def _undated(catalogue: Catalogue) -> str:
    (found,) = {row[0] for row in places_of_days(catalogue, ()) or ()}
    return found


def test_what_is_written_and_removed_is_seen_by_the_next_search(
    store: Settings,
    catalogue: Catalogue,
    lexical: Lexical,
    index: Index,
    sought: list[PassageQuery],
    around: PassagesAround,
) -> None:
    late = Document.of(CLAIMS[0], outlet="Late Mail", published_at=MONDAY, language="en")
    (gone,) = catalogue.get([next(iter(around.places.values()))[0][0]])

    def found() -> set[str]:
        of_days = places_of_days(catalogue, DAYS)
        assert of_days is not None
        nearest = _nearest(catalogue, lexical, index)
        hits = nearest.query(sought, ALL, around=nearest.around(PlacesAround(DAYS, of_days)))
        return {hit.document_id for some in hits for hit in some.hits}

    before = found()
    assert gone in before
    index.close()
    with open_coverage(store, DrawnEmbedder()) as coverage:
        asyncio.run(coverage.add([late]))
        asyncio.run(coverage.remove([gone]))
    assert found() == {*before, late.id} - {gone}
