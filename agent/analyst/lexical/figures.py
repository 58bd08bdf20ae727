"""Numbers in figures: "1,500", "1 500" and "1.500" in a French text, "2½", "€5m"."""

import re
import unicodedata
from collections.abc import Sequence

from agent.analyst.lexical.numerals import Numerals
from agent.analyst.lexical.words import Word

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_SIGN = re.compile("[.,]")
_FRACTION = re.compile(r"(\d{1,2})⁄(\d{1,2})")
_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
# Letters that are metres and kilometres elsewhere: millions and thousands beside the sign of a currency.
_SHORT_SCALES = {"m": 1_000_000, "k": 1_000}


def figures_at(words: Sequence[Word], at: int, numerals: Numerals) -> tuple[float, int] | None:
    """The value of the figures that stand here, and where they end; None for a word."""
    first = words[at].folded
    if part := _fraction(first):
        return part, at + 1
    value = value_of(first, numerals.signs)
    if value is None:
        return None
    end = at + 1
    while numerals.spaced and words[end - 1].folded.isdigit() and len(first) < 4 and _is_group(words, end):
        value, end = value * 1000 + (value_of(words[end].folded, numerals.signs) or 0.0), end + 1
    if end < len(words) and words[end - 1].end == words[end].start and (part := _fraction(words[end].folded)):
        value, end = value + part, end + 1
    scale = _SHORT_SCALES.get(words[end].folded) if end < len(words) else None
    if scale and (_is_currency(words, at - 1) or _is_currency(words, end + 1)):
        value, end = value * scale, end + 1
    return value, end


def value_of(folded: str, signs: str) -> float | None:
    """The value of digits with signs; None where they are no number, as in "1.2.3".

    `signs` are what parts thousands and what parts the fraction in the language. Where they are not known, three
    digits behind a sign are thousands: hardly anybody writes a fraction to its third digit. Where two kinds of signs
    stand, the last one parts the fraction.
    """
    if not _FIGURES.fullmatch(folded):
        return None
    used = _SIGN.findall(folded)
    if not used:
        return float(folded)
    first, *groups = _SIGN.split(folded)
    in_groups = len(first) < 4 and all(len(group) == 3 for group in groups)
    if len(used) > 1:
        has_fraction = used.count(used[-1]) == 1
    elif signs:
        has_fraction = used[0] == signs[1] or not in_groups
    else:
        has_fraction = not in_groups or first == "0"
    if not has_fraction and not in_groups:
        return None
    return float(f"{first}{''.join(groups[:-1])}.{groups[-1]}" if has_fraction else f"{first}{''.join(groups)}")


def _fraction(folded: str) -> float | None:
    """The value of a vulgar fraction: "½"."""
    found = _FRACTION.fullmatch(folded)
    return int(found[1]) / int(found[2]) if found and int(found[2]) else None


def _is_group(words: Sequence[Word], at: int) -> bool:
    """Whether three digits stand here, one space behind the word before; the last three may have a fraction."""
    if at >= len(words) or not _GROUP.fullmatch(words[at].folded):
        return False
    return words[at].start - words[at - 1].end == 1


def _is_currency(words: Sequence[Word], at: int) -> bool:
    return 0 <= at < len(words) and unicodedata.category(words[at].text[0]) == "Sc"
