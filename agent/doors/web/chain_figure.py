"""The chain of transmission on pages of the service: its nodes lead to the words, among the evidence of a claim."""

from functools import partial

from agent.chain import ChainNode, ChainRole
from agent.doors.render.chain.figures import ChainFigure, figure_of_claim, figure_of_report
from agent.messages import Words
from agent.models import Finding, Report


def figure_on_page(report: Report, finding: Finding | None, words: Words, place: str) -> ChainFigure | None:
    """The picture of a chain for a page, or None where nobody but the article says it. Its nodes lead to the
    evidence."""
    link_of = partial(_place_of, place)
    if finding is None:
        return figure_of_report(report, words, link_of)
    return figure_of_claim(report, finding, words, link_of)


def _place_of(place: str, node: ChainNode) -> str | None:
    """Where its words are shown: among the evidence of its claim."""
    if node.number is None or node.role is ChainRole.MORE:
        return None
    words = f"evidence-{node.number}-{node.evidence + 1}" if node.evidence is not None else "evidence"
    return f"{place}?claim={node.number}#{words}"
