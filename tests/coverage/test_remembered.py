"""What a search remembers of a store is what the store holds: whatever came, left, or was written by another."""

from collections.abc import Iterator, Sequence

import pytest

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.index.entries import Located
from agent.coverage.search.remembered import RememberedCatalogue
from agent.models import Document

TEXT = " ".join(f"word{chr(97 + n)}" for n in range(24))


@pytest.fixture
def catalogue(settings: Settings) -> Iterator[Catalogue]:
    with open_catalogue(settings) as catalogue:
        yield catalogue


def _copy(number: int) -> Document:
    return Document.of(f"{TEXT} {number}", outlet=f"Outlet {number}")


def _index(catalogue: Catalogue, documents: Sequence[Document]) -> None:
    with catalogue.transaction():
        for one in documents:
            place = Located(one.id, 0, 0, len(one.text), f"key of {one.outlet}")
            assert catalogue.mark_ready(one.id, (place,))
        catalogue.copies.arrive([one.id for one in documents])


def _add(catalogue: Catalogue, documents: Sequence[Document]) -> None:
    catalogue.write_pending(documents)
    _index(catalogue, documents)


def _told(catalogue: Catalogue, asked: Sequence[Document]) -> object:
    ids = [one.id for one in asked]
    return catalogue.get(ids), catalogue.copies.reports(ids), catalogue.copies.outlines(ids)


def _agrees(catalogue: Catalogue, asked: Sequence[Document]) -> bool:
    """Twice, because the second time nothing needs to be read; and of a part."""
    remembering = [RememberedCatalogue(catalogue) for _ in range(2)]
    return all(_told(one, some) == _told(catalogue, some) for one in remembering for some in (asked, asked[-1:]))


def test_what_came_left_and_came_back_is_told_as_it_stands(catalogue: Catalogue) -> None:
    first, second, third = (_copy(number) for number in range(3))
    _add(catalogue, [first, second])
    assert _agrees(catalogue, [first, second, third])
    _add(catalogue, [third])
    assert _agrees(catalogue, [first, second, third])
    catalogue.withdraw([first.id], "taken back")
    assert _agrees(catalogue, [first, second, third])
    catalogue.restore([first.id])
    _index(catalogue, [first])
    assert _agrees(catalogue, [first, second, third])
    catalogue.remove([second.id])
    assert _agrees(catalogue, [first, second, third])


def test_what_another_process_wrote_is_seen(catalogue: Catalogue, settings: Settings) -> None:
    first, second = _copy(0), _copy(1)
    _add(catalogue, [first, second])
    remembering = RememberedCatalogue(catalogue)
    assert len(remembering.copies.reports([second.id])[0].ids) == 2
    with open_catalogue(settings) as other:
        other.remove([first.id])
    assert remembering.copies.reports([second.id])[0].ids == (second.id,)
    assert remembering.get([first.id]) == {}


def test_of_a_report_that_was_printed_often_each_search_is_told_what_it_asked_for(catalogue: Catalogue) -> None:
    often = [_copy(number) for number in range(64)]
    _add(catalogue, often)
    asked = often[-1:]
    remembering = RememberedCatalogue(catalogue)
    assert _told(remembering, often[-3:]) == _told(catalogue, often[-3:])
    assert _told(remembering, asked) == _told(catalogue, asked)
    assert often[-2].id not in remembering.copies.reports([asked[0].id])[0].ids
