"""A report in a few lines for an editor: what is disputed comes with who disputes it, the rest by number."""

from agent.chat.answering.citing import of_evidence
from agent.chat.answering.evidence_lines import evidence_line, listed, of_stance, report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, Label, Stance, has_unnamed_source, number_of
from agent.text.isolates import isolated_line

_MOST_DISPUTED = 5


def sum_up(sheet: Sheet) -> None:
    """Every claim is in it once: in full where it is contested or was not checked, else by its number."""
    report = report_of(sheet)
    title = report.article.title
    if title:
        sheet.tell("summary_of", title=isolated_line(title))
    sheet.tell("summary", claims=sheet.say.words.count("claims", len(report.claims)), **report.counts.model_dump())
    disputed = [one for one in report.claims if one.label is Label.CONTESTED]
    for finding in disputed[:_MOST_DISPUTED]:
        _show(sheet, finding)
    for finding in [one for one in report.claims if one.label is None]:
        sheet.show(finding)
    _number(sheet, Label.CONTESTED, disputed[_MOST_DISPUTED:])
    for label in (Label.CORROBORATED, Label.UNSOURCED):
        _number(sheet, label, [one for one in report.claims if one.label is label])
    unnamed = [one for one in report.claims if has_unnamed_source(one)]
    if unnamed:
        sheet.tell("summary_unnamed", numbers=_numbers(sheet, unnamed))
    if report.unread:
        sheet.tell("unread_part")
    sheet.tell("policy_in_short")


def _show(sheet: Sheet, finding: Finding) -> None:
    sheet.show(finding)
    for item in of_stance(finding, Stance.CONTRADICTS)[:1]:
        sheet.state(evidence_line(sheet, item), of_evidence(report_of(sheet), finding, item), finding=finding)


def _number(sheet: Sheet, label: Label, findings: list[Finding]) -> None:
    if findings:
        sheet.tell("summary_numbers", label=sheet.say.label(label), numbers=_numbers(sheet, findings))


def _numbers(sheet: Sheet, findings: list[Finding]) -> str:
    return listed(sheet, [number_of(one) for one in findings])
