"""Copies in the store: found whatever was done to them, kept, and looked at again when documents leave."""

from collections.abc import Iterator

import pytest

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.index.entries import Located
from agent.coverage.origins.grouping import Grouping
from agent.coverage.origins.likeness import compare, runs_of
from agent.coverage.origins.sketches import SharedRuns, sketch
from agent.models import Article, Document
from tests.coverage.stories import stories


@pytest.fixture
def catalogue(places: Settings) -> Iterator[Catalogue]:
    with open_catalogue(places) as catalogue:
        yield catalogue


def _add(catalogue: Catalogue, *documents: Document) -> None:
    catalogue.write_pending(documents)
    catalogue.supersede(documents)
    _index(catalogue)


def _index(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        pending = catalogue.pending(1000)
        for document in pending:
            catalogue.mark_ready(document.id, ())
        catalogue.copies.arrive([document.id for document in pending])


def _groups(catalogue: Catalogue, *documents: Document) -> set[tuple[str, ...]]:
    """The ids of each report's documents, its witness first."""
    origins = Grouping(catalogue, Article(text="")).of([document.id for document in documents])
    return {tuple(document.id for document in origin.documents) for origin in origins.values()}


def _story(number: int = 0, **known: str) -> Document:
    return Document.of(stories(number + 1)[number], **known)  # type: ignore[arg-type]  # only texts are given


def _part(document: Document, start: float, end: float, outlet: str = "Part") -> Document:
    words = document.text.split()
    return Document.of(" ".join(words[int(start * len(words)) : int(end * len(words))]), outlet=outlet)


def test_a_document_of_its_own_is_its_own_report(catalogue: Catalogue) -> None:
    one, other = _story(0), _story(1)
    _add(catalogue, one, other)
    assert _groups(catalogue, one, other) == {(one.id,), (other.id,)}


def test_parts_and_longer_versions_of_every_report_are_found_among_hundreds(catalogue: Catalogue) -> None:
    """30 % of a report from its start, its middle and its end; and the report in the midst of three times as much."""
    texts = stories(320)
    reports = [Document.of(text, outlet=f"Outlet {n}") for n, text in enumerate(texts[:40])]
    _add(catalogue, *(Document.of(text, outlet="Noise") for text in texts[80:160]))
    _add(catalogue, *reports)
    missed = []
    for n, report in enumerate(reports):
        before, after = (" ".join(texts[k].split()[: len(report.text.split())]) for k in (160 + n, 240 + n))
        copies = [
            _part(report, 0, 0.3, f"First {n}"),
            _part(report, 0.35, 0.65, f"Middle {n}"),
            _part(report, 0.7, 1, f"Last {n}"),
            Document.of(f"{before} {report.text} {after}", outlet=f"Long {n}"),
        ]
        _add(catalogue, *copies)
        origins = Grouping(catalogue, Article(text="")).of([copy.id for copy in copies])
        missed += [copy.outlet for copy in copies if origins[copy.id].witness.id != report.id]
    assert missed == []


def test_a_copy_joins_what_stands_there_and_changes_nothing_of_it(catalogue: Catalogue) -> None:
    first = _story(0, outlet="First")
    _add(catalogue, first)
    early = Document.of(first.text, outlet="Second", published_at=None, title="Another headline")
    _add(catalogue, early)
    assert _groups(catalogue, first) == {(first.id, early.id)}


def test_what_comes_together_stands_in_the_order_in_which_it_is_given(catalogue: Catalogue) -> None:
    first, second = _story(0, outlet="A"), _story(0, outlet="B")
    _add(catalogue, second, first)
    assert _groups(catalogue, first) == {(second.id, first.id)}


def test_a_document_that_leaves_hands_its_report_to_the_next(catalogue: Catalogue) -> None:
    one, two, three = (_story(0, outlet=name) for name in "ABC")
    _add(catalogue, one, two, three)
    catalogue.withdraw([one.id], "an error")
    assert _groups(catalogue, one, two) == {(two.id, three.id)}


def test_parts_that_only_the_whole_held_together_part_when_it_leaves(catalogue: Catalogue) -> None:
    whole = _story(0)
    halves = _part(whole, 0, 0.5), _part(whole, 0.5, 1)
    _add(catalogue, whole, *halves)
    assert len(_groups(catalogue, whole)) == 1
    catalogue.remove([whole.id])
    assert _groups(catalogue, *halves) == {(halves[0].id,), (halves[1].id,)}


def test_a_withdrawn_document_that_is_restored_has_its_old_place(catalogue: Catalogue) -> None:
    whole = _story(0)
    halves = _part(whole, 0, 0.5), _part(whole, 0.5, 1)
    _add(catalogue, whole, *halves)
    before = _groups(catalogue, whole, *halves)
    catalogue.withdraw([whole.id], "by mistake")
    catalogue.restore([whole.id])
    _index(catalogue)
    assert _groups(catalogue, whole, *halves) == before


def test_a_new_version_of_a_page_keeps_the_place_of_the_old_one(catalogue: Catalogue) -> None:
    old = _story(0, url="https://first.example/a", outlet="First")
    copy = _story(0, url="https://second.example/b", outlet="Second")
    _add(catalogue, old, copy)
    new = Document.of(old.text + " More is known now.", url=old.url, outlet="First")
    _add(catalogue, new)
    assert _groups(catalogue, copy) == {(new.id, copy.id)}


def test_a_page_that_goes_back_to_an_earlier_text_has_its_old_place(catalogue: Catalogue) -> None:
    old = _story(0, url="https://first.example/a", outlet="First")
    copy = _story(0, url="https://second.example/b", outlet="Second")
    _add(catalogue, old, copy)
    _add(catalogue, Document.of(_story(1).text, url=old.url, outlet="First"))
    assert _groups(catalogue, copy) == {(copy.id,)}
    with catalogue.transaction():
        catalogue.revive([old.id])
        catalogue.supersede([old])
    _index(catalogue)
    assert _groups(catalogue, copy) == {(old.id, copy.id)}


def test_a_page_whose_text_is_now_another_leaves_its_copies_behind(catalogue: Catalogue) -> None:
    old = _story(0, url="https://first.example/a")
    copy = _story(0, url="https://second.example/b")
    _add(catalogue, old, copy)
    new = Document.of(_story(1).text, url=old.url)
    _add(catalogue, new)
    assert _groups(catalogue, copy, new) == {(copy.id,), (new.id,)}


def test_what_a_copy_changed_is_kept_and_told_against_the_witness_of_now(catalogue: Catalogue) -> None:
    first = Document.of(f"{_story(0).text} The office counted 17 lorries at the gate that day.", outlet="A")
    second = Document.of(first.text.replace("17", "71"), outlet="B")
    third = Document.of(first.text.replace("17", "18"), outlet="C")
    _add(catalogue, first, second, third)
    assert _changed(catalogue, third) == {second.id: ("17 → 71",), third.id: ("17 → 18",)}
    catalogue.withdraw([first.id], "an error")
    assert _changed(catalogue, third) == {third.id: ("71 → 18",)}


def _changed(catalogue: Catalogue, document: Document) -> dict[str, tuple[str, ...]]:
    origin = Grouping(catalogue, Article(text="")).of([document.id])[document.id]
    return {link.document_id: link.changed for link in origin.links}


def test_nothing_is_left_of_documents_that_were_removed(catalogue: Catalogue) -> None:
    documents = [_story(n, url=f"https://a.example/{n}") for n in range(3)]
    _add(catalogue, *documents)
    catalogue.remove([document.id for document in documents])
    for table in ("copies", "sketches", "pages"):
        assert catalogue.database.number(f"SELECT count(*) FROM {table}") == 0


def test_a_report_copied_a_hundred_times_tells_of_some_and_counts_all(catalogue: Catalogue) -> None:
    copies = [_story(0, outlet=f"Outlet {n}") for n in range(100)]
    _add(catalogue, *copies)
    origin = Grouping(catalogue, Article(text="")).of([copies[99].id])[copies[99].id]
    assert origin.articles == 100
    assert len(origin.documents) == 61
    assert copies[99] in origin.documents


def test_the_article_itself_is_in_no_origin_and_copies_of_it_are_its_own(catalogue: Catalogue) -> None:
    itself = _story(0, url="https://own.example/a", outlet="Own")
    copy, other = _story(0, outlet="Echo"), _story(1, outlet="Other")
    _add(catalogue, itself, copy, other)
    article = Article(text=itself.text, url=itself.url, outlet="Own")
    origins = Grouping(catalogue, article).of([itself.id, copy.id, other.id])
    assert {i: origin.copy_of_article for i, origin in origins.items()} == {copy.id: True, other.id: False}
    assert [document.id for document in origins[copy.id].documents] == [copy.id]


def test_what_is_asked_for_later_joins_what_is_known(catalogue: Catalogue) -> None:
    first, second, other = _story(0, outlet="A"), _story(0, outlet="B"), _story(1)
    _add(catalogue, first, second, other)
    grouping = Grouping(catalogue, Article(text=_story(2).text))
    assert set(grouping.of([first.id])) == {first.id}
    found = grouping.of([second.id, other.id])
    assert {i: [one.id for one in origin.documents] for i, origin in found.items()} == {
        second.id: [first.id, second.id], other.id: [other.id]
    }  # fmt: skip


def test_a_document_that_is_not_there_has_no_origin(catalogue: Catalogue) -> None:
    one = _story(0)
    _add(catalogue, one)
    assert set(Grouping(catalogue, Article(text=_story(1).text)).of([one.id, "d0"])) == {one.id}


def test_what_holds_the_article_is_of_the_article_where_it_is_no_copy_of_what_is_stored(catalogue: Catalogue) -> None:
    text = " ".join(_story(0).text.split()[:30])
    itself = Document.of(text, url="https://own.example/a", outlet="Own")
    long = Document.of(f"{_story(1).text} {text} {_story(2).text}", outlet="Long")
    _add(catalogue, itself, long)
    assert len(_groups(catalogue, itself, long)) == 2
    origins = Grouping(catalogue, Article(text=text, url=itself.url, outlet="Own")).of([itself.id, long.id])
    assert {i: origin.copy_of_article for i, origin in origins.items()} == {long.id: True}


@pytest.mark.parametrize(("number", "is_found"), [(31, True), (32, False)])
def test_of_the_versions_of_a_page_the_first_32_are_looked_at(
    catalogue: Catalogue, number: int, is_found: bool
) -> None:
    def version(name: str, text: str) -> Document:
        return Document.of(text, url=f"https://bay.example/{name}", canonical_url="https://bay.example/quay")

    texts = [" ".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)}{k}" for k in range(60)) for n in range(33)]
    versions = [version(f"{n}", text) for n, text in enumerate(texts)]
    for one in versions:
        _add(catalogue, one)
    shared = " ".join(texts[number].split()[:6])
    last = version("last", f"{shared} {' '.join(f'zz{k}' for k in range(60))}")
    _add(catalogue, last)
    origin = Grouping(catalogue, Article(text="")).of([last.id])[last.id]
    (link,) = (link for link in origin.links if link.document_id == last.id)
    assert link.of == versions[number if is_found else 0].id


@pytest.mark.parametrize(("runs", "uncut"), [(3, 1.0), (20, 1.0), (79, 0.6), (400, 0.0)])
def test_who_may_hold_a_text_without_a_run_in_common_is_found_in_both_databases(
    catalogue: Catalogue, runs: int, uncut: float
) -> None:
    words = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(300)]
    documents = [
        Document.of(" ".join(f"{one}{size}" for one in words[: size + 2])) for size in (1, 5, 7, 60, 102, 250)
    ]
    catalogue.write_pending(documents)
    with catalogue.transaction():
        for one in documents:
            catalogue.mark_ready(one.id, [Located(one.id, 0, 0, len(one.text), one.id)])
        catalogue.copies.arrive([one.id for one in documents])
    shared = SharedRuns(runs, {}, uncut)
    outlines = catalogue.copies.outlines(one.id for one in documents)
    found = catalogue.copies.places_of_own(shared, 100)
    assert found is not None
    assert {row[0] for row in found} == {name for name, row in outlines.items() if shared.may_be_copy(row[2:])}


def test_a_sketch_is_bounded_and_small_texts_are_kept_whole() -> None:
    assert len(sketch(runs_of(" ".join(map(str, range(20_000)))))) == 256
    small = runs_of(" ".join(map(str, range(20))))
    assert sketch(small) == small.tolist()


def test_stories_are_told_apart() -> None:
    texts = stories(40)
    assert not any(compare(a, b).is_copy for n, a in enumerate(texts) for b in texts[:n])
