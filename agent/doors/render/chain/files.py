"""The chain of transmission as a file of its own: nodes lead to where their texts stand in the web."""

from agent.chain import Chain, chain_of_claim, chain_of_report
from agent.doors.render.chain.drawing import draw_chain
from agent.doors.render.look import web_address
from agent.errors import UnknownClaim
from agent.messages import load_words
from agent.models import Report


def chain_of(report: Report, claim_id: str | None) -> Chain:
    """Of a claim, or of the whole article where none is named. Raises `UnknownClaim`."""
    if claim_id is None:
        return chain_of_report(report)
    finding = next((one for one in report.claims if one.id == claim_id), None)
    if finding is None:
        known = ", ".join(one.id for one in report.claims) or "none"
        raise UnknownClaim(f"run {report.run_id!r} has no claim {claim_id!r}; it has {known}")
    return chain_of_claim(report, finding)


def chain_file(chain: Chain, language: str | None = None) -> str:
    """SVG, whole in itself, in a language: by default that of the article where it is spoken here."""
    words = load_words(language or chain.language)
    return draw_chain(chain, words, lambda node: web_address(node.url), alone=True)
