"""What is too much to look at stands together: how many are shown, which of them, and how the rest is counted."""

from datetime import timedelta

import pytest

from agent.chain.collapsing import collapsed
from agent.chain.records import ChainBond, ChainLink, ChainNode, ChainRole, ChainSide
from tests.support.reports import NOON

AGAINST, FOR = ChainSide.CONTRADICTS, ChainSide.SUPPORTS


def report_node(name: str, hour: int = 0, **known: object) -> ChainNode:
    fields = {"id": name, "role": ChainRole.OUTLET, "side": FOR, "document_id": name, **known}
    return ChainNode.model_validate({"published_at": NOON + timedelta(hours=hour), **fields})


def copies_of(parent: str, count: int, bond: ChainBond = ChainBond.COPY) -> tuple[list[ChainNode], list[ChainLink]]:
    names = [f"{parent} {n}" for n in range(1, count + 1)]
    nodes = [report_node(name, n, role=ChainRole.COPY, number=4) for n, name in enumerate(names, 1)]
    return nodes, [ChainLink(source=parent, target=name, bond=bond) for name in names]


def speaking(source: str, *targets: str) -> list[ChainLink]:
    return [ChainLink(source=source, target=target, bond=ChainBond.SAYS) for target in targets]


def rest_of(nodes: tuple[ChainNode, ...]) -> dict[str, int]:
    return {node.id: node.more for node in nodes if node.role is ChainRole.MORE}


def shown(nodes: tuple[ChainNode, ...]) -> list[str]:
    return [node.id for node in nodes if node.role is not ChainRole.MORE]


@pytest.mark.parametrize(("count", "left", "rest"), [(6, 6, {}), (7, 5, {"more:wire": 2})])
@pytest.mark.parametrize("bond", [ChainBond.COPY, ChainBond.SHORTENED])
def test_one_copy_more_is_shown_and_not_counted(count: int, left: int, rest: dict[str, int], bond: ChainBond) -> None:
    copies, links = copies_of("wire", count, bond)
    nodes, kept = collapsed([report_node("wire"), *copies], links)
    assert shown(nodes) == ["wire", *(f"wire {n}" for n in range(1, left + 1))]
    assert rest_of(nodes) == rest
    assert [link for link in kept if link.target.startswith("more:")] == [
        ChainLink(source="wire", target=name, bond=ChainBond.COPY) for name in rest
    ]
    assert len(kept) == left + len(rest)


def test_what_stands_for_copies_is_on_their_side_and_leads_to_their_claim() -> None:
    copies, links = copies_of("wire", 7)
    nodes, _ = collapsed([report_node("wire", side=AGAINST), *copies], links)
    (more,) = (node for node in nodes if node.role is ChainRole.MORE)
    assert (more.side, more.number, more.stands_for, more.independent) == (AGAINST, 4, ChainRole.COPY, False)


def test_copies_that_were_only_counted_stay_counted() -> None:
    copies, links = copies_of("wire", 7)
    counted = ChainNode(id="others", role=ChainRole.MORE, side=FOR, more=30, stands_for=ChainRole.COPY)
    others = ChainLink(source="wire", target="others", bond=ChainBond.COPY)
    nodes, _ = collapsed([report_node("wire"), *copies, counted], [*links, others])
    assert rest_of(nodes) == {"more:wire": 32}


def test_copies_of_copies_are_counted_with_them_and_a_circle_ends() -> None:
    copies, links = copies_of("wire", 7)
    below = report_node("below", 9, role=ChainRole.COPY)
    circle = [
        ChainLink(source="wire 7", target="below", bond=ChainBond.LENGTHENED),
        ChainLink(source="below", target="wire 7", bond=ChainBond.SAME_PAGE),
    ]
    nodes, kept = collapsed([report_node("wire"), *copies, below], [*links, *circle])
    assert "below" not in shown(nodes)
    assert rest_of(nodes) == {"more:wire": 3}
    assert {link.source for link in kept} == {"wire"}


@pytest.mark.parametrize(("count", "left", "rest"), [(13, 13, {}), (14, 12, {"more:supports": 2})])
def test_one_report_more_is_shown_and_not_counted(count: int, left: int, rest: dict[str, int]) -> None:
    nodes, links = collapsed([report_node(f"r{n:02}", n) for n in range(count)], [])
    assert shown(nodes) == [f"r{n:02}" for n in range(left)]
    assert (rest_of(nodes), links) == (rest, ())


def test_each_side_has_room_of_its_own_and_agencies_without_a_text_take_none() -> None:
    some = [report_node(f"for {n}", n) for n in range(10)]
    others = [report_node(f"against {n}", n, side=AGAINST, role=ChainRole.AGENCY) for n in range(14)]
    bare = [ChainNode(id=f"agency {n}", role=ChainRole.AGENCY, side=FOR) for n in range(10)]
    nodes, _ = collapsed([*some, *others, *bare], [])
    assert rest_of(nodes) == {"more:contradicts": 2}
    (more,) = (node for node in nodes if node.role is ChainRole.MORE)
    assert (more.side, more.stands_for) == (AGAINST, ChainRole.OUTLET)


def test_reports_that_count_for_nothing_leave_first_and_the_latest_of_them() -> None:
    some = [report_node(f"r{n:02}", n, independent=n % 2 == 1) for n in range(24)]
    nodes, _ = collapsed(some, [])
    assert shown(nodes) == [f"r{n:02}" for n in range(1, 24, 2)]
    nodes, _ = collapsed([*some, report_node("late", 30)], [])
    assert "late" not in shown(nodes)


@pytest.mark.parametrize("mark", [{"corrected": True}, {"changed": ("17 → 71",)}])
def test_marked_reports_have_three_times_the_room(mark: dict[str, object]) -> None:
    marked = [report_node(f"m{n:02}", n, independent=False, **mark) for n in range(40)]
    nodes, _ = collapsed([report_node("plain", -1), *marked], [])
    assert shown(nodes) == [f"m{n:02}" for n in range(36)]
    assert rest_of(nodes) == {"more:supports": 5}


def test_the_copies_of_a_report_that_is_counted_are_counted_with_it() -> None:
    reports = [report_node(f"r{n:02}", n) for n in range(14)]
    copies, links = copies_of("r13", 9)
    nodes, kept = collapsed([*reports, *copies], links)
    assert shown(nodes) == [f"r{n:02}" for n in range(12)]
    assert (rest_of(nodes), kept) == ({"more:supports": 11}, ())


@pytest.mark.parametrize(("count", "left", "rest"), [(9, 9, {}), (10, 8, {"more:sources": 2})])
def test_sources_that_told_most_are_shown(count: int, left: int, rest: dict[str, int]) -> None:
    reports = [report_node(name, n) for n, name in enumerate("ab")]
    people = [ChainNode(id=f"s{n}", role=ChainRole.PERSON) for n in range(count)]
    links = [one for node in people[:-2] for one in speaking(node.id, "a")]
    links += [one for node in people[-2:] for one in speaking(node.id, "a", "b")]
    nodes, _ = collapsed([*reports, *people], links)
    sources = [node.id for node in nodes if node.role is ChainRole.PERSON]
    assert len(sources) == left
    assert {one.id for one in people[-2:]} <= set(sources)
    assert rest_of(nodes) == rest
    assert [(node.side, node.stands_for) for node in nodes if node.role is ChainRole.MORE] == [
        (None, ChainRole.PERSON)
    ] * len(rest)


def test_who_told_only_what_is_not_shown_is_not_shown_either() -> None:
    reports = [report_node(f"r{n:02}", n) for n in range(14)]
    people = [ChainNode(id=name, role=ChainRole.PERSON) for name in ("heard", "lost")]
    nodes, links = collapsed([*reports, *people], [*speaking("heard", "r00"), *speaking("lost", "r13")])
    assert {"heard", "lost"} & {node.id for node in nodes} == {"heard"}
    assert [(link.source, link.target) for link in links] == [("heard", "r00")]


def test_the_earliest_stands_first() -> None:
    nodes, _ = collapsed(
        [report_node("late", 5), report_node("undated", published_at=None), report_node("early")], []
    )
    assert shown(nodes) == ["early", "late", "undated"]


def test_links_of_what_is_not_in_the_chain_count_and_show_nothing() -> None:
    copies, links = copies_of("wire", 6)
    ghosts = [
        ChainLink(source="wire", target="ghost", bond=ChainBond.COPY),
        ChainLink(source="ghost", target="wire", bond=ChainBond.AGENCY),
        *(ChainLink(source="lost", target=copy.id, bond=ChainBond.COPY) for copy in copies),
        ChainLink(source="lost", target="ghost", bond=ChainBond.COPY),
    ]
    nodes, kept = collapsed([report_node("wire"), *copies], [*links, *ghosts])
    assert (len(shown(nodes)), rest_of(nodes), list(kept)) == (7, {}, links)


def test_a_copy_that_is_not_in_the_chain_is_not_counted_below_another() -> None:
    copies, links = copies_of("wire", 7)
    ghost = ChainLink(source="wire 6", target="ghost", bond=ChainBond.COPY)
    nodes, _ = collapsed([report_node("wire"), *copies], [*links, ghost])
    assert rest_of(nodes) == {"more:wire": 2}


def test_a_copy_that_left_with_another_report_leaves_room() -> None:
    reports = [report_node(f"r{n:02}", n) for n in range(14)]
    copies, links = copies_of("r00", 7)
    both = ChainLink(source="r13", target="r00 7", bond=ChainBond.COPY)
    nodes, _ = collapsed([*reports, *copies], [*links, both])
    assert rest_of(nodes) == {"more:supports": 3}
    assert {f"r00 {n}" for n in range(1, 7)} <= set(shown(nodes))


def test_an_agency_that_nobody_prints_is_not_shown() -> None:
    agency, person = ChainNode(id="agency", role=ChainRole.AGENCY), ChainNode(id="person", role=ChainRole.PERSON)
    links = [*speaking("person", "agency", "r")]
    nodes, kept = collapsed([report_node("r"), agency, person], links)
    assert {node.id for node in nodes} == {"r", "person"}
    assert [(link.source, link.target) for link in kept] == [("person", "r")]
