"""Quotations that are signed: the words in quotation marks, a dash, and who said them, to the end of the line."""

import re

from agent.models import Frozen, Span

_SIGNED = re.compile(
    r"(?P<close>[\"”»’])[^\S\n]*[—–―][^\S\n]*(?P<who>[^\W\d_][^\n—–―\"“”„«»]{1,198}?)[^\S\n]*(?=\n|\Z)",
)
_OPENS = '"“„«'
# A quotation of more lines is no one's line any more.
_FURTHEST = 3000


class Signature(Frozen):
    """`said` is the quotation with its marks, `who` the name and office behind the dash."""

    said: Span
    who: Span


def signatures_in(text: str) -> tuple[Signature, ...]:
    """The signed quotations of a text, in order."""
    found: list[Signature] = []
    for match in _SIGNED.finditer(text):
        if match["who"][0].islower():
            # "…" — said the mayor: a sentence that goes on.
            continue
        floor = max(found[-1].who.end if found else 0, match.start() - _FURTHEST)
        start = _opening(text, floor, match.start())
        if start is not None:
            who = Span(start=match.start("who"), end=match.end("who"))
            found.append(Signature(said=Span(start=start, end=match.end("close")), who=who))
    return tuple(found)


def _opening(text: str, floor: int, end: int) -> int | None:
    """Where the quotation begins that ends at `end`: at the last mark that opens one at the beginning of a line."""
    at = max(text.rfind(f"\n{mark}", floor, end) for mark in _OPENS)
    if at >= 0:
        return at + 1
    return 0 if floor == 0 and text[:1] in _OPENS and end > 0 else None
