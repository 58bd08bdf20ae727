"""Puts letters right that were read in a wrong encoding: UTF-8 as Windows-1252, and the Arabic of Windows as its
Latin."""

import re
from collections.abc import Iterable

from agent.text.edits import Edit
from agent.text.order import is_logical

# The first byte of a letter in UTF-8, and the next, as a reader of Windows-1252 sees them.
_UTF8 = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6-\u2122]")
_HIGH_WORD = re.compile("[\u00c0-\u00ff]{2,}")
_FEWEST_WORDS = 4
_ASCII_LETTER = re.compile("[A-Za-z]")


def misread(text: str, _: str) -> Iterable[Edit]:
    """The edits that put such letters right. The language is not looked at."""
    return _as_utf8(text) or _as_arabic(text)


def _as_utf8(text: str) -> list[Edit]:
    if not _UTF8.search(text):
        return []
    from ftfy import fix_encoding
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    bad = [match for match in UTF8_DETECTOR_RE.finditer(text) if is_bad(match[0])]
    edits = (Edit(match.start(), match.end(), fix_encoding(match[0])) for match in bad)
    return [edit for edit in edits if edit.text != text[edit.start : edit.end]]


def _as_arabic(text: str) -> list[Edit]:
    """Nearly all letters of such a text have accents, and the words that they stand for are Arabic ones."""
    accented = [match[0] for match in _HIGH_WORD.finditer(text)]
    if len(accented) < _FEWEST_WORDS or sum(map(len, accented)) <= len(_ASCII_LETTER.findall(text)):
        return []
    if not is_logical(text.translate(_ARABIC)):
        return []
    return [Edit(at, at + 1, chr(_ARABIC[ord(c)])) for at, c in enumerate(text) if ord(c) in _ARABIC]


def _arabic() -> dict[int, int]:
    """The letters of Windows-1256 by those of Windows-1252, which leaves some codes to control characters."""
    table: dict[int, int] = {}
    for code in range(0x80, 0x100):
        stands = bytes([code]).decode("cp1256")
        for seen in (bytes([code]).decode("cp1252", "ignore"), chr(code)):
            if seen and seen != stands:
                table.setdefault(ord(seen), ord(stands))
    return table


_ARABIC = _arabic()
