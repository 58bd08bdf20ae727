"""Other figures, scopes and dates: what qualifies a claim, and what copies have made of its numbers."""

from agent.chat.answering.citing import cited
from agent.chat.answering.evidence_lines import head, of_stance, report_of, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.models import ChangedCopy, Finding, Passage, Stance
from agent.text.isolates import isolated_line


def tell_differing(sheet: Sheet, finding: Finding) -> None:
    head(sheet, "differing_of", finding)
    state_evidence(sheet, finding, of_stance(finding, Stance.QUALIFIES))
    tell_changed_copies(sheet, finding)
    if not _has_other(finding):
        sheet.tell("differing_none")
        state_evidence(sheet, finding, of_stance(finding, Stance.CONTRADICTS))


def with_other_figures(findings: list[Finding]) -> list[Finding]:
    """Of claims that some words fit those that are told otherwise anywhere; all where none is."""
    return [one for one in findings if _has_other(one)] or findings


def tell_all_differing(sheet: Sheet) -> None:
    found = [one for one in report_of(sheet).claims if _has_other(one)]
    for finding in found:
        tell_differing(sheet, finding)
    if not found:
        sheet.tell("differing_none_at_all")


def tell_changed_copies(sheet: Sheet, finding: Finding) -> None:
    """Adds the copies that have a number, a date, a name or a denial of the claim otherwise than what they copy."""
    for one in finding.changed_copies:
        _tell_changed(sheet, finding, one)


def _has_other(finding: Finding) -> bool:
    return bool(of_stance(finding, Stance.QUALIFIES) or finding.changed_copies)


def _tell_changed(sheet: Sheet, finding: Finding, one: ChangedCopy) -> None:
    who = isolated_line(one.outlet or one.title or sheet.say.words("unknown_outlet"))
    passage = Passage(
        document_id=one.document_id,
        url=one.url,
        outlet=one.outlet,
        title=one.title,
        published_at=one.published_at,
        language=one.language,
        text=one.quote,
        start=0,
        end=len(one.quote),
    )
    text = sheet.say("changed_copy", who=who, says=isolated_line(one.says), told=isolated_line(one.told))
    sheet.state(text, cited(one.quote, passage, report_of(sheet).run_id, finding), finding=finding)
