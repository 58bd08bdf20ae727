"""What the next sentence withdraws or calls false: "We withdraw that figure", "It is not true"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.analyst.lexical.denied_before import tells_not_so
from agent.analyst.lexical.extract import PlacedDraft
from agent.analyst.lexical.reading import LexicalReading, read
from agent.analyst.lexical.words import joined, words
from agent.models import Span

_SHORT = re.compile(r"[\s.!?؟…\"'”»]*(?P<said>[^.!?؟\n]{2,60})[.!?؟…]?")


def taken_back_behind(
    statement: PlacedDraft, text: str, known: str, statements: Sequence[PlacedDraft]
) -> Span | None:
    """The statement up to the end of the sentence behind its own, where that takes a figure back."""
    behind = next((after for at, after in pairwise(_sentences(statements)) if at == statement.sentence), None)
    if behind is None or not _read(text, behind, known).takes_back_figure:
        return None
    return Span(start=statement.span.start, end=behind.end)


def rejected_behind(statement: PlacedDraft, text: str, known: str) -> Span | None:
    """The statement up to the end of the short sentence behind its own, where that tells that it is not so."""
    behind = _SHORT.match(text, statement.sentence.end)
    if behind is None or not tells_not_so(joined(words(behind["said"])), known):
        return None
    return Span(start=statement.span.start, end=behind.end("said"))


def disputing(
    claim: LexicalReading, spans: Sequence[Span], text: str, known: str, statements: Sequence[PlacedDraft]
) -> Iterator[PlacedDraft]:
    """Statements that tell the figure of the claim to be false, or whose figure the claim tells to be false.

    `spans` are the places of the claim in the text, `statements` all that the text states.
    """
    if not claim.numbers:
        return
    for before, after in pairwise(_sentences(statements)):
        tells, disputes = (any(_meet(one, span) for span in spans) for one in (before, after))
        if not (tells or disputes) or not _read(text, after, known).takes_back_figure:
            continue
        if tells:
            yield from (one for one in statements if one.sentence == after)
        else:
            items = (one for one in statements if one.sentence == before)
            yield from (one for one in items if _read(text, one.span, known).numbers)


def _sentences(statements: Sequence[PlacedDraft]) -> list[Span]:
    return sorted({statement.sentence for statement in statements}, key=lambda span: span.start)


def _read(text: str, span: Span, known: str) -> LexicalReading:
    return read(text[span.start : span.end], known)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
