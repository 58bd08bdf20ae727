"""Numbers in one form, whatever digits and signs they are written with: "4.4", "4,4" and «۴٫۴» are one word."""

import re

_SPACES = "\u00a0\u2009\u202f"
_IN_GROUPS = re.compile(rf"(?<![\w.,:٫٬])\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)")
# Not a part of something longer, such as a date or the number of a version.
_IN_PARTS = re.compile(r"(?<![\w.,:٫٬])\d{1,15}(?:[.,٫٬]\d{3})*[.,:٫٬]\d{1,15}(?![.,:٫٬]?\d)(?P<unit>(?=[^\W\d_]))?")
_SIGNS = re.compile(r"[.,:٫٬]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,٬]\d{3})+")
_FRACTION = "_"
_JOINED = re.compile(r"\d+_\d+")


def joined(text: str) -> str:
    """The text with every number as one word: thousands without signs, and `_` before a fraction or the minutes.

    Of "4.400" nobody knows which it is: three digits behind a sign are thousands.
    """
    return _IN_PARTS.sub(_one_word, _IN_GROUPS.sub(_without_spaces, text))


def parts_of(word: str) -> list[str]:
    """What stands before and behind the sign of a joined number, for others may round it; nothing of other words."""
    return word.split(_FRACTION) if _JOINED.fullmatch(word) else []


def _without_spaces(found: re.Match[str]) -> str:
    return re.sub(rf"[{_SPACES}]", "", found[0])


def _one_word(found: re.Match[str]) -> str:
    # "1.5C" and "1.5 C" are the same number.
    unit = "" if found["unit"] is None else " "
    if _THOUSANDS.fullmatch(found[0]):
        return _SIGNS.sub("", found[0]) + unit
    *whole, fraction = _SIGNS.split(found[0])
    return f"{''.join(whole)}{_FRACTION}{fraction}{unit}"
