"""Right-to-left text on a terminal: some terminals order a line themselves, most show it as it comes.

For the latter each line is ordered here, after wrapping, because a line that is broken after ordering would begin
with its end; and letters are joined here, because such terminals show each letter by itself.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Literal, Protocol

from bidi import get_display  # type: ignore[import-untyped]  # it ships no types
from bidi.mirror import MIRRORED  # type: ignore[import-untyped]
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from agent.text import visible

Base = Literal["L", "R"]

# GNOME Terminal and its relatives order lines themselves from VTE 0.58 on.
_VTE_WITH_BIDI = 5800
_TERMINALS_WITH_BIDI = frozenset({"Apple_Terminal", "mintty", "mlterm"})
_RTL = ("R", "AL")
_MARKS_BEFORE_BASE = re.compile(
    "([\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed]+)(.)"
)
_LEFT_MARK = "\u200e"
_EMBED_RIGHT = "\u202b"
_POP_EMBEDDING = "\u202c"
_FIRST_STRONG_ISOLATE = "\u2068"
_POP = "\u2069"
# Ordering does not turn brackets and quotation marks round. A mark goes behind each of them and tells where it
# ended up: before it, where the letters run from right to left.
_TAG = "\U000e01ef"
_MIRRORED = re.compile("[" + re.escape("".join(MIRRORED)) + "]")
_TAGGED = re.compile(f"{_TAG}(.)|({_MIRRORED.pattern}){_TAG}")
_CONTROLS = re.compile("[\u200e\u200f\u2066-\u2069]")


class LineOrder(StrEnum):
    """How a line is handed over: as stored, as stored with direction marks, or already ordered for the eye."""

    LOGICAL = "logical"
    TERMINAL = "terminal"
    VISUAL = "visual"


def order_for(environ: Mapping[str, str], *, terminal: bool) -> LineOrder:
    """Which order suits the place of output; what is no terminal gets the plain text."""
    if not terminal:
        return LineOrder.LOGICAL
    vte = environ.get("VTE_VERSION", "")
    orders_itself = (
        (vte.isdigit() and int(vte) >= _VTE_WITH_BIDI)
        or "KONSOLE_VERSION" in environ
        or "MLTERM" in environ
        or environ.get("TERM_PROGRAM") in _TERMINALS_WITH_BIDI
        or environ.get("TERM", "").startswith("mlterm")
    )
    return LineOrder.TERMINAL if orders_itself else LineOrder.VISUAL


def base_direction(text: str) -> Base:
    """The direction of the first letter that has one; left-to-right when none has."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RTL:
            return "R"
        if direction == "L":
            return "L"
    return "L"


def one_line(text: str) -> str:
    """A text fit for one line of a terminal: nothing that moves the cursor, hides, or turns the direction."""
    return " ".join(visible(" ".join(text.split())).split())


def isolated(text: str) -> str:
    """A cleaned piece of foreign text that cannot pull its neighbours into its own direction."""
    return f"{_FIRST_STRONG_ISOLATE}{one_line(text)}{_POP}"


def wrapped(text: str, width: int, order: LineOrder, base: Base | None = None) -> list[str]:
    """The lines of a paragraph of `width` cells, ordered for the terminal, not padded."""
    base = base or base_direction(text)
    if order is LineOrder.VISUAL:
        text = _joined(text)
    lines = Text(text).wrap(_ruler(), width) if text else Lines()
    return [_ordered(line.plain.strip(), order, base) for line in lines]


def _ordered(line: str, order: LineOrder, base: Base) -> str:
    if order is LineOrder.LOGICAL:
        return _CONTROLS.sub("", line)
    if order is LineOrder.TERMINAL:
        # Marks and embeddings, not isolates: mlterm knows the former only and gives the latter a cell of their own.
        marked = _CONTROLS.sub(_LEFT_MARK if base == "L" else "", line)
        return f"{_LEFT_MARK}{marked if base == 'L' else _EMBED_RIGHT + marked + _POP_EMBEDDING}{_LEFT_MARK}"
    tagged = _MIRRORED.sub(rf"\g<0>{_TAG}", line.replace(_TAG, ""))
    shown = _CONTROLS.sub("", str(get_display(tagged, base_dir=base)))
    turned = _TAGGED.sub(lambda m: MIRRORED[m[1]] if m[1] else m[2], shown)
    return _MARKS_BEFORE_BASE.sub(r"\2\1", turned)


@lru_cache(maxsize=1)
def _ruler() -> Console:
    return Console(width=80, force_terminal=False, color_system=None)


class _Shaper(Protocol):
    def reshape(self, text: str) -> str: ...


def _joined(text: str) -> str:
    """The same letters in the forms they take within words."""
    return _shaper().reshape(text) if any(unicodedata.bidirectional(c) == "AL" for c in text) else text


@lru_cache(maxsize=1)
def _shaper() -> _Shaper:
    from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]  # it ships no types

    shaper: _Shaper = ArabicReshaper(
        configuration={
            "delete_harakat": False,
            "support_ligatures": True,
            "RIAL SIGN": False,
            "ARABIC LIGATURE ALLAH": False,
        }
    )
    return shaper
