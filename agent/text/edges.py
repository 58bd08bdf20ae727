"""Where a quote may begin and end: never inside a number, and with the whole of a word."""

import unicodedata

from agent.models import Span

_SEPARATORS = frozenset(".,:/'’·٫٬⁄")
_GROUP_SPACES = frozenset(" \u00a0\u2009\u202f")
_GROUP = 3
_BEFORE_NUMBER = frozenset("$€£¥₺₽₹₪﷼+-−–±")
_BEHIND_NUMBER = frozenset("%٪‰°")
_INSIDE_WORD = frozenset("-\u2010\u2011'’")
_LONGEST_WORD = 80
_MOST_MARKS = 20


def inside_number(text: str, at: int) -> bool:
    """Whether a cut at `at` parts a number: 2.5, 1,200, 1 200, ١٫٥, 3:40."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isdigit():
        if after[0].isdigit() or (after[0] in _SEPARATORS and after[1:].isdigit()):
            return True
        return after[0] in _GROUP_SPACES and _is_grouped(text, at)
    if not after[0].isdigit() or not before[:-1].isdigit():
        return False
    return before[-1] in _SEPARATORS or (before[-1] in _GROUP_SPACES and _is_grouped(text, at - 1))


def _is_grouped(text: str, space: int) -> bool:
    """Whether the digits on both sides of a space are the groups of one number: a few, then three."""
    behind = text[space + 1 : space + 2 + _GROUP]
    if len(behind) < _GROUP or not behind[:_GROUP].isdigit() or behind[_GROUP:].isdigit():
        return False
    start = space
    while start > 0 and space - start <= _GROUP and text[start - 1].isdigit():
        start -= 1
    return space - start <= _GROUP and text[start] not in "0٠۰"


def widened(text: str, span: Span) -> Span:
    """The span with the rest of a word in its first and last place ("al-", "-eastern", "'s", the vowel signs of its
    last letter), and the sign of a number ("%", "$")."""
    start, end = span.start, _behind_marks(text, span.end)
    first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while start > first + 1 and _joins(text, start - 1):
        start -= 1
        while start > first and text[start - 1].isalnum():
            start -= 1
    while end < last - 1 and _joins(text, end):
        end += 1
        while end < last and text[end].isalnum():
            end += 1
        end = _behind_marks(text, end)
    if (
        text[start].isdigit()
        and text[start - 1 : start] in _BEFORE_NUMBER
        and not text[start - 2 : start - 1].isalnum()
    ):
        start -= 1
    return Span(start=start, end=_behind_number(text, end))


def _behind_marks(text: str, end: int) -> int:
    """Behind the marks of the letter in front of `end`: without them it would be another letter to a reader."""
    most = min(len(text), end + _MOST_MARKS)
    while end < most and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end


def _joins(text: str, at: int) -> bool:
    """Whether the mark at `at` stands inside a word."""
    return text[at] in _INSIDE_WORD and text[at - 1].isalpha() and text[at + 1].isalpha()


def _behind_number(text: str, end: int) -> int:
    if end and text[end - 1].isdigit():
        if text[end : end + 1] in _BEHIND_NUMBER:
            return end + 1
        if text[end : end + 1] in _GROUP_SPACES and text[end + 1 : end + 2] in _BEHIND_NUMBER:
            return end + 2
    return end
