"""Nodes as they are woven, and the tree that is told of them: by which one link each node hangs."""

from agent.chain.records import Chain, ChainBond, ChainLink, ChainNode, ChainRole, ChainSide
from agent.chain.tree import TreeBranch, branches
from agent.chain.weaving import Weaver
from agent.models import Attribution, Bond, SourceType
from tests.chain.stories import report_document, telling
from tests.chain.test_collapsing import report_node


def _named(speaker: str | None, role: str | None = None) -> Attribution:
    return Attribution(speaker=speaker, role=role, source=SourceType.NAMED)


def test_one_name_is_one_source_and_nobody_s_name_a_new_one_for_each_claim() -> None:
    weaver = Weaver()
    sources = [
        weaver.source(one, number, "en")
        for number, one in enumerate(
            [_named("Ola Strand", "mayor"), _named("OLA STRAND"), _named(None), _named(None)]
        )
    ]
    assert sources[0] == sources[1]
    assert len(set(sources)) == 3
    assert weaver.source(Attribution(source=SourceType.OUTLET), 1, "en") is None


def test_who_has_a_role_and_no_name_is_called_by_it() -> None:
    weaver = Weaver()
    node = weaver.nodes[weaver.source(_named(None, "the mayor"), 1, "en") or ""]
    assert (node.name, node.title) == ("the mayor", None)
    known = weaver.nodes[weaver.source(_named("Ola Strand", "mayor"), 1, "en") or ""]
    assert (known.name, known.title) == ("Ola Strand", "mayor")


def test_only_what_copies_something_hangs_as_a_copy() -> None:
    weaver = Weaver()
    wire = report_document("Wire")
    weaver.add(report_node(wire.id))
    echo, credited, lost = report_document("Echo", 1), report_document("Credited", 2), report_document("Lost", 3)
    weaver.copies(
        [
            telling(echo, Bond.COPY, wire.id),
            telling(credited, Bond.CREDITS_AGENCY, wire.id),
            telling(lost, Bond.COPY),
        ],
        {},
    )
    assert list(weaver.nodes) == [wire.id, echo.id]


def test_only_a_copy_that_is_there_without_its_changes_is_given_them() -> None:
    weaver = Weaver()
    wire, echo = report_document("Wire"), report_document("Echo", 1)
    own, marked = report_document("Own", 2), report_document("Marked", 3)
    weaver.add(report_node(wire.id))
    weaver.add(report_node(echo.id, role=ChainRole.COPY))
    weaver.add(report_node(own.id))
    weaver.add(report_node(marked.id, role=ChainRole.COPY, changed=("1 → 2",)))
    weaver.copies(
        [telling(one, Bond.COPY, wire.id) for one in (echo, own, marked)],
        dict.fromkeys((echo.id, own.id, marked.id), ("17 → 71",)),
    )
    assert {one: weaver.nodes[one].changed for one in (echo.id, own.id, marked.id)} == {
        echo.id: ("17 → 71",),
        own.id: (),
        marked.id: ("1 → 2",),
    }
    assert weaver.links == []


def _chain(nodes: list[ChainNode], links: list[ChainLink]) -> Chain:
    return Chain(run_id="r", number=1, text="", language="en", nodes=tuple(nodes), links=tuple(links))


def _link(source: str, bond: ChainBond, target: str = "report") -> ChainLink:
    return ChainLink(source=source, target=target, bond=bond)


def _hung(nodes: list[ChainNode], *links: ChainLink) -> tuple[str | None, list[str]]:
    """Under whom the report stands, and who is told beside it."""
    (side,) = branches(_chain([*nodes, report_node("report", 9)], list(links)))

    def found(some: tuple[TreeBranch, ...], above: str | None) -> tuple[str | None, list[str]] | None:
        for one in some:
            if one.node.id == "report":
                return above, [other.node.id for other in one.beside]
            if (deeper := found(one.children, one.node.id)) is not None:
                return deeper
        return None

    result = found(side.branches, None)
    assert result is not None
    return result


PEOPLE = [ChainNode(id=name, role=ChainRole.PERSON) for name in ("ola", "ida")]
AGENCY = ChainNode(id="agency", role=ChainRole.AGENCY)
WIRE = report_node("wire")


def test_a_report_hangs_under_what_it_copies_before_whom_it_credits_before_who_speaks_in_it() -> None:
    says = _link("ola", ChainBond.SAYS)
    credits = _link("agency", ChainBond.AGENCY)
    copies = _link("wire", ChainBond.SHORTENED)
    assert _hung([PEOPLE[0]], says) == ("ola", [])
    assert _hung([PEOPLE[0], AGENCY], says, credits) == ("agency", ["ola"])
    assert _hung([PEOPLE[0], AGENCY, WIRE], says, credits, copies) == ("wire", ["ola", "agency"])


def test_where_several_speak_it_hangs_under_none_of_them() -> None:
    assert _hung(PEOPLE, *(_link(one.id, ChainBond.SAYS) for one in PEOPLE)) == (None, ["ola", "ida"])


def test_a_report_of_another_side_stands_beside_and_not_above() -> None:
    other = report_node("other", side=ChainSide.CONTRADICTS)
    sides = branches(_chain([other, report_node("report")], [_link("other", ChainBond.COPY)]))
    (branch,) = next(side.branches for side in sides if side.side is ChainSide.SUPPORTS)
    assert (branch.bond, [one.node.id for one in branch.beside]) == (None, ["other"])


def test_sources_that_are_only_counted_stand_last_without_a_side() -> None:
    counted = ChainNode(id="more:sources", role=ChainRole.MORE, more=3, stands_for=ChainRole.PERSON)
    copies = ChainNode(id="more:report", role=ChainRole.MORE, side=ChainSide.SUPPORTS, more=2)
    sides = branches(_chain([report_node("report"), counted, copies, PEOPLE[0]], []))
    assert [side.side for side in sides] == [ChainSide.SUPPORTS, None]
    assert [one.node.id for one in sides[-1].branches] == ["more:sources"]
    assert [side.side for side in branches(_chain([report_node("report")], []))] == [ChainSide.SUPPORTS]
