"""Whose statement a claim is, by the article."""

from agent.chat.answering.citing import of_article
from agent.chat.answering.evidence_lines import report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, number_of


def tell_speaker(sheet: Sheet, finding: Finding) -> None:
    sheet.claim_ids.append(finding.id)
    speaker, number = sheet.say.speaker(finding), number_of(finding)
    if speaker is None:
        text = sheet.say("speaker_is_outlet", number=number)
    else:
        source = sheet.say.words(f"source.{finding.attribution.source.value}")
        text = sheet.say("speaker_is", number=number, speaker=speaker, source=source)
    sheet.state(text, of_article(report_of(sheet), finding), finding=finding)
