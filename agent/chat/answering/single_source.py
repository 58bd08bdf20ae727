"""Which claims one origin alone stands behind, however often it is told."""

from agent.chat.answering.evidence_lines import of_stance, report_of, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.models import Stance, number_of


def tell_single_source(sheet: Sheet) -> None:
    report = report_of(sheet)
    single = [one for one in report.claims if one.origins.supporting == 1]
    if not single:
        sheet.tell("single_none")
    else:
        sheet.tell("single_some", count=sheet.say.words.count("claims", len(single)), all=len(report.claims))
    for finding in single:
        sheet.show(finding)
        state_evidence(sheet, finding, [item for item in of_stance(finding, Stance.SUPPORTS) if item.independent])
    without = [number_of(one) for one in report.claims if one.label is not None and not one.origins.supporting]
    if without:
        sheet.tell("single_without", numbers=sheet.say.words("comma").join(map(str, without)))
