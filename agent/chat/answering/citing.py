"""The words that statements rest on. A statement whose words are not found where they should be is not made."""

from agent.analyst.parts import sentences_of
from agent.chat.records import Citation
from agent.models import Article, Evidence, Finding, Passage, Report, Span, number_of
from agent.text import fold

_PAIRS = (('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"))


def of_article(report: Report, finding: Finding, span: Span | None = None) -> Citation | None:
    """The words of a claim, with the sentences of the article that hold them."""
    place = _with_marks(report.article.text, span or finding.spans[0])
    around = _sentences_around(report.article, place)
    return cited(
        report.article.text[place.start : place.end], Passage.of(report.article, around), report.run_id, finding
    )


def of_evidence(report: Report, finding: Finding, item: Evidence) -> Citation | None:
    return cited(item.quote, item.passage, report.run_id, finding)


def of_passage(passage: Passage, most: int = 400) -> Citation | None:
    """The beginning of a passage that a search found, cut between two words."""
    text = passage.text.strip()
    if len(text) > most:
        text = text[:most].rsplit(maxsplit=1)[0]
    return cited(text, passage)


def cited(quote: str, passage: Passage, run_id: str | None = None, finding: Finding | None = None) -> Citation | None:
    if not quote.strip() or quote not in passage.text:
        return None
    number = number_of(finding) if finding else None
    claim_id = finding.id if finding else None
    return Citation(quote=quote, passage=passage, run_id=run_id, claim_id=claim_id, number=number)


def claims_like(report: Report, words: str, most: int = 3) -> list[Finding]:
    """The claims that share at least half of some words, the nearest first."""
    asked = _words(words)
    if not asked:
        return []
    shared = {finding.id: len(asked & _words(f"{finding.text} {finding.quote}")) for finding in report.claims}
    likely = [finding for finding in report.claims if 2 * shared[finding.id] >= len(asked)]
    return sorted(likely, key=lambda finding: -shared[finding.id])[:most]


def _with_marks(text: str, place: Span) -> Span:
    """The place with the quotation mark right beside it, where words of a quotation end without theirs."""
    start, end = place.start, place.end
    quote = text[start:end]
    for opening, closing in _PAIRS:
        same = opening == closing
        opened, closed = quote.count(opening), quote.count(closing)
        if (opened % 2 if same else opened > closed) and text[end : end + 1] == closing:
            return Span(start=start, end=end + 1)
        if (opened % 2 if same else closed > opened) and start and text[start - 1] == opening:
            return Span(start=start - 1, end=end)
    return place


def _sentences_around(article: Article, place: Span) -> Span:
    touched = [one for one in sentences_of(article) if one.start < place.end and one.end > place.start]
    start = min([place.start, *(one.start for one in touched)])
    return Span(start=start, end=max([place.end, *(one.end for one in touched)]))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for raw in fold(text).split() if len(word := raw.strip("\"'.,;:!?()-")) > 2)
