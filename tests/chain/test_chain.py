"""Who told whom, read from a report: every role in its place, every copy under what it copies, time in order."""

from datetime import timedelta

from agent.chain import (
    Chain,
    ChainBond,
    ChainNode,
    ChainRole,
    ChainSide,
    ChainWording,
    branches,
    chain_of_claim,
    chain_of_report,
)
from agent.chain.tree import depth_first
from agent.messages import load_words
from agent.models import ARTICLE, Bond, ChangedCopy, Dependence, OriginShare, Report, Stance
from tests.chain.stories import (
    AGENCY,
    claim_with,
    origin,
    report_document,
    report_with,
    said_by,
    telling,
)
from tests.support.reports import NOON, arabic_report, retold_report

ENGLISH = ChainWording(load_words("en"))


def named(chain: Chain) -> dict[str, ChainNode]:
    return {node.name or node.role: node for node in chain.nodes}


def links(chain: Chain) -> set[tuple[str, str, ChainBond]]:
    names = {node.id: node.name or node.role for node in chain.nodes}
    return {(names[link.source], names[link.target], link.bond) for link in chain.links}


def told(chain: Chain) -> list[tuple[str, int, str]]:
    """Side, depth and name of every line of the list."""
    return [
        (ENGLISH.side(side.side, chain), depth, ENGLISH.name(branch.node))
        for side in branches(chain)
        for depth, branch in depth_first(side.branches)
    ]


def of_first(report: Report) -> Chain:
    return chain_of_claim(report, report.claims[0])


def test_a_speaker_tells_the_article_and_whoever_repeats_them() -> None:
    chain = of_first(arabic_report())
    speaker = named(chain)["فلاديمير بوتين"]
    assert (speaker.role, speaker.title, speaker.side) == (ChainRole.PERSON, "الرئيس الروسي", None)
    assert named(chain)["دفتر الأخبار"].id == ARTICLE
    told_by = {(target, bond) for source, target, bond in links(chain) if source == "فلاديمير بوتين"}
    assert told_by == {
        ("دفتر الأخبار", ChainBond.SAYS),
        ("وكالة مرساة", ChainBond.REPEATS),
        ("The Harbour Ledger", ChainBond.REPEATS),
    }


def test_sides_stand_apart_and_copies_under_what_they_copy() -> None:
    report = arabic_report()
    chain = chain_of_claim(report, report.claims[4])
    sides = {name: node.side for name, node in named(chain).items() if node.document_id}
    assert sides == {
        "وكالة مرساة": ChainSide.CONTRADICTS,
        "بوابة الجسر": ChainSide.CONTRADICTS,
        "تقرير الصباح": ChainSide.SUPPORTS,
    }
    assert ("وكالة مرساة", "بوابة الجسر", ChainBond.COPY) in links(chain)
    copy = named(chain)["بوابة الجسر"]
    assert (copy.role, copy.independent) == (ChainRole.COPY, False)


def test_another_voice_of_the_article_stands_against_it_under_its_own_speaker() -> None:
    report = arabic_report()
    chain = chain_of_claim(report, report.claims[4])
    (voice,) = (node for node in chain.nodes if node.role is ChainRole.ARTICLE and node.id != ARTICLE)
    assert (voice.side, voice.evidence) == (ChainSide.CONTRADICTS, 0)
    speakers = [link.source for link in chain.links if link.target == voice.id]
    assert speakers == [named(chain)["فلاديمير بوتين"].id]


def test_outlets_that_credit_one_agency_stand_behind_it_and_the_speaker_before_it() -> None:
    north, south = report_document("North Post"), report_document("South Post", 1)
    claim = claim_with(said_by(north, AGENCY, same_speaker=True), said_by(south, AGENCY))
    tellings = telling(north, Bond.CREDITS_AGENCY), telling(south, Bond.CREDITS_AGENCY)
    chain = of_first(report_with(claim, origin(AGENCY, *tellings, called="Reuters")))
    assert named(chain)["Reuters"].role is ChainRole.AGENCY
    assert links(chain) >= {
        ("Reuters", "North Post", ChainBond.AGENCY),
        ("Reuters", "South Post", ChainBond.AGENCY),
        ("the port authority", "North Post", ChainBond.REPEATS),
    }
    assert ("Supports", 1, "North Post") in told(chain)


def test_an_agency_s_own_report_is_the_agency() -> None:
    wire = report_document("Reuters")
    claim = claim_with(said_by(wire, AGENCY))
    chain = of_first(report_with(claim, origin(AGENCY, telling(wire, Bond.FIRST), called="Reuters")))
    (node,) = (node for node in chain.nodes if node.name == "Reuters")
    assert (node.role, node.document_id) == (ChainRole.AGENCY, wire.id)


def test_several_reports_of_one_house_stand_behind_one_root() -> None:
    one, two = report_document("Bay Morning"), report_document("Bay Evening", 3)
    claim = claim_with(said_by(one, "family:bay"), said_by(two, "family:bay"))
    tellings = telling(one, Bond.FIRST), telling(two, Bond.SAME_FAMILY)
    chain = of_first(report_with(claim, origin("family:bay", *tellings, called="Bay Group")))
    assert named(chain)["Bay Group"].role is ChainRole.HOUSE
    assert {(s, t) for s, t, bond in links(chain) if bond is ChainBond.SAME_HOUSE} == {
        ("Bay Group", "Bay Morning"),
        ("Bay Group", "Bay Evening"),
    }


def test_what_takes_it_from_the_article_hangs_by_the_article_and_counts_for_nothing() -> None:
    chain = of_first(retold_report())
    assert ("Quay Gazette", "Press Window", ChainBond.FROM_ARTICLE) in links(chain)
    window = named(chain)["Press Window"]
    assert (window.independent, window.side) == (False, ChainSide.SUPPORTS)


def test_what_shares_the_article_s_house_is_tied_to_it() -> None:
    own = report_document("Quay Evening")
    item = said_by(own, "family:quay").model_copy(update={"independent": False, "dependence": Dependence.ARTICLE})
    chain = of_first(report_with(claim_with(item), origin("family:quay", telling(own, Bond.FIRST))))
    assert ("Quay Gazette", "Quay Evening", ChainBond.SAME_HOUSE) in links(chain)


def test_corrections_and_changed_figures_are_marked() -> None:
    report = retold_report()
    taken_back = chain_of_claim(report, report.claims[2])
    assert named(taken_back)["Mole Mail"].corrected
    changed = chain_of_claim(report, report.claims[1])
    assert named(changed)["Echo Sheet"].changed == ("40 → 90",)
    assert ("Quay Gazette", "Echo Sheet", ChainBond.COPY) in links(changed)


def test_a_copy_on_a_card_is_marked_with_what_it_changed_of_this_claim_alone() -> None:
    wire, echo = report_document("Wire"), report_document("Echo", 1)
    copy = ChangedCopy(document_id=echo.id, of=wire.id, told="17", says="71", quote="71 cranes")
    claim = claim_with(said_by(wire, "outlet:wire")).model_copy(update={"changed_copies": (copy,)})
    tellings = telling(wire, Bond.FIRST), telling(echo, Bond.COPY, wire.id, ("17 → 71", "May → June"))
    report = report_with(claim, origin("outlet:wire", *tellings))
    assert named(of_first(report))["Echo"].changed == ("17 → 71",)
    assert named(chain_of_report(report))["Echo"].changed == ("17 → 71", "May → June")


def test_the_earliest_stands_first_and_what_has_no_date_last() -> None:
    late, early = report_document("Late", 9), report_document("Early", -9)
    undated = report_document("Undated").model_copy(update={"published_at": None})
    heard = [said_by(one, f"outlet:{one.outlet}") for one in (late, undated, early)]
    chain = of_first(report_with(claim_with(*heard)))
    assert [node.name for node in chain.nodes if node.role is ChainRole.OUTLET] == ["Early", "Late", "Undated"]


def test_copies_of_copies_hang_by_what_they_copy() -> None:
    wire, echo, again = report_document("Wire"), report_document("Echo", 1), report_document("Again", 2)
    tellings = (
        telling(wire, Bond.FIRST),
        telling(again, Bond.SHORTENED, echo.id),
        telling(echo, Bond.COPY, wire.id),
    )
    chain = of_first(report_with(claim_with(said_by(wire, "outlet:wire")), origin("outlet:wire", *tellings)))
    assert told(chain)[-3:] == [("Supports", 0, "Wire"), ("Supports", 1, "Echo"), ("Supports", 2, "Again")]


def test_of_many_copies_some_are_shown_and_the_others_counted() -> None:
    wire = report_document("Wire")
    copies = [report_document(f"Echo {n}", n) for n in range(1, 31)]
    tellings = [telling(wire, Bond.FIRST), *(telling(one, Bond.COPY, wire.id) for one in copies)]
    # Of this many the report names no more than it holds.
    claim = claim_with(said_by(wire, "outlet:wire"), shares=(OriginShare(origin="outlet:wire", articles=43),))
    chain = of_first(report_with(claim, origin("outlet:wire", *tellings, articles=43)))
    shown = [node.name for node in chain.nodes if node.role is ChainRole.COPY]
    assert shown == ["Echo 1", "Echo 2", "Echo 3", "Echo 4", "Echo 5"]
    (rest,) = (node for node in chain.nodes if node.role is ChainRole.MORE)
    assert (rest.more, rest.stands_for) == (37, ChainRole.COPY)
    assert ENGLISH.name(rest) == "and 37 more copies"
    assert ("Wire", "more", ChainBond.COPY) in links(chain)


def test_of_two_hundred_reports_those_that_are_marked_are_shown_first() -> None:
    some = [report_document(f"Outlet {n}", n) for n in range(200)]
    heard = [said_by(one, f"outlet:{one.outlet}") for one in some]
    heard[150] = heard[150].model_copy(update={"corrected": True, "stance": Stance.QUALIFIES})
    heard[151] = heard[151].model_copy(update={"corrected": True})
    chain = of_first(report_with(claim_with(*heard)))
    shown = [node.name for node in chain.nodes if node.role is ChainRole.OUTLET]
    assert len(shown) == 13
    assert {"Outlet 0", "Outlet 150", "Outlet 151"} <= set(shown)
    (rest,) = (node for node in chain.nodes if node.role is ChainRole.MORE)
    assert (rest.more, rest.side) == (187, ChainSide.SUPPORTS)


def test_many_sources_are_counted_too() -> None:
    report = arabic_report()
    speakers = [
        claim.model_copy(
            update={"id": f"c{n}", "attribution": claim.attribution.model_copy(update={"speaker": f"Speaker {n}"})}
        )
        for n, claim in enumerate([report.claims[8]] * 20, 1)
    ]
    chain = chain_of_report(report.model_copy(update={"claims": tuple(speakers)}))
    assert sum(node.role is ChainRole.PERSON for node in chain.nodes) == 8
    (rest,) = (node for node in chain.nodes if node.role is ChainRole.MORE)
    assert (rest.more, rest.side, ENGLISH.name(rest)) == (12, None, "and 12 more sources")


def test_a_whole_article_says_what_each_report_says_of_which_claims() -> None:
    chain = chain_of_report(arabic_report())
    agency = named(chain)["وكالة مرساة"]
    assert agency.side is ChainSide.CONTRADICTS
    assert ENGLISH.stances(agency).replace("\u2066", "").replace("\u2069", "") == "+1 +3 +4 ≠5"
    assert named(chain)["مجلة القنديل"].side is ChainSide.QUALIFIES
    assert chain.number is None


def test_everybody_in_the_picture_is_in_the_list() -> None:
    for report in (arabic_report(), retold_report()):
        for chain in (chain_of_report(report), *(chain_of_claim(report, one) for one in report.claims)):
            listed = {branch.node.id for side in branches(chain) for _, branch in depth_first(side.branches)}
            beside = {
                one.node.id
                for side in branches(chain)
                for _, branch in depth_first(side.branches)
                for one in branch.beside
            }
            assert {node.id for node in chain.nodes} == listed | beside


def test_links_that_turn_in_a_circle_end() -> None:
    one, two = report_document("One"), report_document("Two", 1)
    tellings = telling(one, Bond.COPY, two.id), telling(two, Bond.COPY, one.id)
    chain = of_first(report_with(claim_with(said_by(one, "outlet:one")), origin("outlet:one", *tellings)))
    assert {"One", "Two"} <= set(named(chain))
    assert {name for _, _, name in told(chain)} >= {"One", "Two"}


def test_a_claim_that_nobody_tells_has_no_chain_to_look_at() -> None:
    report = arabic_report()
    assert not chain_of_claim(report, report.claims[9]).is_retold
    assert chain_of_claim(report, report.claims[0]).is_retold


def test_how_a_day_lies_to_the_article_s_is_told() -> None:
    before = report_document("Early", -48)
    chain = of_first(report_with(claim_with(said_by(before, "outlet:early"))))
    assert ENGLISH.when(named(chain)["Early"], chain) == "before the article"
    assert named(chain)["Early"].published_at == NOON - timedelta(hours=48)
