"""Nodes and links as they are put in, each once."""

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
    """Grows while a chain is read from a report."""

    def __init__(self) -> None:
        self.nodes: dict[str, ChainNode] = {}
        self._links: dict[tuple[str, str], ChainLink] = {}

    def __contains__(self, node_id: str) -> bool:
        return node_id in self.nodes

    @property
    def links(self) -> list[ChainLink]:
        return list(self._links.values())

    def add(self, node: ChainNode) -> str:
        """What was there first stays."""
        return self.nodes.setdefault(node.id, node).id

    def change(self, node_id: str, **values: object) -> None:
        self.nodes[node_id] = self.nodes[node_id].model_copy(update=values)

    def link(self, source: str, target: str, bond: ChainBond) -> None:
        if source != target:
            self._links.setdefault((source, target), ChainLink(source=source, target=target, bond=bond))

    def article(self, article: Article) -> str:
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
        """Who speaks; None where the outlet does. The same name is the same source, nobody's name is a new one."""
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
        """The copies among some tellings, of whatever is there already, and the copies of these in turn."""
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
    """A copy as a node under the report that it copies: on its side, with its number and evidence."""
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
    """The report of a witness as a node: `number` is that of its origin, `place` that of its evidence."""
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
    """The earliest first; what has no date comes last."""
    return sorted(nodes, key=lambda node: node.published_at or _LAST)


def changes_of(copies: Iterable[ChangedCopy]) -> dict[str, tuple[str, ...]]:
    """What each copy has otherwise, by its document."""
    fields: dict[str, tuple[str, ...]] = {}
    for one in copies:
        fields[one.document_id] = (*fields.get(one.document_id, ()), f"{one.told} → {one.says}")
    return fields


def strongest(stances: Iterable[Stance]) -> ChainSide | None:
    """A report that contradicts one claim and supports others stands on the side of contradiction."""
    said = set(stances)
    return next((side for stance, side in SIDES.items() if stance in said), None)
