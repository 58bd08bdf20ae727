"""How many claims there are, of one label or of each."""

from agent.chat.answering.evidence_lines import report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Label


def count(sheet: Sheet, label: Label | None, *, other: bool = False) -> None:
    report = report_of(sheet)
    if label is None:
        claims = sheet.say.words.count("claims", len(report.claims))
        sheet.tell("summary", claims=claims, **report.counts.model_dump())
        if report.counts.failed:
            sheet.tell("summary_failed", count=sheet.say.words.count("claims", report.counts.failed))
        return
    found = [one for one in report.claims if (one.label is label) is not other]
    key = "counted_others" if other else "counted"
    sheet.tell(key, label=sheet.say.label(label), count=len(found), all=len(report.claims))
    for finding in found:
        sheet.show(finding)
