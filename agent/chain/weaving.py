"""The nodes and links of a chain while it is built. Each is added once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from agent.chain.records import ChainBond, ChainLink, ChainNode, ChainRole, ChainSide
from agent.models import ARTICLE, Article, Attribution, Bond, ChangedCopy, Evidence, SourceType, Stance, Telling
from agent.text import fold

_ROLES = {
    SourceType.NAMED: ChainRole.PERSON,
    SourceType.INSTITUTION: ChainRole.INSTITUTION,
    SourceType.ANONYMOUS: ChainRole.ANONYMOUS,
    SourceType.GROUP: ChainRole.GROUP,
}
SIDES = {
    Stance.CONTRADICTS: ChainSide.CONTRADICTS,
    Stance.SUPPORTS: ChainSide.SUPPORTS,
    Stance.QUALIFIES: ChainSide.QUALIFIES,
}
COPIES = {
    Bond.COPY: ChainBond.COPY,
    Bond.SHORTENED: ChainBond.SHORTENED,
    Bond.LENGTHENED: ChainBond.LENGTHENED,
    Bond.SAME_PAGE: ChainBond.SAME_PAGE,
}
_LAST = datetime.max.replace(tzinfo=UTC)


class Weaver:
    """Collects the nodes and links of one chain while a report is read."""

    def __init__(self) -> None:
        self.nodes: dict[str, ChainNode] = {}
        self._links: dict[tuple[str, str], ChainLink] = {}

    def __contains__(self, node_id: str) -> bool:
        return node_id in self.nodes

    @property
    def links(self) -> list[ChainLink]:
        return list(self._links.values())

    def add(self, node: ChainNode) -> str:
        """Adds a node and returns its id. A node that is there already under that id stays as it is."""
        return self.nodes.setdefault(node.id, node).id

    def change(self, node_id: str, **values: object) -> None:
        """Replaces fields of a node. Raises `KeyError` for an id that is not there."""
        self.nodes[node_id] = self.nodes[node_id].model_copy(update=values)

    def link(self, source: str, target: str, bond: ChainBond) -> None:
        """Adds a link, unless the two are linked already or are one node."""
        if source != target:
            self._links.setdefault((source, target), ChainLink(source=source, target=target, bond=bond))

    def article(self, article: Article) -> str:
        """Adds the article itself and returns its id."""
        return self.add(
            ChainNode(
                id=ARTICLE,
                role=ChainRole.ARTICLE,
                side=ChainSide.ARTICLE,
                name=article.outlet,
                title=article.title,
                url=article.url,
                published_at=article.published_at,
                language=article.language,
            )
        )

    def source(self, said: Attribution, number: int, language: str) -> str | None:
        """Adds whoever speaks and returns their id; None where the outlet itself speaks. Sources of one name are one
        node. A source without a name is a node of its own for each claim, by the claim's `number`."""
        role = _ROLES.get(said.source)
        if role is None:
            return None
        name = said.speaker or said.role
        title = said.role if said.speaker else None
        known = fold(name or "").strip() or str(number)
        return self.add(
            ChainNode(
                id=f"source:{role}:{known}", role=role, name=name, title=title, number=number, language=language
            )
        )

    def copies(self, tellings: Sequence[Telling], changed: Mapping[str, tuple[str, ...]]) -> None:
        """Adds the copies among some tellings under what they copy, where that is in the chain, and then the copies
        of these. `changed` gives what a copy has otherwise, by its document."""
        by_parent: dict[str, list[Telling]] = {}
        for telling in tellings:
            if telling.why in COPIES and telling.of is not None:
                by_parent.setdefault(telling.of, []).append(telling)
        ready = [parent for parent in by_parent if parent in self]
        while ready:
            for telling in by_parent.pop(parent := ready.pop(), ()):
                self._copy(telling, parent, changed.get(telling.document_id, ()))
                ready.append(telling.document_id)

    def _copy(self, telling: Telling, parent: str, changed: tuple[str, ...]) -> None:
        known = self.nodes.get(telling.document_id)
        if known is None:
            self.add(copy_of(telling, self.nodes[parent]).model_copy(update={"changed": changed}))
            self.link(parent, telling.document_id, COPIES[telling.why])
        elif known.role is ChainRole.COPY and not known.changed:
            # It hangs where it hangs: copies make no circle.
            self.change(telling.document_id, changed=changed)


def copy_of(value: Telling | ChangedCopy, parent: ChainNode) -> ChainNode:
    """The node of a copy. It stands on the side of the report that it copies, with the claim's number and the
    evidence of that report."""
    return ChainNode(
        id=value.document_id,
        role=ChainRole.COPY,
        side=parent.side,
        name=value.outlet,
        title=value.title,
        document_id=value.document_id,
        url=value.url,
        published_at=value.published_at,
        language=value.language,
        number=parent.number,
        evidence=parent.evidence,
        independent=False,
    )


def report_of_witness(item: Evidence, role: ChainRole, side: ChainSide, number: int, place: int) -> ChainNode:
    """The node of a report that was judged. `number` is that of the claim, `place` that of the item among the claim's
    evidence, from 0."""
    passage = item.passage
    return ChainNode(
        id=passage.document_id,
        role=role,
        side=side,
        name=passage.outlet,
        title=passage.title,
        document_id=passage.document_id,
        url=passage.url,
        published_at=passage.published_at,
        language=passage.language,
        number=number,
        evidence=place,
        independent=item.independent,
        corrected=item.corrected,
    )


def in_time(nodes: Iterable[ChainNode]) -> list[ChainNode]:
    """The nodes by their date of publication, the earliest first. What has no date comes last."""
    return sorted(nodes, key=lambda node: node.published_at or _LAST)


def changes_of(copies: Iterable[ChangedCopy]) -> dict[str, tuple[str, ...]]:
    """What each copy has otherwise than the report that it copies, by its document, as "17 → 71"."""
    fields: dict[str, tuple[str, ...]] = {}
    for one in copies:
        fields[one.document_id] = (*fields.get(one.document_id, ()), f"{one.told} → {one.says}")
    return fields


def strongest(stances: Iterable[Stance]) -> ChainSide | None:
    """The side on which a report stands that says something of several claims: contradiction before support, support
    before qualification. None where it says nothing."""
    said = set(stances)
    return next((side for stance, side in SIDES.items() if stance in said), None)
