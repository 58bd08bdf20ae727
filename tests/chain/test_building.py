"""What of a report stands where in a chain, and what does not: an agency in front, who is heard in between, and how
many more there are."""

from agent.chain import Chain, ChainBond, ChainNode, ChainRole, ChainSide, chain_of_claim, chain_of_report
from agent.models import (
    ARTICLE,
    Article,
    Bond,
    ChangedCopy,
    Dependence,
    Document,
    Evidence,
    Finding,
    OriginShare,
    Report,
    SourceType,
    Span,
    Stance,
)
from tests.chain.stories import AGENCY, OWN, QUOTE, claim_with, origin, report_document, report_with, said_by, telling
from tests.support.reports import finding, from_article, report_of

NORTH, SOUTH, WEST = report_document("North Post"), report_document("South Post", 1), report_document("West Post", 2)


ONE_LETTER = Span(start=OWN.text.index("Trade"), end=OWN.text.index("Trade") + 1)


def _links(chain: Chain) -> set[tuple[str, str, ChainBond]]:
    names = {node.id: node.name or node.role for node in chain.nodes}
    return {(names[link.source], names[link.target], link.bond) for link in chain.links}


def _named(chain: Chain) -> dict[str, ChainNode]:
    return {node.name or node.role: node for node in chain.nodes}


def _of_first(report: Report) -> Chain:
    return chain_of_claim(report, report.claims[0])


def _by_outlet(**known: str) -> Report:
    article = Article.model_validate({**OWN.model_dump(), **known})
    return report_of(article, (finding(article, 1, QUOTE),))


def test_an_article_stands_behind_the_agency_that_it_credits() -> None:
    report = _by_outlet(text=f"PORT SELBY (Reuters) - {OWN.text}")
    for chain in (_of_first(report), chain_of_report(report)):
        assert _links(chain) == {("Reuters", "Quay Gazette", ChainBond.AGENCY)}
        assert (_named(chain)["Reuters"].role, _named(chain)["Reuters"].id) == (ChainRole.AGENCY, AGENCY)


def test_an_article_of_the_agency_itself_of_another_outlet_or_of_nobody_stands_behind_none() -> None:
    by_name = {"text": OWN.text, "author": "Jane Doe via Harbour Ledger"}
    nobody = OWN.model_copy(update={"outlet": None})
    for report in (
        _by_outlet(outlet="Reuters"),
        _by_outlet(**by_name),
        _by_outlet(),
        report_of(nobody, (finding(nobody, 1, QUOTE),)),
    ):
        assert [node.id for node in _of_first(report).nodes] == [ARTICLE]


def _spoken(quote: str, speaker: str, number: int) -> Finding:
    return finding(OWN, number, quote, speaker=speaker, source=SourceType.NAMED)


def _voiced(item: Evidence, *others: Finding) -> set[tuple[str, str, ChainBond]]:
    """The links of a claim that nobody in particular makes and that another sentence of the article contests."""
    own = finding(OWN, 9, QUOTE, heard=(item,))
    return _links(chain_of_claim(report_of(OWN, (own, *others)), own))


def test_another_sentence_of_the_article_is_said_by_whose_claim_overlaps_it_most() -> None:
    item = from_article(OWN, "Trade unions say no crane has been repaired.")
    little, most = _spoken("Trade unions", "Ola Strand", 1), _spoken("no crane has been repaired", "Ida Holm", 2)
    assert (
        _voiced(item, little, most) == _voiced(item, most, little) == {("Ida Holm", "Quay Gazette", ChainBond.SAYS)}
    )
    assert _voiced(item, _spoken("The mayor expects the first ferry", "Ola Strand", 1)) == set()
    assert _voiced(item, _spoken("T", "Ola Strand", 1).model_copy(update={"spans": (ONE_LETTER,), "quote": "T"})) == {
        ("Ola Strand", "Quay Gazette", ChainBond.SAYS)
    }


def test_a_sentence_that_is_shown_from_its_own_place_is_found_there() -> None:
    whole = from_article(OWN, "no crane has been repaired")
    start = OWN.text.index("Trade unions")
    cut = whole.passage.model_copy(update={"text": OWN.text[start:-1], "start": start, "end": len(OWN.text) - 1})
    item = whole.model_copy(update={"passage": cut})
    before, own = _spoken(QUOTE, "Ola Strand", 1), _spoken("no crane has been repaired", "Ida Holm", 2)
    assert _voiced(item, before, own) == {("Ida Holm", "Quay Gazette", ChainBond.SAYS)}


def test_who_only_stands_beside_a_sentence_does_not_say_it() -> None:
    item = from_article(OWN, "no crane has been repaired")
    assert _voiced(item, _spoken("Trade unions say ", "Ola Strand", 1)) == set()


def test_the_article_s_other_voices_stand_in_the_chain_of_a_claim_and_not_in_that_of_the_article() -> None:
    own = finding(OWN, 1, QUOTE, heard=(from_article(OWN, "Trade unions say no crane has been repaired."),))
    report = report_of(OWN, (own,))
    assert [node.id for node in _of_first(report).nodes] == [ARTICLE, f"{ARTICLE}:0"]
    assert [node.id for node in chain_of_report(report).nodes] == [ARTICLE]


def test_a_copy_of_the_article_hangs_by_how_it_copies_it() -> None:
    ways = {
        Bond.SHORTENED: ChainBond.SHORTENED,
        Bond.LENGTHENED: ChainBond.LENGTHENED,
        Bond.FIRST: ChainBond.COPY,
        Bond.SAME_OUTLET: ChainBond.COPY,
    }
    for why, bond in ways.items():
        report = report_with(
            claim_with(_own_copy(NORTH)), origin(ARTICLE, telling(SOUTH, Bond.SAME_PAGE), telling(NORTH, why))
        )
        assert ("Quay Gazette", "North Post", bond) in _links(_of_first(report))
        (node,) = (one for one in _of_first(report).nodes if one.name == "North Post")
        assert (node.role, node.side) == (ChainRole.COPY, ChainSide.ARTICLE)
    unknown = report_with(claim_with(_own_copy(NORTH)), origin("outlet:north", telling(NORTH, Bond.SHORTENED)))
    assert ("Quay Gazette", "North Post", ChainBond.COPY) in _links(_of_first(unknown))


def _own_copy(document: Document) -> Evidence:
    return said_by(document, ARTICLE, same_speaker=True).model_copy(
        update={"independent": False, "dependence": Dependence.ARTICLE}
    )


def test_a_copy_of_the_article_has_the_speaker_from_the_article_and_not_from_themselves() -> None:
    assert _links(_of_first(report_with(claim_with(_own_copy(NORTH))))) == {
        ("the port authority", "Quay Gazette", ChainBond.SAYS),
        ("Quay Gazette", "North Post", ChainBond.COPY),
    }


def test_who_spoke_with_the_speaker_heard_them_and_who_did_not_repeats_them() -> None:
    heard = said_by(NORTH, "outlet:north").model_copy(update={"own_hearing": "told the North Post"})
    both = said_by(SOUTH, "outlet:south", same_speaker=True).model_copy(update={"own_hearing": "told us"})
    claim = claim_with(heard, both, said_by(WEST, "outlet:west"))
    links = _links(_of_first(report_with(claim)))
    assert {(target, bond) for source, target, bond in links if source == "the port authority"} == {
        ("Quay Gazette", ChainBond.SAYS),
        ("North Post", ChainBond.HEARD),
        ("South Post", ChainBond.HEARD),
    }


def test_nobody_s_claim_is_repeated_from_nobody() -> None:
    own = finding(OWN, 1, QUOTE, heard=(said_by(NORTH, "outlet:north", same_speaker=True),))
    assert _links(_of_first(report_of(OWN, (own,)))) == set()


def test_a_report_is_the_agency_s_own_where_its_origin_says_so_of_it() -> None:
    claim = claim_with(said_by(NORTH, AGENCY), said_by(SOUTH, AGENCY))
    listed = origin(AGENCY, telling(SOUTH, Bond.CREDITS_AGENCY), telling(NORTH, Bond.FIRST), called="Reuters")
    roles = {name: node.role for name, node in _named(_of_first(report_with(claim, listed))).items()}
    assert (roles["North Post"], roles["South Post"]) == (ChainRole.AGENCY, ChainRole.OUTLET)
    # Of many reports an origin lists some.
    unlisted = origin(AGENCY, called="Reuters", articles=90)
    roles = {name: node.role for name, node in _named(_of_first(report_with(claim, unlisted))).items()}
    assert (roles["North Post"], roles["South Post"]) == (ChainRole.OUTLET, ChainRole.OUTLET)


def test_the_agency_stands_before_all_its_reports_as_soon_as_one_credits_it() -> None:
    claim = claim_with(said_by(NORTH, AGENCY), said_by(SOUTH, AGENCY))
    own, credit = telling(NORTH, Bond.FIRST), telling(SOUTH, Bond.CREDITS_AGENCY)
    assert _links(_of_first(report_with(claim, origin(AGENCY, own, credit)))) >= {
        ("agency", "North Post", ChainBond.AGENCY),
        ("agency", "South Post", ChainBond.AGENCY),
    }
    alone = report_with(claim_with(said_by(SOUTH, AGENCY)), origin(AGENCY, credit, called="Reuters"))
    assert ("Reuters", "South Post", ChainBond.AGENCY) in _links(_of_first(alone))


def test_an_outlet_stands_before_its_reports_where_there_are_several_and_it_has_a_name() -> None:
    two = claim_with(said_by(NORTH, "family:bay"), said_by(SOUTH, "family:bay"))
    one = claim_with(said_by(NORTH, "family:bay"))
    tellings = telling(NORTH, Bond.FIRST), telling(SOUTH, Bond.SAME_FAMILY)
    other = origin("outlet:west", telling(WEST, Bond.FIRST), called="West Post")
    for claim, called, shown in ((two, "Bay Group", True), (two, None, False), (one, "Bay Group", False)):
        chain = _of_first(report_with(claim, other, origin("family:bay", *tellings, called=called)))
        assert any(node.id == "family:bay" for node in chain.nodes) is shown
    assert _named(_of_first(report_with(two, other, origin("family:bay", *tellings, called="Bay"))))[
        "Bay"
    ].independent


def test_an_outlet_stands_before_one_report_that_has_it_from_there() -> None:
    claim = claim_with(said_by(NORTH, "outlet:bay"))
    for why, roles in ((Bond.CREDITS_AGENCY, [ChainRole.HOUSE]), (Bond.SAME_OUTLET, [])):
        listed = origin("outlet:bay", telling(SOUTH, Bond.FIRST), telling(NORTH, why), called="Bay Post")
        chain = _of_first(report_with(claim, listed))
        assert [node.role for node in chain.nodes if node.name == "Bay Post"] == roles
        assert (("Bay Post", "North Post", ChainBond.SAME_HOUSE) in _links(chain)) is bool(roles)
    silent = origin("outlet:bay", telling(SOUTH, Bond.CREDITS_AGENCY), telling(NORTH, Bond.FIRST), called="Bay Post")
    assert "Bay Post" not in _named(_of_first(report_with(claim, silent)))


def test_two_passages_of_one_report_are_one_report() -> None:
    claim = claim_with(said_by(NORTH, "outlet:north"), said_by(NORTH, "outlet:north"))
    chain = _of_first(report_with(claim, origin("outlet:north", telling(NORTH, Bond.FIRST), called="North Post")))
    assert [node.role for node in chain.nodes].count(ChainRole.HOUSE) == 0


def _changed(document: Document, of: str) -> ChangedCopy:
    return ChangedCopy(
        document_id=document.id, outlet=document.outlet, of=of, told="Friday", says="Monday", quote="on Monday"
    )


def test_a_changed_copy_hangs_by_what_it_copies_where_that_is_shown_and_else_by_the_article() -> None:
    claim = claim_with(said_by(NORTH, "outlet:north")).model_copy(
        update={"changed_copies": (_changed(SOUTH, NORTH.id), _changed(WEST, "a report that is not here"))}
    )
    chain = _of_first(report_with(claim, origin("outlet:north", telling(NORTH, Bond.FIRST))))
    assert _links(chain) >= {
        ("North Post", "South Post", ChainBond.COPY),
        ("Quay Gazette", "West Post", ChainBond.COPY),
    }
    south, west = _named(chain)["South Post"], _named(chain)["West Post"]
    assert (south.changed, south.side) == (("Friday → Monday",), ChainSide.SUPPORTS)
    assert (west.changed, west.side) == (("Friday → Monday",), ChainSide.ARTICLE)


def test_what_is_heard_itself_is_not_marked_as_a_changed_copy() -> None:
    copies = (_changed(NORTH, ARTICLE), _changed(SOUTH, ARTICLE))
    claim = claim_with(said_by(NORTH, "outlet:north"), _own_copy(SOUTH)).model_copy(update={"changed_copies": copies})
    marked = {name: node.changed for name, node in _named(_of_first(report_with(claim))).items()}
    assert (marked["North Post"], marked["South Post"]) == ((), ("Friday → Monday",))


def test_what_a_report_says_of_each_claim_is_told_by_the_claim_s_own_number() -> None:
    first = claim_with(said_by(NORTH, "outlet:north"))
    later = first.model_copy(
        update={
            "id": "c7",
            "evidence": (
                said_by(NORTH, "outlet:north", Stance.CONTRADICTS).model_copy(
                    update={"corrected": True, "independent": False}
                ),
                said_by(SOUTH, "outlet:south", Stance.QUALIFIES).model_copy(update={"independent": False}),
            ),
        }
    )
    chain = chain_of_report(report_with(first).model_copy(update={"claims": (first, later)}))
    north, south = _named(chain)["North Post"], _named(chain)["South Post"]
    assert [(one.number, one.stance) for one in north.stances] == [(1, Stance.SUPPORTS), (7, Stance.CONTRADICTS)]
    assert (north.side, north.independent, north.corrected) == (ChainSide.CONTRADICTS, True, True)
    assert (south.side, south.independent, south.corrected) == (ChainSide.QUALIFIES, False, False)
    assert [(one.number, one.stance) for one in south.stances] == [(7, Stance.QUALIFIES)]


def test_a_copy_of_the_article_stays_on_its_side_whatever_it_says() -> None:
    chain = chain_of_report(report_with(claim_with(_own_copy(NORTH))))
    assert _named(chain)["North Post"].side is ChainSide.ARTICLE


def test_reports_that_say_nothing_of_any_claim_stand_with_their_origin_in_the_article_s_chain_alone() -> None:
    claim = claim_with(said_by(NORTH, AGENCY, Stance.CONTRADICTS))
    tellings = (
        telling(SOUTH, Bond.CREDITS_AGENCY),
        telling(NORTH, Bond.CREDITS_AGENCY),
        telling(WEST, Bond.COPY, "a report that is not here"),
    )
    report = report_with(claim, origin(AGENCY, *tellings, called="Reuters"))
    south = _named(chain_of_report(report))["South Post"]
    assert (south.role, south.side, south.independent) == (ChainRole.OUTLET, ChainSide.CONTRADICTS, True)
    assert ("Reuters", "South Post", ChainBond.AGENCY) in _links(chain_of_report(report))
    assert "West Post" not in _named(chain_of_report(report))
    assert "South Post" not in _named(_of_first(report))


def test_a_silent_report_stands_alone_where_its_origin_is_not_shown() -> None:
    claim = claim_with(said_by(NORTH, "outlet:bay"))
    tellings = telling(NORTH, Bond.FIRST), telling(SOUTH, Bond.SAME_OUTLET)
    chain = chain_of_report(report_with(claim, origin("outlet:bay", *tellings, called="Bay")))
    assert _named(chain)["South Post"].side is ChainSide.SUPPORTS
    assert [link for link in _links(chain) if "South Post" in link] == []
    house = claim_with(said_by(NORTH, "family:bay"), said_by(WEST, "family:bay"))
    listed = origin("family:bay", *tellings, telling(WEST, Bond.SAME_FAMILY), called="Bay")
    chain = chain_of_report(report_with(house, listed))
    assert ("Bay", "South Post", ChainBond.SAME_HOUSE) in _links(chain)


def test_a_silent_report_of_an_origin_that_lists_nobody_who_was_heard_only_qualifies() -> None:
    report = report_with(
        claim_with(said_by(NORTH, "outlet:bay")),
        origin("outlet:bay", telling(SOUTH, Bond.FIRST)),
        origin(ARTICLE, telling(WEST, Bond.FIRST)),
    )
    sides = {name: node.side for name, node in _named(chain_of_report(report)).items()}
    assert (sides["South Post"], sides["West Post"]) == (ChainSide.QUALIFIES, ChainSide.ARTICLE)


def _more(chain: Chain) -> dict[str, int]:
    return {node.id: node.more for node in chain.nodes if node.role is ChainRole.MORE}


def test_so_many_more_copies_are_counted_as_are_not_shown() -> None:
    tellings = telling(NORTH, Bond.FIRST), telling(SOUTH, Bond.COPY, NORTH.id)
    silent = origin("outlet:west", telling(WEST, Bond.FIRST), articles=50)
    for articles, more in ((2, {}), (3, {f"more:{NORTH.id}": 1}), (9, {f"more:{NORTH.id}": 7})):
        shares = (OriginShare(origin="outlet:north", articles=articles),)
        claim = claim_with(said_by(NORTH, "outlet:north"), shares=shares)
        report = report_with(claim, silent, origin("outlet:north", *tellings, articles=articles))
        assert _more(_of_first(report)) == more
        assert _more(chain_of_report(report)) == more
        for node in _of_first(report).nodes:
            assert not (node.more and node.independent)


def test_an_origin_whose_share_of_a_claim_is_not_told_has_no_more_copies_there() -> None:
    claim = claim_with(said_by(NORTH, "outlet:north"))
    report = report_with(claim, origin("outlet:north", telling(NORTH, Bond.FIRST), articles=5))
    assert _more(_of_first(report)) == {}
    assert _more(chain_of_report(report)) == {f"more:{NORTH.id}": 4}


def test_who_is_heard_and_not_listed_is_shown_and_not_counted_again() -> None:
    shares = (OriginShare(origin="outlet:north", articles=3), OriginShare(origin="outlet:south", articles=2))
    claim = claim_with(said_by(NORTH, "outlet:north"), said_by(SOUTH, "outlet:south"), shares=shares)
    report = report_with(claim, origin("outlet:north", articles=3), origin("outlet:south", articles=2))
    for chain in (_of_first(report), chain_of_report(report)):
        assert _more(chain) == {f"more:{NORTH.id}": 2, f"more:{SOUTH.id}": 1}


def test_more_copies_hang_by_the_first_report_of_their_origin_and_what_hangs_by_nobody_is_one_of_them() -> None:
    shares = (OriginShare(origin="outlet:bay", articles=6),)
    claim = claim_with(said_by(NORTH, "outlet:bay"), said_by(SOUTH, "outlet:bay"), shares=shares)
    tellings = (
        telling(SOUTH, Bond.FIRST),
        telling(NORTH, Bond.SAME_OUTLET),
        telling(WEST, Bond.COPY, "a report that is not here"),
    )
    report = report_with(claim, origin("outlet:bay", *tellings, articles=6, called="Bay"))
    for chain in (_of_first(report), chain_of_report(report)):
        assert _more(chain) == {f"more:{NORTH.id}": 4}
        assert _named(chain)["North Post"].role is ChainRole.OUTLET


def test_the_article_is_none_of_its_own_copies() -> None:
    item = from_article(OWN, "Trade unions say no crane has been repaired.")
    shares = (OriginShare(origin=ARTICLE, articles=3),)
    report = report_with(
        claim_with(item, _own_copy(NORTH), shares=shares), origin(ARTICLE, telling(NORTH, Bond.COPY), articles=3)
    )
    for chain in (_of_first(report), chain_of_report(report)):
        assert _more(chain) == {f"more:{NORTH.id}": 2}
