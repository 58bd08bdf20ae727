"""Which words of a text are worth searching for: its names, its numbers, and the words that few texts have."""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from agent.coverage.index.rarity import look_up
from agent.coverage.search.names import names_in
from agent.text import fold
from agent.text.frequencies import word_shares
from agent.text.language import primary_language

# Signs above and below letters are part of a word, though no letters.
_LETTER = "(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e])+"
_WORD = re.compile(f"{_LETTER}(?:['’ʼ‘.,-]{_LETTER})*")
_POINTS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
_DIGIT = re.compile(r"\d")
_SHORTEST = 3
_FEWEST_DIGITS = 2
# On Zipf's scale a word of 6 is in every text, one of 3 in few; what is in no list is rarer still.
_EVERYWHERE, _UNLISTED = 5.65, 2.5
_BEST = 6.0 - _UNLISTED
_NAME, _NUMBER = 0.5, 0.3
# Languages that put no space between words are searched in stretches.
UNSPACED = frozenset("zh ja th lo km my".split())
_LONGEST_STRETCH = 24


class TellingWord(NamedTuple):
    """A word as it stands in a text, from 0 to about 1.5 by how much it tells; `key` is how it is compared."""

    word: str
    key: str
    weight: float
    is_name: bool


def telling_words(text: str, language: str) -> Iterator[TellingWord]:
    """Those words of a text, in its order, that tell it from others."""
    if primary_language(language) in UNSPACED:
        yield from _stretches(text)
        return
    spoken = primary_language(language)
    listed, calendar = word_shares(spoken), _days_and_months(spoken)
    for number, found in enumerate(_WORD.finditer(text)):
        if (result := _weighed(_POINTS.sub("", found[0]), number == 0, listed, calendar)) is not None:
            yield result


def _stretches(text: str) -> Iterator[TellingWord]:
    """Between marks of punctuation; the first of them is usually what is spoken of."""
    for number, found in enumerate(_WORD.finditer(text)):
        stretch = found[0][:_LONGEST_STRETCH]
        if len(stretch) >= _FEWEST_DIGITS:
            yield TellingWord(stretch, stretch, 1 / (1 + number), False)


def _weighed(word: str, opens: bool, listed: Mapping[str, float], calendar: frozenset[str]) -> TellingWord | None:
    if digits := _DIGIT.findall(word):
        return TellingWord(word, fold(word), _NUMBER + 0.4, False) if len(digits) >= _FEWEST_DIGITS else None
    zipf = _zipf(word, listed)
    if len(word) < _SHORTEST or zipf >= _EVERYWHERE or fold(word) in calendar:
        return None
    # The first word of a sentence has its capital from there.
    is_name = bool(names_in(word)) and not (opens and listed and fold(word) in listed)
    weight = max(0.0, 6.0 - zipf) / _BEST * look_up(fold(word) or word).rarity
    return TellingWord(word, fold(word), weight + _NAME * is_name, is_name)


def _zipf(word: str, listed: Mapping[str, float]) -> float:
    frequency = listed.get(word.lower()) or listed.get(fold(word))
    return math.log10(frequency) + 9 if frequency else _UNLISTED


@cache
def _days_and_months(language: str) -> frozenset[str]:
    """Written like names, and telling nothing of what happened on them."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    items = (*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values())
    return frozenset(fold(str(name)) for name in items)
