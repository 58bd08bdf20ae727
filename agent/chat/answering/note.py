"""A draft for the desk, from findings, by code: every sentence about the news is cited."""

from agent.chat.answering.citing import of_article, of_evidence
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import apart
from agent.models import Evidence, Finding, Label, RestsOn, SourceType, Stance

_MOST_AGAINST = 3
_UNNAMED = {SourceType.ANONYMOUS: "note_anonymous", SourceType.GROUP: "note_group"}
_ORDER = (Label.CONTESTED, None, Label.UNSOURCED, Label.CORROBORATED)


def draft_note(sheet: Sheet) -> None:
    """What needs a look comes first."""
    report = sheet.report
    assert report is not None
    title = report.article.title
    if title:
        sheet.tell("note_head", title=apart(title))
    else:
        sheet.tell("note_head_untitled")
    for finding in sorted(report.claims, key=lambda one: _ORDER.index(one.label)):
        _tell(sheet, finding)
    sheet.tell("policy_in_short")


def _tell(sheet: Sheet, finding: Finding) -> None:
    report = sheet.report
    assert report is not None
    sheet.claim_ids.append(finding.id)
    words = of_article(report, finding)
    supporting = [e for e in finding.evidence if e.stance is Stance.SUPPORTS and e.independent]
    if finding.label is Label.CONTESTED:
        sheet.state(sheet.say("note_contested"), words, finding=finding)
        for item in [e for e in finding.evidence if e.stance is Stance.CONTRADICTS][:_MOST_AGAINST]:
            sheet.state(_against(sheet, item), of_evidence(report, finding, item), finding=finding)
    elif finding.label is Label.CORROBORATED:
        said = "note_corroborated_statement" if finding.rests_on is RestsOn.STATEMENT else "note_corroborated"
        origins = sheet.say.words.count("origins", finding.origins.supporting)
        sides = [of_evidence(report, finding, item) for item in supporting[:1]]
        sheet.state(sheet.say(said, origins=origins), words, *sides, finding=finding)
    else:
        said = "note_unsourced" if finding.label is Label.UNSOURCED else "note_failed"
        sheet.state(sheet.say(said), words, finding=finding)
    if (unnamed := _UNNAMED.get(finding.attribution.source)) is not None:
        sheet.state(sheet.say(unnamed), words, finding=finding)
    for one in sheet.corrections:
        if one.claim_id == finding.id:
            text = sheet.say(
                "note_corrected", who=apart(one.who), label=sheet.say.label(one.label), reason=apart(one.reason)
            )
            sheet.state(text, words, finding=finding)


def _against(sheet: Sheet, item: Evidence) -> str:
    if item.source == "article":
        return sheet.say("note_against_article")
    return sheet.say("note_against", who=sheet.say.outlet(item.passage), when=sheet.say.when(item.passage, item.when))
