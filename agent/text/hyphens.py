"""Words broken at the ends of lines, as type-setting leaves them: "recon-" and, on the next line, "struct"."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from math import log10
from typing import NamedTuple

from agent.text.edits import Edit
from agent.text.frequencies import word_shares
from agent.text.lists import listed

# What programs that read PDFs make of a hyphen that only breaks a word; the last three have no other use in a text.
_SOFT = "\u00ad\u00ac\ufffe\x02\x1f"
_AT_LINE_END = re.compile(f"(?P<mark>[-\u2010\u2011{_SOFT}])[^\\S\\n]{{0,40}}\\n[^\\S\\n]{{0,200}}(?=[^\\W_])")
# Lines joined by a program that knew nothing of hyphens leave a space behind them.
_BEFORE_SPACE = re.compile(f"(?P<mark>[-\u2010{_SOFT}])[ \u00a0](?=[^\\W\\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHENS = "-\u2010\u2011"
_LONGEST = 40
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,40}[-\u2010\u2011][^\W\d_]{2,40}(?![^\W\d_])")
_COMMON = 3.0
_SHORTEST_WORD = 3


class _Break(NamedTuple):
    """`before` and `after` are the letters on both sides of a hyphen; `chained`: another one stands before them."""

    start: int
    end: int
    mark: str
    before: str
    after: str
    chained: bool


def rejoined(text: str, language: str) -> Iterable[Edit]:
    """The edits that take out hyphens which only break a word, and the line ends behind those that do not."""
    compounds = _Compounds(text)
    at_ends = (_at_line_end(one, compounds, language) for one in _breaks(text, _AT_LINE_END))
    before_spaces = (_before_space(one, language) for one in _breaks(text, _BEFORE_SPACE))
    found = (edit for edit in chain(at_ends, before_spaces) if edit is not None)
    return sorted(found, key=lambda edit: edit.start)


def _breaks(text: str, pattern: re.Pattern[str]) -> Iterator[_Break]:
    for match in pattern.finditer(text):
        start, end = match.span()
        begin = start
        while begin > max(0, start - _LONGEST) and text[begin - 1].isalpha():
            begin -= 1
        if text[start - 1 : start].isalnum():
            after = _LETTERS.match(text, end, end + _LONGEST)
            chained = text[begin - 1 : begin] in _HYPHENS if begin else False
            yield _Break(start, end, match["mark"], text[begin:start], after[0] if after else "", chained)


def _at_line_end(one: _Break, compounds: "_Compounds", language: str) -> Edit:
    if one.mark in _SOFT:
        return Edit(one.start, one.end, "")
    waits = one.after.casefold() in listed("lines", "behind_hyphens", language)
    if waits and not _is_word(one.before + one.after, language):
        return Edit(one.start, one.end, f"{one.mark} ")
    broken = one.after[:1].islower() and one.mark != "\u2011" and not _is_compound(one, compounds, language)
    return Edit(one.start, one.end, "" if broken else one.mark)


def _before_space(one: _Break, language: str) -> Edit | None:
    """Here only a word that is commoner joined than in pieces tells a broken word from "pre- and post-war"."""
    if not one.after[:1].islower() or one.after in listed("lines", "behind_hyphens", language):
        return None
    joined = _frequency(one.before + one.after, language) if one.before else 0.0
    pieces = min(_frequency(one.before, language), _frequency(one.after, language))
    return Edit(one.start, one.end, "") if joined > pieces else None


def _is_compound(one: _Break, compounds: "_Compounds", language: str) -> bool:
    """Whether the hyphen belongs to the word ("state-owned"), and the line only happens to end there."""
    if not one.before or one.before[-1].isupper() or compounds.hold(one.before, one.after):
        return True
    if _is_word(one.before + one.after, language):
        return False
    if one.chained or one.after in listed("lines", "written_onto", language):
        return True
    if one.before[0].isupper():
        return False
    return _is_word(one.before, language) and _is_word(one.after, language)


class _Compounds:
    """The hyphenated words inside the lines of a text, looked for when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: frozenset[str] | None = None

    def hold(self, before: str, after: str) -> bool:
        if self._found is None:
            self._found = frozenset(_plain(match[0]) for match in _COMPOUND.finditer(self._text))
        return _plain(f"{before}-{after}") in self._found


def _plain(compound: str) -> str:
    return compound.casefold().replace("\u2010", "-").replace("\u2011", "-")


def _is_word(word: str, language: str) -> bool:
    return _frequency(word, language) > 0


def _frequency(word: str, language: str) -> float:
    """The logarithm of a word's uses in a billion; 0 for one that is rare or too short to be more than a syllable."""
    common = _words(language.split("-")[0].lower())
    return common.get(word.lower(), 0.0) if len(word) >= _SHORTEST_WORD else 0.0


@lru_cache(maxsize=4)
def _words(language: str) -> dict[str, float]:
    fields = {word: log10(share) + 9 for word, share in word_shares(language).items()}
    return {word: frequency for word, frequency in fields.items() if frequency >= _COMMON}
