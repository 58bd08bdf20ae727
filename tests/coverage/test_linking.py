"""Of which earlier document a document is a copy, and how the documents of a report are counted."""

from datetime import UTC, datetime

import pytest

from agent.coverage.origins.groups import by_date, copies_of_article, origins_of
from agent.coverage.origins.likeness import bond_of, compare, runs_of
from agent.coverage.origins.linking import Pages, heads, link_to
from agent.models import ARTICLE, Article, Bond, CopyLink, Document

WORDS = [f"word{n}" for n in range(200)]


def _text(first: int, last: int) -> str:
    return " ".join(WORDS[first:last])


def _page(text: str, url: str | None = None, canonical: str | None = None) -> Document:
    return Document.of(text, url=url, canonical_url=canonical)


def _link(copy: Document, of: str, why: Bond = Bond.COPY) -> CopyLink:
    return CopyLink(document_id=copy.id, of=of, why=why, shared=1.0)


def test_a_page_has_its_own_address_and_the_one_that_it_claims() -> None:
    claiming = Pages.of(_page("x", "https://echo.example/1", "https://ledger.example/quay"))
    assert (set(claiming.own), claiming.claimed) == ({"echo.example/1?"}, "ledger.example/quay?")
    assert claiming.all == {"echo.example/1?", "ledger.example/quay?"}
    plain = Pages.of(_page("x", "https://echo.example/1"))
    assert (set(plain.all), plain.claimed) == ({"echo.example/1?"}, None)
    both = Pages.of(_page("x", "https://echo.example/1", "https://www.echo.example/2"))
    assert (set(both.own), both.claimed) == ({"echo.example/1?", "echo.example/2?"}, None)
    assert Pages.of(_page("x")).all == frozenset()


def test_only_the_claimed_page_itself_or_what_it_claims_too_is_the_original() -> None:
    claiming = Pages(frozenset({"echo/1"}), "ledger/quay")
    assert claiming.claims(Pages(frozenset({"ledger/quay"})))
    assert claiming.claims(Pages(frozenset({"mirror/1"}), "ledger/quay"))
    assert not claiming.claims(Pages(frozenset({"mirror/1"})))
    assert not claiming.claims(Pages(frozenset({"mirror/1"}), "ledger/other"))
    assert not Pages(frozenset({"ledger/quay"})).claims(claiming)


def test_a_claimed_original_is_believed_from_three_tenths_of_the_text_on() -> None:
    first = _page(_text(0, 12), "https://ledger.example/quay")
    shared = _page(f"{_text(0, 5)} {_text(100, 107)}", "https://echo.example/1", "https://ledger.example/quay")
    less = _page(f"{_text(0, 4)} {_text(100, 108)}", "https://echo.example/1", "https://ledger.example/quay")
    assert (compare(first.text, shared.text).shared, compare(first.text, less.text).shared) == (0.3, 0.2)
    link = link_to(shared, [first])
    assert link is not None
    assert (link.of, link.why, link.shared) == (first.id, Bond.SAME_PAGE, 0.3)
    assert link_to(less, [first]) is None


def test_the_same_page_comes_before_the_likest_text_and_of_texts_the_likest() -> None:
    copy = _page(_text(0, 60), "https://ledger.example/quay")
    page = _page(_text(100, 160), "https://ledger.example/quay")
    near, nearer = _page(_text(0, 50)), _page(_text(0, 55))
    for earlier in ([page, near, nearer], [nearer, near, page]):
        link = link_to(copy, earlier)
        assert link is not None
        assert (link.of, link.why, link.shared) == (page.id, Bond.SAME_PAGE, 0.0)
    for earlier in ([near, nearer], [nearer, near]):
        link = link_to(copy, earlier)
        assert link is not None
        assert (link.of, link.why) == (nearer.id, Bond.COPY)


def test_what_is_shared_is_told_to_three_places() -> None:
    link = link_to(_page(f"{_text(0, 15)} {_text(100, 107)}"), [_page(_text(0, 20))])
    assert link is not None
    assert (link.shared, link.why) == (0.722, Bond.LENGTHENED)


def test_the_first_document_of_a_report_is_found_over_copies_of_copies() -> None:
    first, second, third = (_page(str(n)) for n in range(3))
    links = {second.id: _link(second, first.id), third.id: _link(third, second.id)}
    assert heads([third.id, first.id], links) == {third.id: first.id, first.id: first.id}


@pytest.mark.parametrize(
    ("later", "earlier", "bond"),
    [
        ((0, 40), (0, 40), Bond.COPY),
        ((0, 20), (0, 60), Bond.SHORTENED),
        ((0, 60), (0, 20), Bond.LENGTHENED),
        ((0, 120), (0, 20), None),
        ((0, 20), (0, 120), Bond.SHORTENED),
        ((0, 40), (100, 140), None),
        # Short texts are copies only as wholes.
        ((0, 8), (0, 40), None),
        ((0, 14), (0, 40), Bond.SHORTENED),
        ((0, 13), (0, 40), None),
        ((0, 10), (0, 9), Bond.COPY),
        ((0, 8), (0, 12), Bond.COPY),
        # At the very bounds.
        ((0, 24), (0, 42), Bond.COPY),
        ((0, 62), (0, 14), Bond.LENGTHENED),
    ],
)
def test_what_a_text_is_of_another(later: tuple[int, int], earlier: tuple[int, int], bond: Bond | None) -> None:
    one, other = _text(*later), _text(*earlier)
    assert bond_of(runs_of(one), runs_of(other), compare(one, other)) is bond


def test_likeness_is_of_the_shorter_text_and_of_both_together() -> None:
    alike = compare(_text(0, 22), _text(10, 52))
    assert (alike.shared, alike.whole, alike.short) == (0.5, 0.2, False)
    assert compare("", _text(0, 9)).shared == compare("", "").whole == 0.0
    assert compare("one two", "one two").is_copy
    assert compare(_text(0, 14), _text(0, 14)).short is False
    assert compare(_text(0, 13), _text(0, 40)).short is True


def test_a_document_that_holds_the_article_is_its_copy_however_much_it_holds_beside() -> None:
    article = Article(text=_text(0, 22))
    same, part, more, much = (_page(_text(*ends)) for ends in ((0, 21), (0, 14), (0, 50), (0, 180)))
    apart = _page(_text(100, 140))
    found = copies_of_article(article, [same, part, more, much, apart])
    assert {key: (link.of, link.why, link.shared) for key, link in found.items()} == {
        same.id: (ARTICLE, Bond.COPY, 1.0),
        part.id: (ARTICLE, Bond.COPY, 1.0),
        more.id: (ARTICLE, Bond.LENGTHENED, 1.0),
        much.id: (ARTICLE, Bond.LENGTHENED, 1.0),
    }
    reworded = _page(f"{_text(0, 16)} {_text(100, 107)}")
    assert copies_of_article(article, [reworded])[reworded.id].shared == 0.7
    shorter = _page(f"{_text(0, 15)} {_text(100, 107)}")
    assert copies_of_article(Article(text=_text(0, 20)), [shorter])[shorter.id].shared == 0.722


def test_an_origin_is_named_after_its_witness_and_counts_the_copies_that_are_not_here() -> None:
    first, copy, other = _page("one"), _page("two"), _page("three")
    links = {copy.id: _link(copy, first.id)}
    report, alone = origins_of([first, copy, other], links, {}, {first.id: 7})
    assert (report.id, report.documents, report.more) == (f"o{first.id[1:13]}", (first, copy), 7)
    assert (alone.id, alone.documents, alone.more, alone.links) == (f"o{other.id[1:13]}", (other,), 0, ())
    assert report.links == (links[copy.id],)


def test_the_article_counts_only_the_copies_of_reports_that_are_its_own() -> None:
    first, copy = _page("one"), _page("two")
    links, more = {copy.id: _link(copy, first.id)}, {first.id: 5}
    (own,) = origins_of([first, copy], links, {first.id: _link(first, ARTICLE)}, more)
    assert (own.id, own.copy_of_article, own.documents, own.more) == (ARTICLE, True, (first, copy), 5)
    report, left = origins_of([first, copy], links, {copy.id: _link(copy, ARTICLE)}, more)
    assert (report.copy_of_article, report.documents, report.more) == (False, (first,), 5)
    assert (left.copy_of_article, left.documents, left.more) == (True, (copy,), 0)


def test_the_article_itself_is_in_no_origin_and_copies_of_it_are_its_own() -> None:
    itself, copy = _page("one"), _page("two")
    (own,) = origins_of([itself, copy], {copy.id: _link(copy, itself.id)}, {}, {}, {itself.id})
    assert (own.id, own.documents) == (ARTICLE, (copy,))


def test_what_has_no_date_was_told_last() -> None:
    moment = datetime(1969, 12, 31, 23, 59, tzinfo=UTC)
    assert by_date(Document.of("x")) == (True, 0.0)
    assert by_date(Document.of("x", published_at=moment)) == (False, -60.0)


@pytest.mark.parametrize(("same", "bond"), [(14, Bond.SHORTENED), (13, None)])
def test_of_two_of_one_length_the_later_is_a_part_of_the_earlier(same: int, bond: Bond | None) -> None:
    one, other = _text(0, 22), f"{_text(0, same)} {_text(100, 122 - same)}"
    assert bond_of(runs_of(other), runs_of(one), compare(other, one)) is bond


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("one two three", 6_927_744_338_931_643_663),
        ("قال وزير الدفاع", 5_822_763_017_697_694_607),
        ("港の岸", 2_633_878_021_032_835_246),
        ("quay", 1_585_670_343_791_755_866),
    ],
)
def test_runs_are_known_by_the_numbers_that_stores_hold_already(text: str, run: int) -> None:
    assert runs_of(text).tolist() == [run]


def test_no_more_than_so_many_characters_of_a_text_are_compared() -> None:
    before = "ab " * 33_333
    cut = [runs_of(text).tolist() for text in (f"{before}cd", f"{before}c", before)]
    assert cut[0] == cut[1] != cut[2]
