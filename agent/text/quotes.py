"""Anchoring: finding a quote in a text, to the character, or saying that it is not there.

What is compared is letters and digits in normalised form, so that quotation marks, harakat, line breaks and
punctuation may differ, and what damaged the text. Words may not: every letter of the quote has to stand there, in
order, without a gap. A quote never begins or ends inside a number, and has the whole of its first and last word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from agent.models import Span
from agent.text import fold, mend, normalise
from agent.text.abbreviations import goes_on
from agent.text.edges import inside_number, widened

# Letters that Arabic writes onto the front of a word: and, so, by, for, as, the.
_PROCLITICS = frozenset("وفبلكا")
_LONGEST_PROCLITIC = 4
_EDGES = "\"'«»“”‘’()[]{}.,;:!?،؛؟…- \n"
# Thai to Myanmar, Khmer, kana, Han and their extensions.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\ua4cf\U00020000-\U0010ffff]")
_SENTENCE_END = re.compile(r"[.!?؟…۔。！？।።။។](?=\W*\s)")


@dataclass(frozen=True, slots=True)
class _Index:
    """The letters of a text; where each stands in it, and whether it opens a word."""

    letters: str
    starts: list[int]
    ends: list[int]
    opens_word: list[bool]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls._of_characters(text) or cls._of_view(text)

    @classmethod
    def _of_characters(cls, text: str) -> Self | None:
        """The same at a fifth of the time, of a text whose characters stand for one letter each, or for none; None
        where some do not: marks change what they stand on, and "ß" is two."""
        folded = {character: fold(character) for character in set(text)}
        if any(unicodedata.combining(c) or (len(to) > 1 and any(map(str.isalnum, to))) for c, to in folded.items()):
            return None
        table = {ord(c): to if to.isalnum() else " " if to else None for c, to in folded.items()}
        words = text.translate(table).split(" ")
        starts = [at for at, character in enumerate(text) if folded[character].isalnum()]
        return cls(
            letters="".join(words),
            starts=starts,
            ends=[start + 1 for start in starts],
            opens_word=[at == 0 for word in words for at in range(len(word))],
        )

    @classmethod
    def _of_view(cls, text: str) -> Self:
        view = normalise(text)
        kept = [i for i, c in enumerate(view.text) if c.isalnum()]
        return cls(
            letters="".join(view.text[i] for i in kept),
            starts=[view.offsets[i] for i in kept],
            ends=[view.ends[i] for i in kept],
            opens_word=[n == 0 or kept[n - 1] + 1 != kept[n] for n in range(len(kept))],
        )

    def may_start(self, at: int) -> bool:
        if self.opens_word[at] or _unspaced(self.letters[at]):
            return True
        for start in range(at - 1, max(at - _LONGEST_PROCLITIC, 0) - 1, -1):
            if self.letters[start] not in _PROCLITICS:
                return False
            if self.opens_word[start]:
                return True
        return False

    def may_end(self, end: int) -> bool:
        return end == len(self.letters) or self.opens_word[end] or _unspaced(self.letters[end - 1])


class Anchors:
    """The letters of one text, searchable; build with `anchors(text)`, which remembers."""

    def __init__(self, text: str) -> None:
        self._mended = mend(text)
        self._text = self._mended.text

    def find(self, quote: str, near: int = 0) -> Span | None:
        """The place of the quote whose start is nearest to `near`; None when the text does not hold it.

        From the beginning of the text, a place that has the very characters of the quote comes first.
        """
        if near == 0 and (verbatim := self._verbatim(quote)) is not None:
            return self._given(verbatim)
        return min(self.find_all(quote), key=lambda span: abs(span.start - near), default=None)

    def _verbatim(self, quote: str) -> Span | None:
        """Most quotes are copied as they stand: those need no letters compared."""
        words = quote.strip(_EDGES)
        start = self._text.find(words) if words and words[0].isalnum() and words[-1].isalnum() else -1
        end = start + len(words)
        if start < 0 or not (_parts_words(self._text[start - 1 : start]) and _parts_words(self._text[end : end + 1])):
            return None
        return Span(start=start, end=end) if self._is_whole(start, end) else None

    def find_all(self, quote: str) -> list[Span]:
        """Every place where the quote stands, in order, whole words only."""
        ended = _sentence_ends(quote)
        return [
            self._given(span)
            for span in self._matches(letters(quote))
            # "40 planes left. The base stays" does not say "40 planes left the base".
            if _sentence_ends(self._text[span.start : span.end]) <= ended
        ]

    @cached_property
    def _index(self) -> _Index:
        return _Index.of(self._text)

    def _matches(self, needle: str) -> Iterator[Span]:
        index = self._index
        at = index.letters.find(needle) if needle else -1
        while at >= 0:
            end = at + len(needle)
            if index.may_start(at) and index.may_end(end) and self._is_whole(index.starts[at], index.ends[end - 1]):
                yield Span(start=index.starts[at], end=index.ends[end - 1])
            at = index.letters.find(needle, at + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        return not (inside_number(self._text, start) or inside_number(self._text, end))

    def _given(self, span: Span) -> Span:
        return self._mended.given(widened(self._text, span))


@lru_cache(maxsize=256)
def anchors(text: str) -> Anchors:
    return Anchors(text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters and digits of a text in normalised form, with nothing between them."""
    return "".join(filter(str.isalnum, fold(mend(text).text)))


def _sentence_ends(text: str) -> int:
    value = text.strip()
    return sum(not goes_on(value, end.end(), "und") for end in _SENTENCE_END.finditer(value))


def _parts_words(character: str) -> bool:
    """Whether a character, or the end of the text, surely parts words; marks and joiners may belong to the letter."""
    return not character or character.isspace() or character in _EDGES


def _unspaced(character: str) -> bool:
    """Whether the script writes words without spaces."""
    return _UNSPACED.match(character) is not None
