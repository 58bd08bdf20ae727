"""What the tables of copies answer: whose passages, of which days, how many, and nothing of what has left."""

from collections.abc import Iterator, Sequence

import pytest

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.index.entries import Located
from agent.coverage.origins.sketches import SharedRuns
from agent.models import Bond, Document
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
    _add(catalogue, [_of_runs(size) for size in (8, 10, 33, 34, 35, 36)])
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
    catalogue.copies.leave([chain[0].id])
    (report,) = catalogue.copies.reports([chain[-1].id])
    assert report.ids == tuple(one.id for one in chain[1:])


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
