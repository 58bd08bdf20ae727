"""What the tables of copies answer: whose passages, of which days, how many, and nothing of what has left."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.index.database import open_database
from agent.coverage.index.entries import Located
from agent.coverage.origins.likeness import runs_of
from agent.coverage.origins.sketches import SharedRuns, expected_share, uncut_part
from agent.coverage.origins.statements import FOLLOWERS, holders_of
from agent.models import Bond, Document
from agent.storage.tables.catalogue import copies, pages, sketches
from tests.support.reports import NOON

FIRST = "2024-05-02"


@pytest.fixture
def catalogue(settings: Settings) -> Iterator[Catalogue]:
    with open_catalogue(settings) as catalogue:
        yield catalogue


def _words(name: str, count: int) -> str:
    return " ".join(f"{name}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count))


def _of_runs(number: int, name: str = "") -> Document:
    return Document.of(_words(f"{name}{chr(97 + number % 26)}{number // 26}x", number + 2), outlet=f"{name}{number}")


def _place(document: Document) -> Located:
    return Located(document.id, 0, 0, len(document.text), f"key of {document.outlet}")


def _add(catalogue: Catalogue, documents: Sequence[Document], *, linked: bool = True) -> None:
    catalogue.write_pending(documents)
    with catalogue.transaction():
        for document in documents:
            catalogue.mark_ready(document.id, (_place(document),))
        if linked:
            catalogue.copies.arrive([document.id for document in documents])


def _on(day: int | None) -> Document:
    published = NOON.replace(day=day) if day else None
    return Document.of(_words(f"d{day}x", 30), outlet=f"day {day}", published_at=published)


def test_passages_of_days_are_those_from_the_first_to_the_last_and_those_of_no_day(catalogue: Catalogue) -> None:
    days = {day: _on(day) for day in (2, 3, 4, 5, 9, None)}
    _add(catalogue, list(days.values()))
    _add(catalogue, [Document.of("Not yet linked.", published_at=NOON.replace(day=3))], linked=False)

    def found(*asked: tuple[str, str], most: int = 10) -> set[object] | None:
        rows = catalogue.copies.places_of_days(asked, most)
        return None if rows is None else {tuple(row) for row in rows}

    def places(*some: int | None) -> set[object]:
        return {tuple(_place(days[day])) for day in some}

    assert found(("2024-05-03", "2024-05-04")) == places(3, 4, None)
    assert found(("2024-05-02", "2024-05-02"), ("2024-05-06", "2024-05-09")) == places(2, 9, None)
    assert found(("2024-05-03", "2024-05-04"), most=3) == places(3, 4, None)
    assert found(("2024-05-03", "2024-05-04"), most=2) is None


def test_more_passages_than_are_wanted_are_none_whether_they_have_a_day_or_not(catalogue: Catalogue) -> None:
    undated = [Document.of(_words(name, 20), outlet=name) for name in ("one", "two")]
    dated = [Document.of(_words(name, 20), outlet=name, published_at=NOON) for name in ("three", "four", "five")]
    _add(catalogue, undated)
    assert catalogue.copies.places_of_days([("2024-01-01", "2024-01-02")], 1) is None
    assert len(catalogue.copies.places_of_days([("2024-01-01", "2024-01-02")], 2) or ()) == 2
    catalogue.copies.leave([one.id for one in undated])
    _add(catalogue, dated)
    assert catalogue.copies.places_of_days([(FIRST, FIRST)], 2) is None
    assert len(catalogue.copies.places_of_days([(FIRST, FIRST)], 3) or ()) == 3


def test_more_documents_than_may_be_looked_at_are_none(catalogue: Catalogue) -> None:
    _add(catalogue, [_of_runs(100, name) for name in "abc"])
    shared = SharedRuns(20, {}, 1.0)
    assert catalogue.copies.places_of_own(shared, 2) is None
    assert len(catalogue.copies.places_of_own(shared, 3) or ()) == 3


def test_the_passages_of_one_document_are_its_own(catalogue: Catalogue) -> None:
    one, other = _on(2), _on(3)
    _add(catalogue, [one, other])
    assert [tuple(row) for row in catalogue.copies.places_of(one.id)] == [tuple(_place(one))]
    assert catalogue.copies.places_of("d-unknown") == []


def test_an_outline_tells_the_day_and_the_size_of_each_linked_document(catalogue: Catalogue) -> None:
    dated, undated, long = _on(2), _on(None), _of_runs(300)
    _add(catalogue, [dated, undated, long])
    found = catalogue.copies.outlines([dated.id, undated.id, long.id, "d-unknown"])
    assert {name: (day, runs, kept) for name, day, _, runs, kept in found.values()} == {
        dated.id: (FIRST, 28, 28),
        undated.id: (None, 28, 28),
        long.id: (None, 300, 50),
    }
    assert len({row[2] for row in found.values()}) == 3


@pytest.mark.parametrize("uncut", [1.0, 0.999, 0.6, 0.0])
@pytest.mark.parametrize("runs", [0, 1, 3, 6, 11, 12, 20, 25, 79, 400])
def test_of_all_that_may_hold_a_text_without_a_run_in_common_none_is_passed_over(
    catalogue: Catalogue, runs: int, uncut: float
) -> None:
    documents = [_of_runs(size) for size in (0, 1, 2, 5, 6, 7, 10, 18, 33, 60, 96, 97, 102, 192, 250)]
    _add(catalogue, documents)
    shared = SharedRuns(runs, {}, uncut)
    sizes = catalogue.copies.outlines(document.id for document in documents)
    likely = {name for name, row in sizes.items() if shared.may_be_copy(row[2:])}
    found = catalogue.copies.places_of_own(shared, 100)
    assert found is not None
    assert {row[0] for row in found} == likely
    assert {tuple(row) for row in found} == {tuple(_place(one)) for one in documents if one.id in likely}


def test_what_shares_runs_with_a_text_is_looked_at_whatever_its_size(catalogue: Catalogue) -> None:
    documents = [_of_runs(40, name) for name in "pqr"]
    _add(catalogue, documents)
    shared = catalogue.copies.shared_with(documents[1].text)
    assert (shared.runs, sorted(shared.held.values()), shared.uncut) == (40, [32], 1.0)
    found = catalogue.copies.places_of_own(shared, 1)
    assert found is not None
    assert [row[0] for row in found] == [documents[1].id]
    assert catalogue.copies.places_of_own(shared, 0) is None


def test_whole_texts_and_long_ones_are_not_looked_at_for_a_text_of_some_length(catalogue: Catalogue) -> None:
    """Of what is kept of them it would share some. The answer is that there is none, not that there are too many."""
    _add(catalogue, [_of_runs(size) for size in (7, 8, 10, 33, 34, 35, 36)])
    assert catalogue.copies.places_of_own(SharedRuns(79, {}, 1.0), 0) == []
    assert catalogue.copies.places_of_own(SharedRuns(2, {}, 1.0), 0) == []
    assert catalogue.copies.places_of_own(SharedRuns(20, {}, 1.0), 0) == []


def test_copies_of_copies_of_copies_are_one_report(catalogue: Catalogue) -> None:
    whole = _words("w", 200).split()
    chain = [Document.of(" ".join(whole[:size]), outlet=f"{size}") for size in (200, 150, 110, 70)]
    _add(catalogue, chain)
    (report,) = catalogue.copies.reports([chain[-1].id])
    assert report.ids == tuple(one.id for one in chain)
    assert {(link.of, link.why) for link in report.links} == {(one.id, Bond.COPY) for one in chain[:-1]}
    other = _words("v", 60).split()
    others = [Document.of(" ".join(other[:size]), outlet=f"other {size}") for size in (60, 50)]
    _add(catalogue, others)
    catalogue.copies.leave([chain[0].id])
    (report,) = catalogue.copies.reports([chain[-1].id])
    assert report.ids == tuple(one.id for one in chain[1:])
    (report,) = catalogue.copies.reports([others[-1].id])
    assert report.ids == tuple(one.id for one in others)


def test_of_many_that_may_be_copies_those_are_compared_of_which_the_largest_part_is_shared(
    catalogue: Catalogue,
) -> None:
    """A short text that stands in it whole goes before long ones of which more stands in it, and less of them."""
    parts = [_words(f"part{chr(97 + n)}", 84) for n in range(16)]
    short = _words("short", 22)
    whole = Document.of(" ".join([*parts, short]), outlet="whole")
    long = [Document.of(f"{part} {_words(f'own{n}', 20)}", outlet=f"{n}") for n, part in enumerate(parts)]
    copy = Document.of(short, outlet="short")
    _add(catalogue, [whole])
    catalogue.copies.leave([whole.id])
    _add(catalogue, [*long, copy])
    catalogue.copies.arrive([whole.id])
    (report,) = catalogue.copies.reports([copy.id])
    assert report.ids[0] == whole.id


def test_what_leaves_takes_its_runs_and_its_address_along_and_nobody_else_s(catalogue: Catalogue) -> None:
    texts = [_words("same", 40), _words("same", 41), _words("other", 40)]
    one, two, third = (Document.of(text, url=f"https://bay.example/{n}") for n, text in enumerate(texts))
    _add(catalogue, [one, two, third])
    assert len(catalogue.copies.shared_with(one.text).held) == 2
    catalogue.copies.leave([one.id])
    left = catalogue.copies.outlines([one.id, two.id, third.id])
    assert left.keys() == {two.id, third.id}
    assert {*catalogue.copies.shared_with(two.text).held} == {left[two.id][2]}
    assert {*catalogue.copies.shared_with(third.text).held} == {left[third.id][2]}
    assert len(catalogue.copies.reports([two.id, third.id])) == 2


def _rows(settings: Settings) -> dict[str, int]:
    with open_database(settings) as database, database.reading() as connection:
        return {table.name: len(connection.execute(select(table)).fetchall()) for table in (copies, sketches, pages)}


def test_nothing_is_left_in_the_tables_of_what_left(catalogue: Catalogue, settings: Settings) -> None:
    stays = Document.of("Nothing new today in the harbour.", url="https://bay.example/3")
    _add(catalogue, [stays])
    before = _rows(settings)
    assert before == {"copies": 1, "sketches": 4, "pages": 1}
    for text in ("Harbour closed.", _words("w", 40)):
        goes = Document.of(text, url="https://bay.example/4")
        _add(catalogue, [goes])
        assert all(_rows(settings)[name] > rows for name, rows in before.items())
        catalogue.copies.leave([goes.id])
        assert _rows(settings) == before


def test_a_version_that_leaves_takes_no_other_version_of_its_page_along(catalogue: Catalogue) -> None:
    versions = [
        Document.of(
            f"quay harbour ferry {_words(name, 30)}",
            url=f"https://bay.example/quay?{name}",
            canonical_url="https://bay.example/quay",
        )
        for name in ("one", "two", "three")
    ]
    _add(catalogue, versions[:2])
    catalogue.copies.leave([versions[0].id])
    _add(catalogue, versions[2:])
    (report,) = catalogue.copies.reports([versions[2].id])
    assert report.ids == (versions[1].id, versions[2].id)


def test_a_new_version_stands_where_the_first_of_its_page_came(catalogue: Catalogue) -> None:
    text = _words("same", 40)
    before = Document.of(_words("before", 40), url="https://bay.example/0")
    old, copy = Document.of(text, url="https://bay.example/1"), Document.of(f"{text} a", url="https://bay.example/2")
    new = Document.of(f"{text} b", url="https://bay.example/1")
    _add(catalogue, [before, old, copy])
    catalogue.write_pending([new])
    catalogue.supersede([new])
    with catalogue.transaction():
        catalogue.mark_ready(new.id, (_place(new),))
        catalogue.copies.arrive([new.id])
    (report,) = catalogue.copies.reports([copy.id])
    assert report.ids == (new.id, copy.id)


def test_of_a_run_the_first_holders_are_given_and_of_a_run_that_few_have_all(
    catalogue: Catalogue, settings: Settings
) -> None:
    _add(catalogue, [Document.of("Harbour closed.", outlet=f"{n}") for n in range(4)])
    (held,) = runs_of("Harbour closed.").tolist()
    with open_database(settings) as database, database.reading() as connection:
        for most, found in ((1, 1), (3, 3), (4, 4), (5, 4)):
            rows = connection.execute(*holders_of([held, 7], most)).fetchall()
            assert sorted(rows) == [(held, number) for number in range(1, found + 1)]


def test_one_statement_serves_up_to_fifty_runs_and_every_number_of_them_is_compiled_alike() -> None:
    statement, parameters = holders_of([3], 2)
    assert statement is holders_of(range(50), 9)[0]
    assert statement is not holders_of(range(51), 9)[0]
    assert (parameters["run0"], parameters["run49"], parameters["before_last"]) == (3, None, 1)


def test_who_follows_whom_is_asked_as_postgresql_wants_it() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy ships no types for it
    assert "WITH RECURSIVE" in str(FOLLOWERS.compile(dialect=dialect))


@pytest.mark.parametrize(
    ("shared", "size", "is_likely"),
    [
        # Whole texts and all holders are known: three fifths of the shorter.
        (SharedRuns(20, {1: 12}, 1.0), (20, 20), True),
        (SharedRuns(20, {1: 11}, 1.0), (20, 20), False),
        (SharedRuns(20, {2: 12}, 1.0), (20, 20), False),
        # Some holders are not: four standard errors below what is to be expected.
        (SharedRuns(20, {1: 4}, 0.99), (20, 20), True),
        (SharedRuns(20, {1: 3}, 0.99), (20, 20), False),
        (SharedRuns(12, {}, 0.5), (24, 20), True),
        (SharedRuns(20, {}, 1.0), (30, 10), True),
        (SharedRuns(21, {}, 1.0), (30, 10), False),
        # Of a short text all has to be in the other, and hardly more.
        (SharedRuns(5, {1: 5}, 0.9), (40, 32), False),
        (SharedRuns(0, {}, 0.9), (0, 0), True),
    ],
)
def test_who_may_be_a_copy_by_the_runs_that_are_kept(
    shared: SharedRuns, size: tuple[int, int], is_likely: bool
) -> None:
    assert shared.may_be_copy((1, *size)) is is_likely


def test_the_part_of_runs_whose_holders_are_all_known() -> None:
    assert uncut_part(3, runs_of(_words("w", 14))) == 0.75
    assert uncut_part(0, runs_of("")) == 1.0
    assert uncut_part(1, runs_of("one")) == 0.0
    assert (expected_share(5, 1, 1, 1.0), expected_share(5, 0, 0, 1.0)) == (0.6, 0.0)


def test_a_page_is_known_by_its_address_alone(catalogue: Catalogue) -> None:
    def version(name: str, address: str) -> Document:
        page = f"https://bay.example/{address}"
        return Document.of(f"quay harbour ferry {_words(name, 30)}", url=f"{page}?{name}", canonical_url=page)

    one, other, again = version("one", "quay"), version("two", "pier"), version("three", "quay")
    _add(catalogue, [one, other, again])
    assert {report.ids for report in catalogue.copies.reports([one.id, other.id, again.id])} == {
        (one.id, again.id),
        (other.id,),
    }


def test_of_a_run_that_many_share_the_first_32_are_looked_at(catalogue: Catalogue) -> None:
    common = _words("common", 28)
    texts = [f"{common} {_words(f'n{chr(97 + n // 26)}{chr(97 + n % 26)}', 6)}" for n in range(40)]
    documents = [Document.of(text, outlet=f"{n}") for n, text in enumerate(texts)]
    _add(catalogue, documents)
    (report,) = catalogue.copies.reports([documents[39].id])
    assert report.ids[0] == documents[0].id
    assert len(report.ids) == 40
