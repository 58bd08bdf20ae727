"""Claims beside each other: their labels, who stands behind each, and who against it."""

from collections.abc import Sequence

from agent.chat.answering.citing import of_article
from agent.chat.answering.evidence_lines import listed, of_stance, report_of, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, Stance, number_of


def compare(sheet: Sheet, findings: Sequence[Finding]) -> None:
    """What each rests on; then whether the labels are the same, and behind which the most origins stand."""
    for finding in findings:
        sheet.claim_ids.append(finding.id)
        counts, say = finding.origins, sheet.say
        text = say(
            "compared",
            number=number_of(finding),
            label=say.label(finding.label).lower(),
            supporting=say.words.count("origins", counts.supporting),
            contradicting=say.words.count("origins", counts.contradicting),
        )
        sheet.state(text, of_article(report_of(sheet), finding), finding=finding)
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES):
            state_evidence(sheet, finding, of_stance(finding, stance))
    if any(one.label is None for one in findings):
        return
    same = len({one.label for one in findings}) == 1
    sheet.tell("compared_same" if same else "compared_apart")
    most = max(one.origins.supporting for one in findings)
    leading = [number_of(one) for one in findings if one.origins.supporting == most]
    if len(leading) == len(findings):
        sheet.tell("compared_equal")
    else:
        sheet.tell("compared_more", numbers=listed(sheet, leading))
