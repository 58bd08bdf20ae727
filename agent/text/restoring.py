"""A text from outside as it can be kept: mended for good, or refused with the reason why nobody can read it."""

import re
from dataclasses import dataclass

from agent.text.mending import Repair, mend
from agent.text.order import in_reading_order, is_visual

VISUAL_ORDER = (
    "its letters stand in visual order, each line from left to right, as some programs take them out of PDFs: its "
    "words read backwards. Copy the text from a page, or export it anew"
)
LOST_LETTERS = "many of its letters were lost on the way: question marks stand in their place"
_LOST = "\ufffd"
_MOST_LOST, _FEWEST_LOST = 0.02, 5
_QUESTION_MARKS = re.compile(r"\?{2,}")


@dataclass(frozen=True)
class Restored:
    """A text, what was done to it, and why it cannot be read, if it cannot."""

    text: str
    mended: tuple[str, ...] = ()
    damage: str | None = None


def restore(text: str, language: str = "und") -> Restored:
    """The text mended, or with the damage that cannot be mended for certain."""
    turned = in_reading_order(text) if is_visual(text) else None
    mended = mend(turned or text, language)
    repairs = (Repair.ORDER, *mended.repairs) if turned else mended.repairs
    return Restored(mended.text, tuple(repairs), damage_of(mended.text))


def damage_of(text: str) -> str | None:
    """Why nobody can read the text; None for one that can be read."""
    if is_visual(text):
        return VISUAL_ORDER
    return LOST_LETTERS if _lost_letters(text) else None


def _lost_letters(text: str) -> bool:
    if _LOST not in text and "??" not in text:
        return False
    letters = sum(map(str.isalpha, text))
    lost = text.count(_LOST)
    asked = sum(len(match[0]) for match in _QUESTION_MARKS.finditer(text))
    return (lost >= _FEWEST_LOST and lost > letters * _MOST_LOST) or (asked >= 2 * _FEWEST_LOST and asked > letters)
