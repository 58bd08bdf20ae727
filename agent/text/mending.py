"""What damaged a text on its way is mended, and every place of the mended text leads back to the text as given.

Mended are only damages that can be undone for certain: what was written stands there, under another code.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.models import Span
from agent.text.edits import Edit
from agent.text.hyphens import rejoined
from agent.text.misread import misread


class Repair(StrEnum):
    """What was mended, in words for a reader."""

    ORDER = "letters in visual order were put in reading order, line by line"
    ENCODING = "letters that were read in a wrong encoding were put right"
    ENTITIES = "HTML entities were turned into the characters they stand for"
    LINES = "line and paragraph separators were read as line ends"
    FORMS = "ligatures and presentation forms were turned into letters"
    HYPHENS = "words broken at the ends of lines were joined"
    HIDDEN = "invisible characters inside words were taken out"


@dataclass(frozen=True)
class _Layer:
    """One kind of repair: a text, and where each of its edits stands in it and in the text before."""

    edits: tuple[Edit, ...]
    starts: tuple[int, ...]

    def first(self, at: int) -> int:
        """Where the character at `at` begins in the text before."""
        n = bisect_right(self.starts, at) - 1
        if n < 0:
            return at
        beyond = at - self.starts[n] - len(self.edits[n].text)
        return self.edits[n].start if beyond < 0 else self.edits[n].end + beyond

    def last(self, at: int) -> int:
        """Where the character at `at` ends in the text before."""
        n = bisect_right(self.starts, at) - 1
        inside = n >= 0 and at < self.starts[n] + len(self.edits[n].text)
        return self.edits[n].end if inside else self.first(at) + 1


@dataclass(frozen=True)
class Mended:
    """A text as it is to be read. `repairs` are what it took, in the order in which they were made."""

    text: str
    repairs: tuple[Repair, ...] = ()
    _layers: tuple[_Layer, ...] = ()

    def given(self, span: Span) -> Span:
        """The stretch of the text as given that reads `text[span.start:span.end]`."""
        first, last = span.start, span.end - 1
        for layer in reversed(self._layers):
            first, last = layer.first(first), layer.last(last) - 1
        return Span(start=first, end=last + 1)


# Whatever a repair begins with: most texts hold none of it.
_SUSPECT = re.compile(
    "[&\u00c2-\u00f4\u2028\u2029\x0b\x0c\x1c\x1d\x85\ufb00-\ufdfd\ufe70-\ufefc\u2010\u2011\u00ac"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\x02\x1f]|-\\s"
)


@lru_cache(maxsize=64)
def mend(text: str, language: str = "und") -> Mended:
    """The text with what can be undone for certain undone. `language` helps with hyphens at line ends."""
    repairs: list[Repair] = []
    layers: list[_Layer] = []
    if not _SUSPECT.search(text):
        return Mended(text)
    for repair, find in _REPAIRS:
        if edits := tuple(find(text, language)):
            text, layer = _edited(text, edits)
            repairs.append(repair)
            layers.append(layer)
    return Mended(text, tuple(repairs), tuple(layers))


def _edited(text: str, edits: tuple[Edit, ...]) -> tuple[str, _Layer]:
    pieces: list[str] = []
    starts: list[int] = []
    done = size = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.text)
        size += edit.start - done
        starts.append(size)
        size += len(edit.text)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), _Layer(edits, tuple(starts))


def _replaced(text: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> Iterable[Edit]:
    for match in pattern.finditer(text):
        instead = replacement(match)
        if instead != match[0]:
            yield Edit(match.start(), match.end(), instead)


# Encoded twice and more, an ampersand is in front: "&amp;quot;".
_ENTITY = re.compile(
    r"&(?:amp;|#38;|#x26;)*"
    r"(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|(?:nbsp|quot|amp|lt|gt)(?![\w=;]))"
)


def _entities(text: str, _: str) -> Iterable[Edit]:
    return _replaced(text, _ENTITY, _character) if "&" in text else ()


def _character(entity: re.Match[str]) -> str:
    innermost = "&" + entity[1]
    decoded = html.unescape(innermost)
    return entity[0] if decoded == innermost or decoded in ("", "\ufffd") else decoded


_SEPARATOR = re.compile("[\u2028\u2029\x0b\x0c\x1c\x1d\x85]")


def _separators(text: str, _: str) -> Iterable[Edit]:
    return _replaced(text, _SEPARATOR, lambda match: "\n\n" if match[0] == "\u2029" else "\n")


# Latin, Armenian, Hebrew and Arabic; the marks of Arabic come with a space to stand on, which parts the word.
_FORM = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdfd\ufe70-\ufefc]")


def _forms(text: str, _: str) -> Iterable[Edit]:
    return _replaced(text, _FORM, lambda match: _letters(match[0]))


@lru_cache(maxsize=1024)
def _letters(form: str) -> str:
    return unicodedata.normalize("NFKC", form).lstrip(" ") or form


_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\x02\x1f]+")
# Scripts that write words without spaces may part them by an invisible one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# The joiner and the non-joiner are spelling in Persian and in India; between Latin letters they are nothing.
_JOINERS = re.compile("[\u200c\u200d]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Their writers put other invisible characters where the non-joiner belongs.
_NON_JOINING = frozenset(("fa", "ur", "ckb", "ps"))
_ARABIC = re.compile("[\u0620-\u06d3]")


def _hidden(text: str, language: str) -> Iterable[Edit]:
    for match in _UNSEEN.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        inside = (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())
        if not inside or _UNSPACED.match(before):
            continue
        if not _JOINERS.search(match[0]) or (_LATIN.match(before) and _LATIN.match(after)):
            yield Edit(match.start(), match.end(), "\u200c" if _is_non_joiner(before, language) else "")


def _is_non_joiner(before: str, language: str) -> bool:
    return language.split("-")[0].lower() in _NON_JOINING and _ARABIC.match(before) is not None


# In this order: an entity may stand for a separator, a form or a hyphen, and a separator may end a broken line.
_REPAIRS: tuple[tuple[Repair, Callable[[str, str], Iterable[Edit]]], ...] = (
    (Repair.ENCODING, misread),
    (Repair.ENTITIES, _entities),
    (Repair.LINES, _separators),
    (Repair.FORMS, _forms),
    (Repair.HYPHENS, rejoined),
    (Repair.HIDDEN, _hidden),
)
