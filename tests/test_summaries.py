"""Origins as a report shows them: whom each goes back to, how many articles repeat it, and why each does."""

from collections.abc import Sequence

import pytest

from agent.coverage.origins.roots import Root
from agent.models import (
    ARTICLE,
    Article,
    Bond,
    Claim,
    CopyLink,
    Dependence,
    Document,
    Evidence,
    Origin,
    OriginShare,
    Passage,
    Span,
    Stance,
    When,
)
from agent.verify.summaries import OriginsKnown, origins_known

_TEXT = "The quay opens on Monday. Fishermen wait for it."
_OWN = Article(text=_TEXT, outlet="Own Gazette", title="Quay opens", language="en")
_CLAIM = Claim(
    id="c1", text="The quay opens on Monday", quote="The quay opens on Monday", spans=(Span(start=0, end=24),)
)
_QUOTE = "The quay opens on Monday"


def _document(outlet: str, told: str = "The quay opens on Monday.") -> Document:
    return Document.of(f"{outlet} was at the pier. {told}", outlet=outlet, language="en")


def _origin(*documents: Document, links: Sequence[CopyLink] = (), more: int = 0, own: bool = False) -> Origin:
    return Origin(id=f"o-{documents[0].id}", documents=documents, links=tuple(links), more=more, copy_of_article=own)


def _evidence(known: OriginsKnown, document: Document, **fields: object) -> Evidence:
    """Support that is independent, unless something else is said."""
    one = next(one for one in known.origins if document in one.documents)
    usual = {
        "stance": Stance.SUPPORTS,
        "quote": _QUOTE,
        "from": "coverage",
        "passage": Passage.of(document, Span(start=0, end=len(document.text))),
        "origin": known.roots[one.id],
        "independent": True,
        "same_speaker": False,
        "when": When.UNKNOWN,
    }
    return Evidence.model_validate(usual | fields)


def _own(**fields: object) -> Evidence:
    usual = {
        "stance": Stance.CONTRADICTS,
        "quote": _QUOTE,
        "from": "article",
        "passage": Passage.of(_OWN, Span(start=0, end=len(_TEXT))),
        "origin": ARTICLE,
        "independent": False,
        "same_speaker": False,
        "when": When.UNKNOWN,
    }
    return Evidence.model_validate(usual | fields)


_COURIER, _MAIL, _SHEET = _document("Bay Courier"), _document("Pier Mail"), _document("Sheet of Monday")


def test_shares_count_all_copies_and_the_largest_stands_first() -> None:
    copies = [_document("Bay Courier", f"The quay opens on Monday, as day {n} said.") for n in range(2)]
    known = origins_known(_OWN, [_origin(_MAIL), _origin(_COURIER, *copies, more=4), _origin(_SHEET)])
    evidence = [_evidence(known, one) for one in (_SHEET, _MAIL, _COURIER)]
    assert known.shares([*evidence, _own()]) == [
        OriginShare(origin="outlet:bay courier", articles=7),
        OriginShare(origin="outlet:pier mail", articles=1),
        OriginShare(origin="outlet:sheet of monday", articles=1),
    ]
    assert known.shares([_own()]) == []


def test_two_pieces_of_evidence_of_one_outlet_are_added_up() -> None:
    other = _document("Bay Courier", "The quay opens on Monday, the harbour master says.")
    known = origins_known(_OWN, [_origin(_COURIER, more=2), _origin(other)])
    (share,) = known.shares([_evidence(known, _COURIER), _evidence(known, other)])
    assert (share.origin, share.articles) == ("outlet:bay courier", 4)


def test_what_is_no_witness_counts_for_itself_alone() -> None:
    later = _document("Bay Courier", "The quay opens on Monday, later.")
    known = origins_known(_OWN, [_origin(_COURIER, later, more=2)])
    assert [one.articles for one in known.shares([_evidence(known, later)])] == [1]


def test_a_copy_of_the_article_counts_for_itself_alone() -> None:
    known = origins_known(_OWN, [_origin(_COURIER, more=3, own=True)])
    assert known.roots == {f"o-{_COURIER.id}": ARTICLE}
    assert [one.articles for one in known.shares([_evidence(known, _COURIER)])] == [1]
    assert known.copies_of_article == [_COURIER]


def test_only_copies_of_the_article_are_told_as_such() -> None:
    assert origins_known(_OWN, [_origin(_COURIER)]).copies_of_article == []


def test_why_each_report_of_an_origin_goes_back_to_it() -> None:
    linked = _document("Pier Mail", "The quay opens on Tuesday.").model_copy(
        update={"title": "Quay", "url": "https://mail.example/quay"}
    )
    unlinked = _document("Evening Sheet", "The quay opens on Monday, it says.")
    link = CopyLink(
        document_id=linked.id, of=_COURIER.id, why=Bond.SAME_PAGE, shared=0.8, changed=("Monday → Tuesday",)
    )
    second = _document("Bay Courier", "The quay opens on Monday, and that is that.")
    known = origins_known(_OWN, [_origin(_COURIER, linked, unlinked, links=[link]), _origin(second)])
    (card,) = known.summaries([_evidence(known, _COURIER)])
    assert (card.id, card.name, card.independent, card.articles) == ("outlet:bay courier", "Bay Courier", True, 4)
    assert [(one.document_id, one.why, one.of, one.changed) for one in card.tellings] == [
        (_COURIER.id, Bond.FIRST, None, ()),
        (linked.id, Bond.SAME_PAGE, _COURIER.id, ("Monday → Tuesday",)),
        (unlinked.id, Bond.COPY, _COURIER.id, ()),
        (second.id, Bond.SAME_OUTLET, None, ()),
    ]
    told = card.tellings[1]
    assert (told.outlet, told.title, told.url, told.language) == (
        "Pier Mail",
        "Quay",
        "https://mail.example/quay",
        "en",
    )


def test_outlets_of_one_house_and_reports_of_an_agency() -> None:
    guardian, observer = _document("The Guardian"), _document("The Observer")
    known = origins_known(_OWN, [_origin(guardian), _origin(observer)])
    (card,) = known.summaries([_evidence(known, guardian)])
    assert [(one.outlet, one.why) for one in card.tellings] == [
        ("The Guardian", Bond.FIRST),
        ("The Observer", Bond.SAME_FAMILY),
    ]


@pytest.mark.parametrize("own", [False, True])
def test_who_credits_an_agency_is_told_so_unless_it_is_the_article(own: bool) -> None:
    wire = Document.of(f"PIER (Reuters) - {_QUOTE}. Fishermen wait.", outlet="Bay Courier", language="en")
    known = origins_known(_OWN, [_origin(wire, own=own)])
    (card,) = known.summaries([_evidence(known, wire)])
    (told,) = card.tellings
    assert (card.id, told.why) == ((ARTICLE, Bond.FIRST) if own else ("agency:reuters", Bond.CREDITS_AGENCY))


def test_who_says_that_it_has_the_matter_from_the_articles_outlet_is_told_so() -> None:
    cites = _document("Bay Courier", "The quay opens on Monday, the Own Gazette reported.")
    heard = _origin(_MAIL)
    known = origins_known(_OWN, [_origin(cites), heard], taken={heard.id: "we read it there"})
    evidence = [_evidence(known, one, independent=False, dependence=Dependence.ARTICLE) for one in (cites, _MAIL)]
    cards = known.summaries(evidence)
    assert [(card.name, card.independent) for card in cards] == [("Bay Courier", False), ("Pier Mail", False)]
    assert [(one.why, one.quote) for card in cards for one in card.tellings] == [
        (Bond.CITES_ARTICLE, None),
        (Bond.CITES_ARTICLE, "we read it there"),
    ]


def test_an_origin_is_independent_where_any_of_its_evidence_is_or_a_report_of_it_and_not_all_is_the_articles() -> (
    None
):
    known = origins_known(_OWN, [_origin(_COURIER)])
    of_article = _evidence(known, _COURIER, independent=False, dependence=Dependence.ARTICLE)
    unnamed = _evidence(known, _COURIER, independent=False, dependence=Dependence.UNNAMED_SPEAKER)
    ways = {
        (of_article,): False,
        (unnamed,): True,
        (of_article, unnamed): True,
        (of_article, _evidence(known, _COURIER)): True,
    }
    assert {given: known.summaries(given)[0].independent for given in ways} == ways


def test_of_very_many_reports_sixty_are_told_and_all_are_counted() -> None:
    copies = [_document("Bay Courier", f"The quay opens on Monday, {n}.") for n in range(70)]
    known = origins_known(_OWN, [_origin(_COURIER, *copies, more=5)])
    (card,) = known.summaries([_evidence(known, _COURIER)])
    assert (len(card.tellings), card.articles) == (60, 76)


@pytest.mark.parametrize(
    ("outlet", "title", "name"),
    [("Own Gazette", "Quay opens", "Own Gazette"), (None, "Quay opens", "Quay opens"), (None, None, None)],
)
def test_the_article_is_called_by_its_outlet_or_its_title(
    outlet: str | None, title: str | None, name: str | None
) -> None:
    article = _OWN.model_copy(update={"outlet": outlet, "title": title})
    (card,) = origins_known(article, []).summaries([_own()])
    assert (card.id, card.name, card.articles, card.tellings) == (ARTICLE, name, 0, ())


def test_who_signs_nothing_is_its_own_origin_without_a_name() -> None:
    unsigned = Document.of(f"{_QUOTE}. Nobody signs this.", language="en")
    known = origins_known(_OWN, [_origin(unsigned)])
    (card,) = known.summaries([_evidence(known, unsigned)])
    assert (card.id, card.name) == (f"o-{unsigned.id}", None)


def test_an_origin_of_an_earlier_look_keeps_its_name() -> None:
    earlier = Root(id="outlet:tide ledger", name="Tide Ledger")
    known = origins_known(_OWN, [_origin(_COURIER)], earlier=[earlier])
    (card,) = known.summaries([_evidence(known, _COURIER, origin=earlier.id)])
    assert (card.name, card.articles, [one.why for one in card.tellings]) == ("Tide Ledger", 1, [Bond.CREDITS_AGENCY])


def test_what_a_sentence_has_from_elsewhere_is_told_with_that_sentence_and_its_copies() -> None:
    told = "The quay opens on Monday, Reuters reported."
    courier = _document("Bay Courier", told)
    copy = _document("Pier Mail", f"{told} It says so.")
    known = origins_known(_OWN, [_origin(courier, copy)])
    (item,) = known.with_sources(_CLAIM, [_evidence(known, courier)])
    assert item.origin == "agency:reuters"
    (card,) = known.summaries([item])
    assert (card.name, card.independent, card.articles) == ("Reuters", True, 2)
    assert [(one.outlet, one.why, one.quote) for one in card.tellings] == [
        ("Bay Courier", Bond.CREDITS_AGENCY, told),
        ("Pier Mail", Bond.COPY, None),
    ]


@pytest.mark.parametrize(
    ("fields", "moved"),
    [
        ({}, True),
        ({"stance": Stance.CONTRADICTS, "independent": False}, True),
        ({"stance": Stance.QUALIFIES}, True),
        ({"stance": Stance.QUALIFIES, "independent": False}, False),
        ({"independent": False, "dependence": Dependence.UNNAMED_SPEAKER}, False),
        ({"from": "article"}, False),
    ],
)
def test_only_what_counts_is_moved_to_whom_its_sentence_names(fields: dict[str, object], moved: bool) -> None:
    courier = _document("Bay Courier", "The quay opens on Monday, Reuters reported.")
    known = origins_known(_OWN, [_origin(courier)])
    (item,) = known.with_sources(_CLAIM, [_evidence(known, courier, **fields)])
    assert item.origin == ("agency:reuters" if moved else "outlet:bay courier")


def test_what_is_named_and_depends_on_the_article_makes_support_depend_on_it() -> None:
    courier = _document("Bay Courier", "The quay opens on Monday, the daily Tide Ledger reported.")
    ledger = Root(id="outlet:tide ledger", name="Tide Ledger")
    ways = {frozenset[str](): (True, None), frozenset({ledger.id}): (False, Dependence.ARTICLE)}
    for depending, expected in ways.items():
        known = origins_known(_OWN, [_origin(courier)], earlier=[ledger], depending=depending)
        (item,) = known.with_sources(_CLAIM, [_evidence(known, courier)])
        assert (item.origin, item.independent, item.dependence) == (ledger.id, *expected)
    # A denial counts whoever it is had from.
    known = origins_known(_OWN, [_origin(courier)], earlier=[ledger], depending=[ledger.id])
    denial = _evidence(known, courier, stance=Stance.CONTRADICTS, independent=False)
    (item,) = known.with_sources(_CLAIM, [denial])
    assert (item.origin, item.dependence) == (ledger.id, None)


def _told_by(source: str) -> Article:
    return _OWN.model_copy(update={"text": f"The quay opens on Monday, {source} reported. Fishermen wait for it."})


def _wire() -> Document:
    return Document.of(f"PIER (Reuters) - {_QUOTE}. Fishermen wait.", outlet="Bay Courier", language="en")


def test_who_only_says_the_name_of_an_outlet_that_another_calls_one_has_it_from_there() -> None:
    mail = _document("Pier Mail", "The quay opens on Monday, the Tide Ledger reported.")
    courier = _document("Bay Courier", "The quay opens on Monday, according to the daily Tide Ledger.")
    known = origins_known(_OWN, [_origin(mail), _origin(courier)])
    items = known.with_sources(_CLAIM, [_evidence(known, one) for one in (mail, courier)])
    assert [item.origin for item in items] == ["outlet:tide ledger"] * 2


def test_whoever_was_named_before_the_sentence_is_its_source() -> None:
    told = _document(
        "Bay Courier", "The mayor told Reuters of it. The agency said the quay opens on Monday. So be it."
    )
    known = origins_known(_OWN, [_origin(told)])
    (item,) = known.with_sources(_CLAIM, [_evidence(known, told, quote="the quay opens on Monday")])
    assert item.origin == "agency:reuters"


def test_where_the_article_says_it_first_decides_whom_it_has_it_from() -> None:
    article = _told_by("Reuters")
    again = article.model_copy(update={"text": f"{article.text} The quay opens on Monday."})
    start = again.text.rindex("The quay")
    claim = _CLAIM.model_copy(update={"spans": (*_CLAIM.spans, Span(start=start, end=start + 24))})
    courier = _document("Bay Courier", "The quay opens on Monday, Reuters reported.")
    known = origins_known(again, [_origin(courier)])
    (item,) = known.with_sources(claim, [_evidence(known, courier)])
    assert (item.independent, item.dependence) == (False, Dependence.ARTICLE)


def test_beside_an_article_with_an_agencys_words_what_the_agency_sent_is_no_second_source() -> None:
    wire, other = _wire(), _document("Pier Mail", "The quay opens on Monday, AFP reported.")
    known = origins_known(_told_by("Reuters"), [_origin(wire), _origin(other)])
    items = known.with_sources(_CLAIM, [_evidence(known, wire), _evidence(known, other)])
    assert [(one.origin, one.independent, one.dependence) for one in items] == [
        ("agency:reuters", False, Dependence.ARTICLE),
        ("agency:afp", True, None),
    ]


def test_what_does_not_count_for_another_reason_keeps_it() -> None:
    wire = _wire()
    known = origins_known(_told_by("Reuters"), [_origin(wire), _origin(_MAIL)])
    unnamed = _evidence(known, wire, independent=False, dependence=Dependence.UNNAMED_SPEAKER)
    items = known.with_sources(_CLAIM, [unnamed, _evidence(known, wire), _evidence(known, _MAIL)])
    assert [(one.independent, one.dependence) for one in items] == [
        (False, Dependence.UNNAMED_SPEAKER),
        (False, Dependence.ARTICLE),
        (True, None),
    ]


def test_one_independent_piece_of_evidence_makes_an_origin_that_is_taken_from_the_article_independent() -> None:
    heard = _origin(_COURIER)
    known = origins_known(_OWN, [heard], taken={heard.id: "we read it there"})
    assert known.independent == frozenset()
    counts = _evidence(known, _COURIER)
    unnamed = _evidence(known, _COURIER, independent=False, dependence=Dependence.UNNAMED_SPEAKER)
    assert [known.summaries(given)[0].independent for given in ([counts, unnamed], [unnamed])] == [True, False]


def test_one_independent_report_of_an_origin_makes_it_independent() -> None:
    first, second = _origin(_COURIER), _origin(_document("Bay Courier", "The quay opens on Monday, and so on."))
    known = origins_known(_OWN, [first, second], taken={first.id: "we read it there"})
    unnamed = _evidence(known, _COURIER, independent=False, dependence=Dependence.UNNAMED_SPEAKER)
    assert known.summaries([unnamed])[0].independent


def test_a_copy_of_the_article_does_not_cite_it() -> None:
    cites = _document("Bay Courier", "The quay opens on Monday, the Own Gazette reported.")
    known = origins_known(_OWN, [_origin(cites, own=True)])
    (card,) = known.summaries([_evidence(known, cites)])
    assert [one.why for one in card.tellings] == [Bond.FIRST]


def test_two_reports_of_an_agency_are_of_one_house() -> None:
    first, second = _document("Reuters"), _document("Reuters", "The quay opens on Monday, and so on.")
    known = origins_known(_OWN, [_origin(first), _origin(second)])
    (card,) = known.summaries([_evidence(known, first)])
    assert (card.id, [one.why for one in card.tellings]) == ("agency:reuters", [Bond.FIRST, Bond.SAME_FAMILY])
