"""The chain as a tree for each side, for what shows it line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.chain.records import COPYING, SOURCES, Chain, ChainBond, ChainLink, ChainNode, ChainSide
from agent.models import Frozen


class OtherParent(Frozen):
    """A second source of a node, which stands elsewhere in the tree."""

    bond: ChainBond
    node: ChainNode


class TreeBranch(Frozen):
    """A node, and the `bond` to the node above it: whom it has its words from. `beside` are its other sources."""

    node: ChainNode
    bond: ChainBond | None
    beside: tuple[OtherParent, ...] = ()
    children: "tuple[TreeBranch, ...]" = ()


class SideBranches(Frozen):
    """The branches of one side. `side` is None for sources of which only the number is known."""

    side: ChainSide | None
    branches: tuple[TreeBranch, ...]


def branches(chain: Chain) -> tuple[SideBranches, ...]:
    """Every node of every side, under its source, its agency or the report that it copies. Whoever speaks on several
    sides stands in each."""
    nodes = {node.id: node for node in chain.nodes}
    parents = _parents(nodes, chain.links)
    items = []
    for side in ChainSide:
        mine = [node for node in chain.nodes if node.side is side]
        if mine:
            items.append(SideBranches(side=side, branches=_side(mine, nodes, parents, chain.links)))
    rest = tuple(TreeBranch(node=node, bond=None) for node in chain.nodes if node.side is None and node.more)
    return (*items, SideBranches(side=None, branches=rest)) if rest else tuple(items)


def depth_first(some: Iterable[TreeBranch], depth: int = 0) -> Iterator[tuple[int, TreeBranch]]:
    """The branches one after the other, each with its depth in the tree, from 0."""
    for branch in some:
        yield depth, branch
        yield from depth_first(branch.children, depth + 1)


def _parents(nodes: Mapping[str, ChainNode], links: Sequence[ChainLink]) -> dict[str, ChainLink]:
    """The one link by which each node hangs: a report copies before it credits, and credits before it repeats. Where
    several sources speak in one it hangs under none of them."""
    by_target: dict[str, list[ChainLink]] = {}
    for link in links:
        if _hangs(nodes[link.source], nodes[link.target]):
            by_target.setdefault(link.target, []).append(link)
    parents = {}
    for target, some in by_target.items():
        first = min(some, key=lambda link: _rank(nodes[link.source], link))
        if len(some) == 1 or nodes[first.source].role not in SOURCES:
            parents[target] = first
    return parents


def _rank(source: ChainNode, link: ChainLink) -> int:
    if link.bond in COPYING:
        return 0
    return 2 if source.role in SOURCES else 1


def _hangs(source: ChainNode, target: ChainNode) -> bool:
    return source.side is None or source.side is target.side


def _side(
    mine: Sequence[ChainNode],
    nodes: Mapping[str, ChainNode],
    parents: Mapping[str, ChainLink],
    links: Sequence[ChainLink],
) -> tuple[TreeBranch, ...]:
    children: dict[str | None, list[str]] = {}
    shown: set[str] = set()
    into: dict[str, list[ChainLink]] = {}
    for link in links:
        into.setdefault(link.target, []).append(link)
    for node in mine:
        above: str | None = node.id
        while above is not None and above not in shown:
            shown.add(above)
            hung = parents.get(above)
            children.setdefault(hung.source if hung else None, []).append(above)
            above = hung.source if hung else None

    def branch(node_id: str) -> TreeBranch:
        link = parents.get(node_id)
        others = [one for one in into.get(node_id, ()) if one is not link]
        return TreeBranch(
            node=nodes[node_id],
            bond=link.bond if link else None,
            beside=tuple(OtherParent(bond=one.bond, node=nodes[one.source]) for one in others),
            children=tuple(branch(one) for one in children.get(node_id, ())),
        )

    return tuple(branch(one) for one in children.get(None, ()))
