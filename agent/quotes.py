"""Anchoring: finding a quote in a text, to the character, or saying that it is not there.

What is compared is letters and digits in normalised form, so that quotation marks, harakat, line breaks and
punctuation may differ. Words may not: every letter of the quote has to stand there, in order, without a gap.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.models import Span
from agent.text import fold, normalise

# Letters that Arabic writes onto the front of a word: and, so, by, for, as, the.
_PROCLITICS = frozenset("وفبلكا")
_LONGEST_PROCLITIC = 4
_SENTENCE_END = re.compile(r"[.!?؟…۔。！？।](?=\W*\s)")


class Anchors:
    """The letters of one text, searchable; build with `anchors(text)`, which remembers."""

    def __init__(self, text: str) -> None:
        view = normalise(text)
        kept = [i for i, c in enumerate(view.text) if c.isalnum()]
        self._text = text
        self._letters = "".join(view.text[i] for i in kept)
        self._starts = [view.offsets[i] for i in kept]
        self._ends = [view.ends[i] for i in kept]
        glued = (bool(self._letters) and kept[n] == kept[n - 1] + 1 for n in range(1, len(kept)))
        self._opens_word = [True, *(not joined for joined in glued)] if kept else []

    def find(self, quote: str, near: int = 0) -> Span | None:
        """The place of the quote whose start is nearest to `near`; None when the text does not hold it."""
        return min(self.find_all(quote), key=lambda span: abs(span.start - near), default=None)

    def find_all(self, quote: str) -> list[Span]:
        """Every place where the quote stands, in order, whole words only."""
        ended = _sentence_ends(quote)
        return [
            span
            for span in self._matches(letters(quote))
            # "40 planes left. The base stays" does not say "40 planes left the base".
            if _sentence_ends(self._text[span.start : span.end]) <= ended
        ]

    def _matches(self, needle: str) -> Iterator[Span]:
        at = self._letters.find(needle) if needle else -1
        while at >= 0:
            end = at + len(needle)
            if self._may_start(at) and self._may_end(end):
                yield Span(start=self._starts[at], end=self._ends[end - 1])
            at = self._letters.find(needle, at + 1)

    def _may_start(self, at: int) -> bool:
        if self._opens_word[at] or _unspaced(self._letters[at]):
            return True
        for start in range(at - 1, max(at - _LONGEST_PROCLITIC, 0) - 1, -1):
            if self._letters[start] not in _PROCLITICS:
                return False
            if self._opens_word[start]:
                return True
        return False

    def _may_end(self, end: int) -> bool:
        return end == len(self._letters) or self._opens_word[end] or _unspaced(self._letters[end - 1])


@lru_cache(maxsize=256)
def anchors(text: str) -> Anchors:
    return Anchors(text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters and digits of a text in normalised form, with nothing between them."""
    return "".join(filter(str.isalnum, fold(text)))


def _sentence_ends(text: str) -> int:
    return len(_SENTENCE_END.findall(text.strip()))


def _unspaced(character: str) -> bool:
    """Whether the script writes words without spaces (Thai to Myanmar, Khmer, kana, Han and their extensions)."""
    code = ord(character)
    return 0x0E00 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x3040 <= code <= 0xA4CF or code >= 0x20000
