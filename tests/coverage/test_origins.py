"""Who copied whom. Copies of every kind are one origin; independent reports of one event stay apart."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.coverage.index.address import same_page
from agent.coverage.origins.groups import by_document
from agent.coverage.origins.likeness import compare
from agent.models import Article, Bond, Document, Origin
from tests.support.grouped import group_origins

MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
NOTHING = Article(text="")

AGENCY = (
    "The harbour office said on Monday that the second quay would open again before the end of the week. "
    "Divers had found no damage to the piles under water, the office said, and the cranes had been tested twice. "
    "Eleven ships were still waiting in the roads, among them three with grain and one with spare parts. "
    "The first of them would be called in on Thursday morning, according to the plan that the pilots were shown. "
    "A spokesman said that the cost of the repairs was not yet known and that the insurer had been informed. "
    "The quay was closed in February after a freighter had struck it in fog while turning without a tug."
)
PAPER = (
    "Ships will be able to moor at quay two again this week, our reporter learned from two pilots at the harbour. "
    "They had seen the plan for Thursday, when a freighter with grain is to be the first one alongside. "
    "In the taverns behind the customs house the news was met with relief: dockers had been without shifts for a "
    "month, and eleven vessels lie at anchor within sight of the mole. What the accident of February, when a "
    "freighter missed its turn in the fog, will cost in the end nobody at the office would say on Monday."
)
ORANGES = (
    "Orange prices fell on the wholesale markets this week because the season is coming to its end. Traders said "
    "that they expected the lowest offers next week, when the last lorries from the coast would arrive in town, "
    "and that buyers were turning to strawberries, which came early this year after a mild and rather dry winter."
)


def _document(
    text: str, hours: float | None = 0, *, url: str | None = None, outlet: str | None = None, title: str | None = None
) -> Document:
    moment = MONDAY + timedelta(hours=hours) if hours is not None else None
    return Document.of(text, published_at=moment, url=url, outlet=outlet, title=title)


def _together(origins: list[Origin]) -> set[frozenset[str]]:
    return {frozenset(document.id for document in origin.documents) for origin in origins}


def _reworded(text: str, words: int) -> str:
    parts = text.split()
    for at in random.Random(3).sample(range(len(parts)), words):
        parts[at] = f"other{at}"
    return " ".join(parts)


def test_independent_reports_of_one_event_are_origins_of_their_own() -> None:
    assert len(group_origins(NOTHING, [_document(AGENCY), _document(PAPER), _document(ORANGES)])) == 3


def test_a_copy_however_treated_is_of_the_origin_that_it_copies() -> None:
    copies = [
        _document(AGENCY, 1, outlet="Reprint"),
        _document(_reworded(AGENCY, 10), 2),
        _document(AGENCY[: len(AGENCY) // 2], 3),
        _document(f"{ORANGES} {AGENCY} {ORANGES[:100]}", 4),
        _document(AGENCY.upper().replace(",", " —"), 5),
    ]
    for copy in copies:
        origins = group_origins(NOTHING, [copy, _document(AGENCY), _document(PAPER)])
        assert _together(origins) == {
            frozenset({copy.id, _document(AGENCY).id}),
            frozenset({_document(PAPER).id}),
        }


def _reworded_again(text: str) -> str:
    return " ".join(f"new{i}" if i % 11 == 5 else word for i, word in enumerate(text.split()))


def test_a_copy_of_a_copy_belongs_to_the_first_report() -> None:
    once = _reworded(AGENCY, 10)
    twice = _reworded_again(once)
    assert not compare(AGENCY, twice).is_copy
    assert len(group_origins(NOTHING, [_document(twice, 2), _document(AGENCY, 0), _document(once, 1)])) == 1


def test_the_first_told_document_is_heard_and_one_without_a_date_only_when_there_is_no_other() -> None:
    early, late, undated = _document(AGENCY, 1), _document(AGENCY + " ", 2), _document(AGENCY + "  ", None)
    (origin,) = group_origins(NOTHING, [undated, late, early])
    assert [document.id for document in origin.documents] == [early.id, late.id, undated.id]


def test_of_two_told_at_once_the_richer_one_is_heard() -> None:
    (origin,) = group_origins(NOTHING, [_document(AGENCY[:400]), _document(AGENCY)])
    assert origin.witness.text == AGENCY


def test_a_round_up_does_not_make_one_origin_of_the_reports_that_it_holds() -> None:
    round_up = _document(f"{AGENCY}\n\n{PAPER}\n\n{ORANGES}", 9)
    origins = group_origins(NOTHING, [round_up, _document(AGENCY), _document(PAPER, 1), _document(ORANGES, 2)])
    assert len(origins) == 3
    assert sorted(len(origin.documents) for origin in origins) == [1, 1, 2]


def test_the_two_halves_of_a_report_belong_to_it() -> None:
    half = AGENCY.index("Eleven")
    documents = [_document(AGENCY), _document(AGENCY[:half], 1), _document(AGENCY[half:], 2)]
    assert len(group_origins(NOTHING, documents)) == 1


def test_a_flash_that_two_long_reports_quote_does_not_make_them_one() -> None:
    flash = " The spokesman said: we shall open the quay on Thursday and not one day later, whatever the weather."
    for hours in (-1, 5):
        documents = [_document(flash, hours), _document(AGENCY + flash), _document(PAPER + flash, 1)]
        assert len(group_origins(NOTHING, documents)) >= 2


def test_a_round_up_that_holds_the_article_is_no_witness_for_it_and_drags_nobody_along() -> None:
    round_up = _document(f"{ORANGES} {PAPER} {ORANGES} {AGENCY} {PAPER[:200]}", 5)
    article = Article(text=AGENCY, published_at=MONDAY)
    origins = group_origins(article, [round_up, _document(PAPER, 1), _document(ORANGES, 2)])
    assert [origin.documents for origin in origins if origin.copy_of_article] == [(round_up,)]
    assert len(origins) == 3


def test_what_copies_the_article_is_the_articles_own_origin() -> None:
    article = Article(text=AGENCY, url="https://ledger.example/quay", published_at=MONDAY)
    origins = group_origins(
        article, [_document(_reworded(AGENCY, 8), 5), _document(PAPER), _document(AGENCY[:350], -5)]
    )
    (own,) = (origin for origin in origins if origin.copy_of_article)
    assert own.id == "article"
    assert len(own.documents) == 2
    assert [origin.copy_of_article for origin in origins].count(False) == 1


@pytest.mark.parametrize("damage", ["- \n", "\u00ad", "&shy;", "\u200b"])
def test_what_copies_a_damaged_article_is_its_own_origin_too(damage: str) -> None:
    """Every second word of the article is parted; its copy came sound."""
    mark = "-\n" if damage == "- \n" else damage
    parts = [f"{word[:3]}{mark}{word[3:]}" if word[3:].isalpha() else word for word in AGENCY.split()]
    article = Article(text=" ".join(parts), language="en", published_at=MONDAY)
    (own,) = group_origins(article, [_document(AGENCY, 5)])
    assert own.copy_of_article
    assert own.links[0].changed == ()


def test_a_copy_of_a_copy_of_the_article_is_one_too() -> None:
    once = _reworded(AGENCY, 10)
    twice = _reworded_again(once)
    origins = group_origins(Article(text=AGENCY, published_at=MONDAY), [_document(once, 1), _document(twice, 2)])
    assert [origin.copy_of_article for origin in origins] == [True]


def test_versions_of_one_page_are_one_origin() -> None:
    first = _document(AGENCY, url="https://www.ledger.example/quay/?utm_source=feed")
    second = _document(PAPER, 3, url="https://ledger.example/quay")
    assert len(group_origins(NOTHING, [first, second])) == 1


def test_two_pieces_under_one_headline_are_each_heard() -> None:
    first = _document(AGENCY, outlet="The Ledger", title="News from the harbour")
    second = _document(PAPER, 1, outlet="The Ledger", title="News from the harbour")
    assert len(group_origins(NOTHING, [first, second])) == 2


def test_a_copy_that_is_like_two_reports_does_not_make_them_one() -> None:
    once = _reworded(AGENCY, 10)
    apart = [_document(AGENCY, 0), _document(_reworded_again(once), 1)]
    assert len(group_origins(NOTHING, apart)) == 2
    assert len(group_origins(NOTHING, [*apart, _document(once, 2)])) == 2


def test_a_copy_of_a_report_that_also_copies_the_article_takes_nobody_with_it() -> None:
    article = Article(text=ORANGES, published_at=MONDAY)
    both = _document(f"{PAPER} {ORANGES}", 3)
    origins = group_origins(article, [_document(PAPER, 1), both])
    assert [(origin.copy_of_article, origin.documents) for origin in origins] == [
        (False, (_document(PAPER, 1),)),
        (True, (both,)),
    ]


def test_each_copy_tells_of_what_it_is_a_copy_and_how() -> None:
    copies = [_document(AGENCY + " ", 1), _document(AGENCY[:250], 2), _document(f"{AGENCY} {ORANGES} {PAPER}", 3)]
    (origin,) = group_origins(NOTHING, [_document(AGENCY), *copies])
    assert [(link.document_id, link.of, link.why) for link in origin.links] == [
        (copies[0].id, origin.witness.id, Bond.COPY),
        (copies[1].id, origin.witness.id, Bond.SHORTENED),
        (copies[2].id, origin.witness.id, Bond.LENGTHENED),
    ]


def test_a_copy_that_alters_a_number_or_a_date_is_still_a_copy_and_is_told() -> None:
    first = _document(f"{AGENCY} The office counted 17 lorries at the gate on Friday morning.")
    altered = _document(first.text.replace("17 lorries", "71 lorries").replace("Thursday", "Wednesday"), 1)
    written = _document(first.text.replace("17 lorries", "١٧ lorries"), 2)
    (origin,) = group_origins(NOTHING, [first, altered, written])
    told = {link.document_id: link.changed for link in origin.links}
    assert told == {altered.id: ("Thursday → Wednesday", "17 → 71"), written.id: ()}


def _page(text: str, hours: float, url: str, canonical: str | None = None) -> Document:
    moment = MONDAY + timedelta(hours=hours)
    return Document.of(text, published_at=moment, url=url, canonical_url=canonical)


def test_a_canonical_address_on_the_same_host_is_the_same_page() -> None:
    first = _page(AGENCY, 0, "https://ledger.example/quay")
    mobile = _page(PAPER, 1, "https://ledger.example/m/17?view=amp", "https://ledger.example/quay")
    (origin,) = group_origins(NOTHING, [first, mobile])
    assert [link.why for link in origin.links] == [Bond.SAME_PAGE]


def test_a_page_that_names_another_hosts_as_its_original_is_believed_only_when_the_texts_overlap() -> None:
    first = _page(AGENCY, 0, "https://ledger.example/quay")
    false = _page(PAPER, 1, "https://liar.example/x", "https://ledger.example/quay")
    true = _page(_reworded(AGENCY, 18), 1, "https://echo.example/x", "https://ledger.example/quay")
    assert not compare(AGENCY, true.text).is_copy
    assert len(group_origins(NOTHING, [first, false])) == 2
    assert len(group_origins(NOTHING, [first, true])) == 1


def test_a_page_cannot_take_another_outlets_report_for_its_own_by_coming_first() -> None:
    quoted = AGENCY.split(". ")
    forged = ". ".join(quoted[:2]) + ". " + ORANGES[:200]
    first = _page(forged, 0, "https://forger.example/1", "https://paper.example/a")
    report = _page(AGENCY, 5, "https://paper.example/a")
    assert 0.3 <= compare(forged, AGENCY).shared < 0.6
    assert len(group_origins(NOTHING, [first, report])) == 2
    # Who names its original itself is believed.
    late = _page(forged, 9, "https://forger.example/1", "https://paper.example/a")
    assert len(group_origins(NOTHING, [report, late])) == 1


def test_a_front_page_named_as_the_canonical_address_makes_no_page_of_a_whole_site() -> None:
    pages = [_page(text, 0, f"https://a.example/{n}", "https://a.example/") for n, text in enumerate([AGENCY, PAPER])]
    assert len(group_origins(NOTHING, pages)) == 2


def test_tracking_parameters_and_case_of_the_host_do_not_make_another_page() -> None:
    assert same_page("https://Ledger.example/a?id=1&utm_campaign=x", "http://ledger.example/a/?id=1")
    assert not same_page("https://ledger.example/a?id=1", "https://ledger.example/a?id=2")
    assert not same_page(None, None)


def test_text_without_spaces_is_compared_too() -> None:
    text = "総統府は月曜日に港の第二岸壁を今週末までに再開すると発表し、潜水士は損傷を見つけなかったと述べた。"
    other = "果物の卸売価格は季節の終わりに近づいたため下落し、業者は来週さらに安くなるとの見通しを示している。"
    assert compare(text, f"速報 {text}").is_copy
    assert not compare(text, other).is_copy


REPORTS = [AGENCY, PAPER, ORANGES, _reworded(AGENCY, 10), AGENCY[:300], f"{PAPER} {ORANGES}"]


@given(st.permutations([_document(text, hour) for hour, text in enumerate(REPORTS)]))
def test_the_order_in_which_documents_come_does_not_matter(documents: list[Document]) -> None:
    in_order = group_origins(NOTHING, sorted(documents, key=lambda d: d.published_at or MONDAY))
    assert group_origins(NOTHING, documents) == in_order


@given(
    st.lists(st.tuples(st.integers(0, len(REPORTS) - 1), st.integers(0, 200)), max_size=12),
)
def test_copies_of_what_is_there_change_neither_the_number_of_origins_nor_who_stands_apart(
    copies: list[tuple[int, int]],
) -> None:
    documents = [_document(text, hour) for hour, text in enumerate(REPORTS)]
    before = group_origins(NOTHING, documents)
    more = [_document(REPORTS[which], 10 + hours, outlet=f"Outlet {n}") for n, (which, hours) in enumerate(copies)]
    after = group_origins(NOTHING, [*documents, *more])
    assert [origin.id for origin in after] == [origin.id for origin in before]
    assert [origin.witness for origin in after] == [origin.witness for origin in before]
    found = by_document(after)
    assert all(found[d.id].id == by_document(before)[d.id].id for d in documents)


def test_a_thousand_copies_take_no_time_to_speak_of() -> None:
    copies = [_document(AGENCY, hour, outlet=f"Outlet {hour}") for hour in range(1000)]
    (origin,) = group_origins(NOTHING, copies)
    assert len(origin.documents) == 1000
