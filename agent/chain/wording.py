"""The chain in words: what a list, a terminal, a chat and a program that reads the picture aloud say of it."""

from collections.abc import Iterator
from datetime import UTC

from agent.chain.records import Chain, ChainBond, ChainNode, ChainRole, ChainSide
from agent.chain.tree import TreeBranch
from agent.messages import Words
from agent.models import ARTICLE, Stance, When
from agent.text.isolates import isolated, left_to_right, visible_line
from agent.verify.evidence import when

_SOURCES = {
    ChainRole.PERSON: "source.named",
    ChainRole.INSTITUTION: "source.institution",
    ChainRole.ANONYMOUS: "source.anonymous",
    ChainRole.GROUP: "source.group",
}
_MORE: dict[ChainRole | None, str] = {ChainRole.COPY: "chain.more_copies", ChainRole.OUTLET: "chain.more_reports"}
_SIGNS = {Stance.SUPPORTS: "+", Stance.CONTRADICTS: "≠", Stance.QUALIFIES: "~"}
_ARROW = " → "
_LONGEST = 200


class ChainWording:
    """Foreign text in a line stands apart, so that it cannot turn what stands beside it."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def heading(self, chain: Chain) -> str:
        if chain.number is None:
            return self.words("chain.of_article")
        return self.words("chain.of_claim", number=chain.number)

    def summary(self, chain: Chain) -> str:
        """How many stand on which side, in a sentence."""
        counted = []
        for side in (ChainSide.CONTRADICTS, ChainSide.SUPPORTS, ChainSide.QUALIFIES, ChainSide.ARTICLE):
            number = sum(node.more or 1 for node in chain.nodes if node.side is side)
            if number:
                counted.append(f"{self.side(side, chain)}{self.words.colon}{self.words.number(number)}")
        return self.words("comma").join(counted)

    def side(self, side: ChainSide | None, chain: Chain) -> str:
        if side is None:
            return self.words("chain.sources")
        if side is ChainSide.ARTICLE:
            return self.words("chain.article")
        return self.words(f"chain.whole.{side.value}" if chain.number is None else f"stance.{side.value}")

    def name(self, node: ChainNode) -> str:
        """On one line, harmless, of bounded length."""
        if node.role is ChainRole.MORE:
            return self.words.count(_MORE.get(node.stands_for, "chain.more_sources"), node.more)
        known = node.name if node.role in _SOURCES else node.name or node.title
        if line := one_line(known):
            return line
        if node.role in _SOURCES:
            return self.words(_SOURCES[node.role])
        return self.words("this_article" if node.role is ChainRole.ARTICLE else "unknown_outlet")

    def role(self, node: ChainNode) -> str:
        """What somebody is; nothing where the name says so already."""
        if node.role in _SOURCES:
            return self.words(_SOURCES[node.role]) if node.name else ""
        if node.role in (ChainRole.AGENCY, ChainRole.HOUSE):
            return self.words(f"chain.{node.role.value}")
        if node.role is ChainRole.ARTICLE:
            own = node.side is ChainSide.ARTICLE
            return self.words("this_article" if own else "elsewhere_in_article")
        return ""

    def title(self, node: ChainNode) -> str:
        """Of a source: what the article calls it besides its name."""
        return one_line(node.title)

    def _change(self, change: str) -> str:
        """From left to right whatever the script, as the arrow points; what stands beside it in its own direction."""
        parts = map(one_line, change.split(_ARROW))
        return left_to_right(_ARROW.join(map(isolated, parts)))

    def when(self, node: ChainNode, chain: Chain) -> str:
        """How its day lies to the article's; nothing where one of them is not known."""
        own = next((one.published_at for one in chain.nodes if one.id == ARTICLE), None)
        found = when(own, node.published_at)
        return "" if found is When.UNKNOWN else self.words(f"when.{found.value}")

    def day(self, node: ChainNode) -> str:
        return self.words.date(node.published_at.astimezone(UTC).date()) if node.published_at else ""

    def standing(self, node: ChainNode) -> str:
        """That a report counts for nothing; nothing for what is expected to: copies, and the article itself."""
        uncounted = node.document_id and not node.independent and node.role in (ChainRole.OUTLET, ChainRole.AGENCY)
        return self.words("counted_not") if uncounted else ""

    def marks(self, node: ChainNode) -> list[str]:
        """What must not be overlooked: that it was taken back, and what a copy has otherwise."""
        return [self.words("corrected")] * node.corrected + [self._change(one) for one in node.changed]

    def stances(self, node: ChainNode) -> str:
        """Of which claims it says what, in signs: "+1 ≠3". A copy of the article says what the article says."""
        if node.role is ChainRole.COPY:
            return ""
        return " ".join(left_to_right(f"{_SIGNS[one.stance]}{one.number}") for one in node.stances)

    def bond(self, bond: ChainBond) -> str:
        return self.words(f"chain.bond.{bond.value}")

    def line(self, branch: TreeBranch) -> str:
        """Everything about a node, in one line."""
        node = branch.node
        if node.role is ChainRole.MORE:
            return self.name(node)
        name, role = self.name(node), self.role(node)
        items = [isolated(name), role if role != name else "", self.day(node)]
        if branch.bond not in (None, ChainBond.SAYS):
            items.append(self.bond(branch.bond))
        items += self._beside(branch)
        items += [self.words("corrected")] * node.corrected + [self.standing(node), self.stances(node)]
        if node.changed:
            changed = "; ".join(map(self._change, node.changed))
            items.append(f"{self.words('told_otherwise')}{self.words.colon}{changed}")
        return " · ".join(filter(None, items))

    def _beside(self, branch: TreeBranch) -> Iterator[str]:
        """From whom else it has it; this article names itself."""
        named: dict[ChainBond, list[str]] = {}
        for one in branch.beside:
            own = one.node.role is ChainRole.ARTICLE
            named.setdefault(one.bond, []).extend([] if own else [isolated(self.name(one.node))])
        for bond, names in named.items():
            text = self.words("comma").join(names)
            yield f"{self.bond(bond)}{self.words.colon}{text}" if text else self.bond(bond)


def one_line(text: str | None) -> str:
    """A text as one harmless line of at most 200 characters; of none an empty one."""
    line = visible_line(text or "")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
