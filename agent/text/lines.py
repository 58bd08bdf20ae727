"""The lines of a text, and what each line end says by itself: the sentence ends there, goes on, or may do either."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from agent.text.abbreviations import goes_on, is_abbreviation
from agent.text.folding import fold
from agent.text.lists import listed

# The last three end sentences in Amharic, Burmese and Khmer.
TERMINAL = ".!?؟…۔。！？।።။។"
CLOSERS = "\"'”’»)]）」』"
_BEHIND_FULL_STOP = f"{CLOSERS} \u00a0\u202f"
_QUOTES = "\"'“”„‘«‹¿¡「『"
OPENERS = f"{_QUOTES}([{{"
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE = re.compile(r"[^\r\n]+")
_GOES_ON_AFTER = frozenset(",،;؛-‐–—&/" + "([{«“„")
_GOES_ON_BEFORE = frozenset(",،;؛:.!?؟)]}»”…")
_BULLET = re.compile(r"[•●▪◦‣∙*·]\s|[-–—]\s+\S|\(?[0-9٠-٩۰-۹]{1,3}\)\s")
_NUMBER = re.compile(r"[0-9٠-٩۰-۹]{1,3}[.-]\s+\S")
_LETTER = re.compile(r"[^\W_]")
_LETTER_ONLY = re.compile(r"[^\W\d_]")
_UNSPACED_FROM = "\u2e80"
_REACH = 90
_RULE = 3


class LineBreakKind(StrEnum):
    """What a line end says by itself."""

    ENDS = "ends"
    GOES_ON = "goes on"
    OPEN = "open"


class Line(NamedTuple):
    """A line without the white space around it; `first` and `last` are what it begins and ends with."""

    start: int
    end: int
    first: str
    last: str

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def first_word(self) -> str:
        """What would have gone onto the line before: a word, or a character where words are written together."""
        word = self.first.split(None, 1)[0]
        return word[:1] if word >= _UNSPACED_FROM else word

    @property
    def words(self) -> int:
        return len(self.first.split())

    @property
    def has_full_stop(self) -> bool:
        return self.last.rstrip(_BEHIND_FULL_STOP)[-1:] in TERMINAL


def paragraphs_of(text: str) -> list[list[Line]]:
    """The lines of a text that hold anything, in stretches without a blank line."""
    starts = [0, *(blank.end() for blank in _BLANK.finditer(text))]
    ends = [*(blank.start() for blank in _BLANK.finditer(text)), len(text)]
    return [_lines(text, start, end) for start, end in zip(starts, ends, strict=True)]


def _lines(text: str, start: int, end: int) -> list[Line]:
    found = []
    for match in _LINE.finditer(text, start, end):
        line = match[0]
        bare = line.strip()
        if bare:
            begin = match.start() + len(line) - len(line.lstrip())
            found.append(Line(begin, begin + len(bare), bare[:_REACH], bare[-_REACH:]))
    return found


def joints_of(text: str, lines: Sequence[Line], words: "LineWords", language: str) -> list[LineBreakKind]:
    """What the ends of all lines but the last say."""
    return [_joint(text, one, other, words, language) for one, other in pairwise(lines)]


def _joint(text: str, line: Line, following: Line, words: "LineWords", language: str) -> LineBreakKind:
    if line.has_full_stop:
        if goes_on(text, line.end, language, line.start):
            return LineBreakKind.GOES_ON
        return LineBreakKind.OPEN if is_abbreviation(text, line.end, language, line.start) else LineBreakKind.ENDS
    if _is_rule(line) or _is_rule(following) or _BULLET.match(following.first):
        return LineBreakKind.ENDS
    if _goes_on_after(line, words):
        return LineBreakKind.GOES_ON
    if _NUMBER.match(f"{following.first} x"):
        return LineBreakKind.ENDS
    begins = following.first.lstrip(_QUOTES)[:1]
    if begins.islower() or following.first[0] in _GOES_ON_BEFORE or not _LETTER.search(following.first):
        return LineBreakKind.GOES_ON
    if line.last.endswith(":") and following.first[0] in OPENERS:
        return LineBreakKind.GOES_ON
    return LineBreakKind.GOES_ON if fold(following.first_word.strip(OPENERS)) in words.goes_on else LineBreakKind.OPEN


def _goes_on_after(line: Line, words: "LineWords") -> bool:
    if line.last[-1] in _GOES_ON_AFTER or not _LETTER.search(line.last):
        return True
    return fold(line.last.rstrip(":").split()[-1].strip(OPENERS)) in words.open


def _is_rule(line: Line) -> bool:
    """A row of marks: "***", "-----"."""
    return line.size >= _RULE and not _LETTER.search(line.first)


def has_capitals(line: Line, before: Line) -> bool:
    """Whether the script of a line has capitals; told by the line before where it begins with no letter."""
    letter = _LETTER_ONLY.search(line.first) or _LETTER_ONLY.search(before.last)
    return letter is not None and letter[0].lower() != letter[0].upper()


@dataclass(frozen=True, slots=True)
class LineWords:
    """Words that stand at the ends of lines which go on, and at the beginnings of lines which open a sentence.

    `nouns`: the language writes all nouns with capitals.
    """

    open: frozenset[str]
    goes_on: frozenset[str]
    opens: frozenset[str]
    nouns: bool


@lru_cache(maxsize=32)
def line_words(language: str) -> LineWords:
    """Empty for a language without lists."""
    open_, on, opens = (
        frozenset(map(fold, listed("lines", section, language))) for section in ("open", "goes_on", "opens")
    )
    return LineWords(open_, on, opens, nouns=language.split("-")[0].lower() == "de")
