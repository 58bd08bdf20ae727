"""Whether the words of a claim stand in the article to the letter, and whether others have the same words."""

from agent.chat.answering.citing import of_article, of_evidence
from agent.chat.answering.evidence_lines import of_stance, report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Evidence, Finding, Span, Stance, number_of
from agent.text import fold

_MARKS = "\"'«»‹›„“”‟‘’「」『』"
_MOST = 4


def tell_exact(sheet: Sheet, finding: Finding) -> None:
    """Each place of the quote, in quotation marks or not; then, of those who support it, who has it word for word."""
    sheet.claim_ids.append(finding.id)
    text = report_of(sheet).article.text
    for span in finding.spans:
        quoted = _is_quoted(text, span)
        key = "exact_quoted" if quoted else "exact_reported"
        value = sheet.say(key, number=number_of(finding), start=span.start, end=span.end)
        sheet.state(value, of_article(report_of(sheet), finding, span), finding=finding)
    heard = [item for item in of_stance(finding, Stance.SUPPORTS) if item.source == "coverage"]
    for item in heard[:_MOST]:
        _tell_witness(sheet, finding, item)
    if not heard:
        sheet.tell("exact_nobody_else")


def _is_quoted(text: str, span: Span) -> bool:
    """Whether quotation marks stand right around the words, or open and close within them at their ends."""
    before, after = text[: span.start].rstrip()[-1:], text[span.end :].lstrip()[:1]
    inner = text[span.start : span.end].strip(" .,،؛;")
    opens = before in _MARKS or inner[:1] in _MARKS
    return bool(before or inner) and opens and (after in _MARKS or inner[-1:] in _MARKS)


def _tell_witness(sheet: Sheet, finding: Finding, item: Evidence) -> None:
    same = _bare(finding.quote) in _bare(item.passage.text)
    text = sheet.say("exact_same" if same else "exact_otherwise", who=sheet.say.outlet(item.passage))
    sheet.state(text, of_evidence(report_of(sheet), finding, item), finding=finding)


def _bare(text: str) -> str:
    return " ".join("".join(" " if one in _MARKS else one for one in fold(text)).split()).strip(" .,;")
