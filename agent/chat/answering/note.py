"""A draft for the desk, from findings, by code: every claim whole, with both sides and the figures that differ."""

from agent.chat.answering.citing import of_article, of_evidence
from agent.chat.answering.claims import why_labelled
from agent.chat.answering.differing import tell_changed_copies
from agent.chat.answering.evidence_lines import of_stance, report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Evidence, Finding, Label, RestsOn, SourceType, Stance
from agent.text.isolates import isolated_line

_MOST_OF_A_SIDE = 3
_UNNAMED = {SourceType.ANONYMOUS: "note_anonymous", SourceType.GROUP: "note_group"}
_ORDER = (Label.CONTESTED, None, Label.UNSOURCED, Label.CORROBORATED)


def draft_note(sheet: Sheet) -> None:
    """What needs a look comes first."""
    report = report_of(sheet)
    title = report.article.title
    if title:
        sheet.tell("note_head", title=isolated_line(title))
    else:
        sheet.tell("note_head_untitled")
    for finding in sorted(report.claims, key=lambda one: _ORDER.index(one.label)):
        _tell(sheet, finding)
    sheet.tell("policy_in_short")


def _tell(sheet: Sheet, finding: Finding) -> None:
    """The claim with its speaker, those against it, those for it, and those who have it otherwise."""
    sheet.show(finding)
    words = of_article(report_of(sheet), finding)
    if (unnamed := _UNNAMED.get(finding.attribution.source)) is not None:
        sheet.state(sheet.say(unnamed), words, finding=finding)
    supporting = [item for item in of_stance(finding, Stance.SUPPORTS) if item.independent]
    if supporting:
        said = "note_origins_statement" if finding.rests_on is RestsOn.STATEMENT else "note_origins"
        origins = sheet.say.words.count("origins", finding.origins.supporting)
        sheet.state(sheet.say(said, origins=origins), words, finding=finding)
    if finding.label in (Label.UNSOURCED, None):
        sheet.state(sheet.say("note_why", why=why_labelled(sheet, finding)), words, finding=finding)
    _side(sheet, finding, "note_against", of_stance(finding, Stance.CONTRADICTS))
    _side(sheet, finding, "note_for", supporting)
    _side(sheet, finding, "note_qualifies", of_stance(finding, Stance.QUALIFIES))
    tell_changed_copies(sheet, finding)


def _side(sheet: Sheet, finding: Finding, key: str, items: list[Evidence]) -> None:
    for item in items[:_MOST_OF_A_SIDE]:
        sheet.state(_evidence_text(sheet, key, item), of_evidence(report_of(sheet), finding, item), finding=finding)


def _evidence_text(sheet: Sheet, key: str, item: Evidence) -> str:
    if item.source == "article":
        return sheet.say("note_against_article")
    return sheet.say(key, who=sheet.say.outlet(item.passage), when=sheet.say.when(item.passage, item.when))
