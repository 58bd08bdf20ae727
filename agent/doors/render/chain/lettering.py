"""How wide a text will be, and where its lines break: by kinds of letters, as nobody knows the reader's font."""

import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,:;|!'`()[]{} ·\u2066\u2068\u2069")
_BROAD = frozenset("mwMWQ@%—…+=<>≠~→")
_INVISIBLE = ("Mn", "Me", "Cf")
_BOLD = 1.08
_ELLIPSIS = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """In pixels, rather too much than too little."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


def lines_of(text: str, room: float, size: float, *, most: int = 2, bold: bool = False) -> list[str]:
    """At most so many lines of this width; what does not fit any more is cut off, with an ellipsis in its place."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, room, size, bold=bold):
        longer = f"{line} {word}" if line else word
        if not line or width_of(longer, size, bold=bold) <= room:
            line = longer
            continue
        lines.append(line)
        line = word
        if len(lines) == most:
            break
    else:
        return [*lines, line] if line else lines
    lines[-1] = _shortened(f"{lines[-1]} {line}", room, size, bold=bold)
    return lines


def _pieces(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """The words; one that is longer than a line is cut, so that it fits several."""
    pieces = []
    for word in text.split():
        while width_of(word, size, bold=bold) > room and len(word) > 1:
            fits = _fitting(word, room, size, bold=bold)
            pieces.append(word[:fits])
            word = word[fits:]
        pieces.append(word)
    return pieces


def _fitting(word: str, room: float, size: float, *, bold: bool) -> int:
    used, fits = 0.0, 0
    for letter in word:
        used += width_of(letter, size, bold=bold)
        if used > room:
            break
        fits += 1
    return max(fits, 1)


def _shortened(text: str, room: float, size: float, *, bold: bool) -> str:
    fits = _fitting(text, room - width_of(_ELLIPSIS, size, bold=bold), size, bold=bold)
    return text[:fits].rstrip() + _ELLIPSIS


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    if unicodedata.category(letter) in _INVISIBLE:
        return 0.0
    if letter in _NARROW:
        return 0.32
    if letter in _BROAD:
        return 0.9
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.02
    return 0.72 if letter.isupper() else 0.64 if letter.isdigit() else 0.6
