"""Answers about what the coverage holds."""

from collections.abc import Sequence

from agent.chat.answering.citing import claims_like, of_article, of_passage
from agent.chat.answering.named import documents_of
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import shortened
from agent.coverage.search.found import SearchHit
from agent.models import number_of
from agent.text.isolates import isolated_line


def show_found(sheet: Sheet, words: str, found: Sequence[SearchHit]) -> None:
    """What a search found; what is near and what is only nearest are told apart."""
    if not found:
        sheet.tell("nothing_found", words=isolated_line(words))
        return
    heard = [one for one in found if one.heard]
    if not heard:
        sheet.tell("found_near", words=isolated_line(words))
    for one in heard or found[:3]:
        _show(sheet, one)


def answer_question(sheet: Sheet, words: str, found: Sequence[SearchHit]) -> None:
    """What report and coverage say to the letter on a question; or that they do not, and what to search for. Where an
    article is spoken of, nothing is shown that was not found for it: a thread may have spoken of other stories."""
    claims = claims_like(sheet.report, words) if sheet.report else []
    known = documents_of(sheet.report) if sheet.report else None
    heard = [one for one in found if one.heard and (known is None or one.passage.document_id in known)]
    for finding in claims:
        assert sheet.report is not None
        label = sheet.say.label(finding.label).lower()
        sheet.state(
            sheet.say("claims_near", number=number_of(finding), label=label),
            of_article(sheet.report, finding),
            finding=finding,
        )
        sheet.claim_ids.append(finding.id)
    for one in heard:
        _show(sheet, one)
    if claims or heard:
        sheet.tell("ask_answer")
    else:
        sheet.miss("not_answered", words=isolated_line(shortened(words.strip("?؟ "), 80)))


def _show(sheet: Sheet, one: SearchHit) -> None:
    passage = one.passage
    day = sheet.say.day(passage.published_at) if passage.published_at else sheet.say.words("when.unknown")
    sheet.state(sheet.say("found", who=sheet.say.outlet(passage), day=day), of_passage(passage))
