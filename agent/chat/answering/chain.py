"""Answers who told whom, line by line. Each line cites the words of the report that it speaks of, or of the claim."""

from agent.chain import (
    Chain,
    ChainNode,
    ChainRole,
    ChainWording,
    TreeBranch,
    branches,
    chain_of_claim,
    chain_of_report,
)
from agent.chain.tree import depth_first
from agent.chat.answering.citing import of_article, of_evidence
from agent.chat.answering.sheet import Sheet
from agent.chat.records import ChainShown, Citation
from agent.models import Finding, Report, number_of


def show_chain(sheet: Sheet, finding: Finding) -> None:
    """Adds the chain of one claim to the answer."""
    assert sheet.report is not None
    sheet.claim_ids.append(finding.id)
    _show(sheet, sheet.report, chain_of_claim(sheet.report, finding))


def show_chain_of_all(sheet: Sheet) -> None:
    """Adds the chain of the whole article to the answer."""
    assert sheet.report is not None
    _show(sheet, sheet.report, chain_of_report(sheet.report))


def _show(sheet: Sheet, report: Report, chain: Chain) -> None:
    say = ChainWording(sheet.say.words)
    sheet.tell_line(say.heading(chain))
    arrow = "←" if sheet.say.words.direction == "rtl" else "→"
    for side in branches(chain):
        sheet.tell_line(f"{say.side(side.side, chain)}{sheet.say.words.colon.rstrip()}")
        for depth, branch in depth_first(side.branches):
            sheet.state(f"{arrow} " * depth + say.line(branch), _words_of(report, chain, branch))
    if chain.is_retold:
        sheet.chains.append(ChainShown(number=chain.number))
    else:
        sheet.tell_line(sheet.say.words("chain.nobody"))


def _words_of(report: Report, chain: Chain, branch: TreeBranch) -> Citation | None:
    """Of a source or an agency: the words of the first text below that prints them. The article prints the claim."""
    printed = next((one.node for _, one in depth_first([branch]) if _prints(one.node)), None)
    numbers = (printed.number if printed is not None else None, branch.node.number, chain.number)
    number = next((one for one in numbers if one is not None), None)
    if number is None:
        return _opening(report)
    finding = next(one for one in report.claims if number_of(one) == number)
    if printed is None or printed.evidence is None:
        return of_article(report, finding)
    return of_evidence(report, finding, finding.evidence[printed.evidence])


def _prints(node: ChainNode) -> bool:
    return node.evidence is not None or node.role is ChainRole.ARTICLE


def _opening(report: Report) -> Citation | None:
    return of_article(report, report.claims[0]) if report.claims else None
