"""The article cut into pieces, so that claims which overlap or nest can each be shown in their place."""

from collections.abc import Sequence
from itertools import pairwise

from agent.models import Finding, Frozen, Report, Span


class HighlightedSpan(Frozen):
    """A stretch of the article that the same claims cover; `starts` and `ends`: which begin and stop here."""

    text: str
    claims: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    unread: bool = False


def pieces(report: Report) -> list[HighlightedSpan]:
    """The article's text, whole and in order: joining the pieces gives it back to the character."""
    text = report.article.text
    claimed = [(finding, span) for finding in report.claims for span in _within(finding.spans, len(text))]
    unread = _within([part.span for part in report.unread], len(text))
    edges = {0, len(text)}
    edges.update(edge for _, span in claimed for edge in (span.start, span.end))
    edges.update(edge for span in unread for edge in (span.start, span.end))
    cuts = sorted(edges)
    return [_piece(text, start, end, claimed, unread) for start, end in pairwise(cuts)]


def _piece(
    text: str, start: int, end: int, claimed: Sequence[tuple[Finding, Span]], unread: Sequence[Span]
) -> HighlightedSpan:
    covering = [(finding, span) for finding, span in claimed if span.start <= start and end <= span.end]
    covering.sort(key=lambda pair: pair[1].end - pair[1].start)
    return HighlightedSpan(
        text=text[start:end],
        claims=tuple(dict.fromkeys(finding.id for finding, _ in covering)),
        starts=tuple(finding.id for finding, span in covering if _opens(finding, span, start)),
        ends=tuple(dict.fromkeys(finding.id for finding, span in covering if span.end == end)),
        unread=any(span.start <= start and end <= span.end for span in unread),
    )


def _opens(finding: Finding, span: Span, start: int) -> bool:
    """Whether the claim's first span begins here: the one place that links back from its card lead to."""
    return span.start == start and span == finding.spans[0]


def _within(spans: Sequence[Span], length: int) -> list[Span]:
    return [span for span in spans if span.start < span.end <= length]
