"""Who says otherwise: in the coverage, and elsewhere in the article."""

from agent.chat.answering.evidence_lines import close_by, head, of_stance, report_of, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, Stance


def tell_denials(sheet: Sheet, finding: Finding) -> None:
    """Whoever contradicts a claim; or that nobody does, and who gives it another figure."""
    head(sheet, "denials_of", finding)
    against = of_stance(finding, Stance.CONTRADICTS)
    state_evidence(sheet, finding, against)
    if finding.failure is not None:
        sheet.tell("not_checked", number=int(finding.id[1:]))
    elif not against:
        sheet.tell("denials_none")
        state_evidence(sheet, finding, of_stance(finding, Stance.QUALIFIES))
        close_by(sheet, finding)


def tell_all_denials(sheet: Sheet) -> None:
    denied = [one for one in report_of(sheet).claims if of_stance(one, Stance.CONTRADICTS)]
    for finding in denied:
        tell_denials(sheet, finding)
    if not denied:
        sheet.tell("denials_none_at_all")
