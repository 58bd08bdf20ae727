"""What stands raised or lowered in a text: marks of notes, which are no part of it, and exponents, which are.

A mark that stayed would join the number before it: of 17 dead with a note 171 would be left.
"""

import re
from enum import StrEnum

_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[*†‡§¶]{1,4}|note\s*\d{1,3})[\])]?", re.IGNORECASE)
_LETTER_MARK = re.compile(r"[\[(]?[a-z][\])]?", re.IGNORECASE)
_BACK = re.compile(r"[\^↑↩⤴⏎\ufe0e\ufe0f\s]+")
_OF_NOTES = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?note[\s_-]?(?:ref|reference|mark|link|call|anchor)?(?:$|[\s_\d-])"
    r"|(?:^|[\s_-])(?:footnote|endnote|noteref|fnref|fn|reference|cite[_-]ref)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_TEN = re.compile(r"(?<![\d.,])10$")
# Units with squares and cubes, and formulas that are often written with the wrong tag.
_MEASURED = re.compile(
    r"(?<![^\W\d_])(?:[kcdmµn]?m|ft|in|yd|mi|ha|s|kg|sec|м|км|см|дм|мм|م|كم|سم|متر|کیلومتر|E=mc|mc|[a-z])$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"(?<![^\W\d_])(?:CO|NO|SO|CH|H|O|N|Na|Ca|PM|R)$")
_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DOWN = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED_DIGITS, "0123456789")
# In running text: a number in square brackets, or raised digits as characters.
_IN_TEXT = re.compile(rf"\s?\[\d{{1,3}}\]|[{_RAISED_DIGITS}]{{1,3}}")
_STROKES = ("/", "⁄")
LONGEST_BEFORE = 16


class Height(StrEnum):
    RAISED = "raised"
    LOWERED = "lowered"


def is_note_mark(words: str, before: str, after: str, *, linked: bool, named: bool) -> bool:
    """Whether raised words are the mark of a footnote. `linked`: they are a link. `named`: their markup calls them
    so."""
    text = words.strip()
    if linked or named:
        return bool(_MARK.fullmatch(text) or _LETTER_MARK.fullmatch(text))
    if not text.isdecimal():
        return bool(_MARK.fullmatch(text))
    opens = not before.strip() or before[-1:].isspace()
    in_fraction = after[:1] in _STROKES or before[-1:] in _STROKES
    return not opens and not in_fraction and not _may_be_exponent(text, before)


def is_way_back(words: str) -> bool:
    """Whether a link is the arrow that leads from a footnote back to its mark."""
    return _BACK.fullmatch(words) is not None


def _may_be_exponent(text: str, before: str) -> bool:
    """Whether it can be a power of ten, the square or cube of a measure, or a count of atoms."""
    if _TEN.search(before):
        return text != "1"
    if _FORMULA.search(before):
        return text in ("2", "3", "4")
    return text in ("2", "3") and bool(_MEASURED.search(before))


def names_note(attributes: str) -> bool:
    """Whether a class, a role or a type calls an element the mark of a footnote."""
    return _OF_NOTES.search(attributes) is not None


def shown(words: str, before: str, after: str, height: Height) -> str:
    """Raised or lowered words in the characters that Unicode has for them, one for one. Letters stay as they are."""
    if words.strip() in ("o", "os") and before[-1:] in ("n", "N"):
        return words.replace("o", "º")
    if not re.fullmatch(r"[\d+−-]+", words.strip()) or after[:1] in _STROKES or before[-1:] in _STROKES:
        return words
    return words.translate(_UP if height is Height.RAISED else _DOWN)


def marks_in(text: str, before: str) -> list[tuple[int, int]]:
    """Where marks of footnotes stand in a running text that follows on `before`."""
    found: list[tuple[int, int]] = []
    for match in _IN_TEXT.finditer(text):
        start, end = match.span()
        lead = text[max(0, start - LONGEST_BEFORE) : start]
        lead = before + lead if start < LONGEST_BEFORE else lead
        if not lead.strip():
            continue
        value = match[0].strip()
        bracketed = value.startswith("[")
        if bracketed or is_note_mark(value.translate(_PLAIN), lead, text[end : end + 1], linked=False, named=False):
            found.append((start, end))
    return found
