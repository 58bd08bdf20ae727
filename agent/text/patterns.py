"""Patterns of words, kept in word lists: one pattern takes what people write in several ways."""

import re
from collections.abc import Iterable

_SPELLINGS = {
    "ا": "[اأإآ]",
    "ه": "(?:[هةۀ]\u0654?)",
    "ي": "[يیى]",
    "ی": "[يیى]",
    "ك": "[كک]",
    "ک": "[كک]",
    "'": "['’]",
    " ": r"[\s\u200c]+",
}


def any_of(patterns: Iterable[str]) -> str:
    """One pattern for all of them. A space is any white space and the half-space of Persian, an
    apostrophe any apostrophe, and a letter of Arabic script any of its spellings."""
    return "|".join("".join(_SPELLINGS.get(character, character) for character in pattern) for pattern in patterns)


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """The same to search with, whatever the case."""
    return re.compile(any_of(patterns), re.IGNORECASE)
