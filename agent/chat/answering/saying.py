"""What somebody says: a speaker in the article, or an outlet of the coverage."""

from agent.chat.answering.citing import of_article, of_evidence, of_passage
from agent.chat.answering.evidence_lines import evidence_line, listed, report_of
from agent.chat.answering.named import claims_about, claims_said_by, claims_said_on, outlets_named, speakers_of
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, number_of
from agent.text.isolates import isolated_line

_MOST_SPEAKERS = 12


def tell_saying(sheet: Sheet, words: str) -> None:
    """Tells all claims of the speaker whom some words name, or all that the outlet says that they name. Says so where
    they name neither."""
    report = report_of(sheet)
    if not words:
        sheet.miss("whose_words", speakers=_speakers(sheet))
        return
    outlets = outlets_named(report, words)
    said = claims_said_by(report, words) or claims_said_on(report, words)
    for finding in said:
        _show(sheet, finding)
    for outlet in outlets:
        _tell_outlet(sheet, outlet)
    if said or outlets:
        return
    about = claims_about(report, words)
    if about:
        sheet.tell("no_speaker_but_claims", words=isolated_line(words))
        for finding in about:
            sheet.show(finding)
    else:
        sheet.miss("no_speaker", words=isolated_line(words), speakers=_speakers(sheet))


def _show(sheet: Sheet, finding: Finding) -> None:
    report = report_of(sheet)
    sheet.claim_ids.append(finding.id)
    who = sheet.say.speaker(finding) or sheet.say.words("unknown_outlet")
    label = sheet.say.label(finding.label).lower()
    text = sheet.say("says_in_claim", who=who, number=number_of(finding), label=label)
    sheet.state(text, of_article(report, finding), finding=finding)
    sheet.correct(finding)


def _tell_outlet(sheet: Sheet, outlet: str) -> None:
    report = report_of(sheet)
    sheet.tell("outlet_says", who=isolated_line(outlet))
    silent = True
    for finding in report.claims:
        items = [one for one in finding.evidence if one.source == "coverage" and one.passage.outlet == outlet]
        for item in items:
            text = sheet.say("on_claim", number=number_of(finding), told=evidence_line(sheet, item))
            sheet.state(text, of_evidence(report, finding, item), finding=finding)
        close = [one for one in finding.close if one.passage.outlet == outlet]
        for one in close:
            text = sheet.say("near_claim", number=number_of(finding), who=isolated_line(outlet))
            sheet.state(text, of_passage(one.passage), finding=finding)
        if items or close:
            silent = False
            sheet.claim_ids.append(finding.id)
    if silent:
        sheet.tell("outlet_only_copies", who=isolated_line(outlet))


def _speakers(sheet: Sheet) -> str:
    names = speakers_of(report_of(sheet))
    shown = [isolated_line(name) for name in names[:_MOST_SPEAKERS]]
    return listed(sheet, shown) + (" …" if len(names) > _MOST_SPEAKERS else "")
