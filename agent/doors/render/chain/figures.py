"""The chain of transmission as pages show it: the picture, and the same as a list for whoever does not see it."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from agent.chain import Chain, ChainNode, ChainWording, TreeBranch, branches, chain_of_claim, chain_of_report
from agent.doors.render.chain.drawing import LinkOf, draw_chain
from agent.messages import Words
from agent.models import Finding, Report
from agent.text import visible

_ISOLATES = {"\u2068": Markup("<bdi>"), "\u2066": Markup('<bdi dir="ltr">'), "\u2069": Markup("</bdi>")}
_MARK = re.compile(f"([{''.join(_ISOLATES)}])")


@dataclass(frozen=True)
class ListedSide:
    name: str
    branches: tuple[TreeBranch, ...]


@dataclass(frozen=True)
class ChainFigure:
    """`picture` is ours: every foreign text in it was made inert when it was drawn."""

    heading: str
    picture: Markup
    sides: tuple[ListedSide, ...]
    say: ChainWording
    link_of: LinkOf

    def line(self, branch: TreeBranch) -> Markup:
        """What the list says of a node; names keep their own direction by markup."""
        pieces = _MARK.split(self.say.line(branch))
        return Markup("").join(_ISOLATES.get(piece, visible(piece)) for piece in pieces)


def figure_of(chain: Chain, words: Words, link_of: LinkOf, name: str) -> ChainFigure:
    """`name` is no other's on the page: ids in the picture begin with it."""
    say = ChainWording(words)
    return ChainFigure(
        heading=say.heading(chain),
        picture=Markup(draw_chain(chain, words, link_of, name=name)),  # made by our own code alone
        sides=tuple(ListedSide(say.side(one.side, chain), one.branches) for one in branches(chain)),
        say=say,
        link_of=link_of,
    )


def figure_of_claim(report: Report, finding: Finding, words: Words, link_of: LinkOf) -> ChainFigure | None:
    """None where nobody but the article tells of it: there is no chain to look at."""
    chain = chain_of_claim(report, finding)
    return figure_of(chain, words, link_of, f"chain-{chain.number}") if chain.is_retold else None


def figure_of_report(report: Report, words: Words, link_of: LinkOf) -> ChainFigure | None:
    """As `figure_of_claim`, for the whole article."""
    chain = chain_of_report(report)
    return figure_of(chain, words, link_of, "chain-all") if chain.is_retold else None


def place_on_page(node: ChainNode) -> str | None:
    """Where the words of a node stand on a page that shows everything: its evidence, or its claim."""
    if node.number is None:
        return None
    if node.evidence is not None:
        return f"#evidence-{node.number}-{node.evidence + 1}"
    return f"#claim-{node.number}"
