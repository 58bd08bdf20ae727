"""What would be too much to look at stands together as one node that says how many it is."""

from collections.abc import Iterable, Iterator, Sequence

from agent.chain.records import COPYING, SOURCES, ChainBond, ChainLink, ChainNode, ChainRole, ChainSide
from agent.chain.weaving import in_time

# One more is shown itself: that takes no more room than to say that it is there.
_MOST_COPIES = 5
_MOST_REPORTS = 12
_MOST_SOURCES = 8
# Of marked ones so many times as many are shown.
_MARKED = 3


def collapsed(
    nodes: Iterable[ChainNode], links: Sequence[ChainLink]
) -> tuple[tuple[ChainNode, ...], tuple[ChainLink, ...]]:
    """The chain with so many copies of a report, reports of a side and sources as can be looked at, by time. What
    changed something or was taken back is the last to be only counted."""
    known = {node.id: node for node in in_time(nodes)}
    made: list[ChainLink] = []
    for gone, stand_in, link in [*_too_many(known, links)]:
        for one in gone:
            known.pop(one, None)
        known[stand_in.id] = stand_in
        made += [link] if link is not None else []
    kept = [link for link in links if link.source in known and link.target in known]
    reached = {link.source for link in kept}
    # A source or an agency is shown only beside what comes from it.
    idle = {node.id for node in known.values() if node.side is None and node.id not in reached and not node.more}
    left = [link for link in kept if link.source not in idle and link.target not in idle]
    return tuple(node for node in known.values() if node.id not in idle), (*left, *made)


# What is not shown, the node that stands for it, and the link by which that hangs.
_StandIn = tuple[list[str], ChainNode, ChainLink | None]


def _too_many(known: dict[str, ChainNode], links: Sequence[ChainLink]) -> Iterator[_StandIn]:
    children: dict[str, list[str]] = {}
    for link in links:
        if link.bond in COPYING:
            children.setdefault(link.source, []).append(link.target)
    gone: set[str] = set()
    yield from _reports(known, children, gone)
    yield from _copies(known, children, gone)
    yield from _sources(known, links)


def _reports(known: dict[str, ChainNode], children: dict[str, list[str]], gone: set[str]) -> Iterator[_StandIn]:
    """Of each side so many reports, with their copies. What is left out is added to `gone`."""
    for side in ChainSide:
        reports = [node for node in known.values() if node.side is side and _is_report(node)]
        if len(reports) > _MOST_REPORTS + 1:
            left = _least(reports, _MOST_REPORTS)
            family = _with_copies([node.id for node in left], children)
            gone |= set(family)
            yield family, _more(f"more:{side}", side, family, known, ChainRole.OUTLET), None


def _copies(known: dict[str, ChainNode], children: dict[str, list[str]], gone: set[str]) -> Iterator[_StandIn]:
    """Of each report so many copies. What is left out is added to `gone`."""
    for parent, copies in children.items():
        shown = [known[one] for one in copies if one in known and one not in gone]
        if parent in known and parent not in gone and len(shown) > _MOST_COPIES + 1:
            counted = [node for node in shown if node.role is ChainRole.MORE]
            left = [*_least([node for node in shown if node not in counted], _MOST_COPIES), *counted]
            family = _with_copies([node.id for node in left], children)
            gone |= set(family)
            node = _more(f"more:{parent}", known[parent].side, family, known, ChainRole.COPY)
            yield family, node, ChainLink(source=parent, target=node.id, bond=ChainBond.COPY)


def _sources(known: dict[str, ChainNode], links: Sequence[ChainLink]) -> Iterator[_StandIn]:
    """So many sources: those that speak most often."""
    sources = [node for node in known.values() if node.role in SOURCES]
    if len(sources) > _MOST_SOURCES + 1:
        spoken = {one.id: sum(link.source == one.id for link in links) for one in sources}
        left = sorted(sources, key=lambda node: -spoken[node.id])[_MOST_SOURCES:]
        family = [node.id for node in left]
        yield family, _more("more:sources", None, family, known, ChainRole.PERSON), None


def _is_report(node: ChainNode) -> bool:
    return node.role in (ChainRole.OUTLET, ChainRole.AGENCY) and node.document_id is not None


def _least(nodes: Sequence[ChainNode], most: int) -> list[ChainNode]:
    """Those that are not shown: the latest of those that count for least."""
    ranked = sorted(nodes, key=lambda node: (not _is_marked(node), not node.independent))
    return [node for n, node in enumerate(ranked) if n >= most and (n >= most * _MARKED or not _is_marked(node))]


def _is_marked(node: ChainNode) -> bool:
    return bool(node.changed) or node.corrected


def _with_copies(roots: Sequence[str], children: dict[str, list[str]]) -> list[str]:
    found, waiting = dict.fromkeys(roots), list(roots)
    while waiting:
        for copy in children.get(waiting.pop(), ()):
            if copy not in found:
                found[copy] = None
                waiting.append(copy)
    return list(found)


def _more(
    name: str, side: ChainSide | None, gone: Sequence[str], known: dict[str, ChainNode], what: ChainRole
) -> ChainNode:
    counted = sum(known[one].more or 1 for one in gone if one in known)
    number = next((known[one].number for one in gone if one in known), None)
    return ChainNode(
        id=name,
        role=ChainRole.MORE,
        side=side,
        number=number,
        independent=False,
        more=counted,
        stands_for=what,
    )
