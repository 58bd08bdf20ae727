"""The chain of transmission as a tree of lines, for a terminal or a file."""

from io import StringIO

from agent.chain import Chain, ChainSide, ChainWording, branches
from agent.chain.tree import depth_first
from agent.doors.render.bidi import Base
from agent.doors.render.column import Column
from agent.doors.render.paper import build_paper
from agent.doors.render.screen import Screen
from agent.messages import Words

_STYLES = {
    ChainSide.ARTICLE: "bold",
    ChainSide.CONTRADICTS: "bold red",
    ChainSide.SUPPORTS: "bold cyan",
    ChainSide.QUALIFIES: "bold yellow",
}
_STEP = 3


def render_chain_text(chain: Chain, words: Words, screen: Screen) -> str:
    """Each side with its sources, agencies, reports and copies, one under whom it has it from."""
    say = ChainWording(words)
    base: Base = "R" if words.direction == "rtl" else "L"
    column = Column(screen.width, screen.order)
    column.add(say.heading(chain), "bold", base=base)
    if chain.text:
        column.add(chain.text, "")
    for side in branches(chain):
        style = _STYLES.get(side.side, "bold") if side.side else "bold"
        column.add(say.side(side.side, chain), style, base=base)
        for depth, branch in depth_first(side.branches):
            # The order of a line turns no corners round.
            corner = "┘" if base == "R" else "└"
            column.add(f"{corner} {say.line(branch)}", "", base=base, indent=_STEP * depth + 2, clean=False)
    if not chain.is_retold:
        column.add(words("chain.nobody"), "dim", base=base)
    out = StringIO()
    build_paper(screen, out).print(column.text, soft_wrap=True)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
