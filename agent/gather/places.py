"""Where an event is, in which languages people there write, and what a place is called in another language.

Countries and cities come from CLDR, the peoples of Arabic and English from the word lists of the built-in analyst.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from agent.analyst.lexical.places import countries_by_form
from agent.text import fold

_MOST_WORDS = 4
_SHORTEST = 3
# What Arabic writes in one with the name that follows.
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ول", "وب")
_MOST_LANGUAGES = 3
# What is named less often, against what is named most, is not where it is.
_OFTEN_SHARE = 0.34


class PlaceName(NamedTuple):
    """A country, by its code, or a city, by its time zone."""

    territory: str
    zone: str | None = None


class NamedPlace(NamedTuple):
    """A place in a text, and the words that name it: from which to which, the end exclusive."""

    place: PlaceName
    start: int
    end: int


def places_in(words: Sequence[str], language: str) -> list[NamedPlace]:
    """The places that the words of a text name. Where several names begin at one word, the longest counts."""
    known = _names(language)
    folded = [fold(word) for word in words]
    found, at = [], 0
    while at < len(folded):
        place = next(_at(folded, at, known), None)
        if place is not None:
            found.append(place)
        at = place.end if place is not None else at + 1
    return found


def _at(folded: Sequence[str], start: int, known: dict[str, PlaceName]) -> Iterator[NamedPlace]:
    for size in range(min(_MOST_WORDS, len(folded) - start), 0, -1):
        text = " ".join(folded[start : start + size])
        for prefix in _PREFIXES:
            if text.startswith(prefix) and (place := known.get(text.removeprefix(prefix))) is not None:
                yield NamedPlace(place, start, start + size)


def name_of(place: PlaceName, language: str) -> str | None:
    """The name of a place in a language. None where it is not known."""
    locale = _locale(language)
    if locale is None:
        return None
    if place.zone is None:
        return str(locale.territories.get(place.territory) or "") or None
    return _city(locale, place.zone)


def language_name(language: str) -> str | None:
    """The English name of a language, in one word of small letters. None for one that is not known."""
    english = _locale("en")
    value = english.languages.get(language) if english is not None else None
    return "".join(str(value).casefold().split()) if value else None


def languages_of(territories: Iterable[str]) -> tuple[str, ...]:
    """The languages that people write in at the places which are named most often, those of the first place first."""
    named = Counter(territories).most_common()
    ranked = [territory for territory, count in named if count >= named[0][1] * _OFTEN_SHARE]
    found = dict.fromkeys(
        language.partition("_")[0]
        for territory in ranked
        for language in get_official_languages(territory, de_facto=True)
    )
    return tuple(found)[:_MOST_LANGUAGES]


def edition_of(language: str, territories: Iterable[str]) -> str | None:
    """The country whose edition of a source is asked for a language: where the event is, or where most people speak
    it."""
    for territory, _ in Counter(territories).most_common():
        if language in get_official_languages(territory, de_facto=True):
            return territory
    likely = str(get_global("likely_subtags").get(language) or "").rpartition("_")[2]
    return likely if len(likely) == 2 else None


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, PlaceName]:
    """Every known name of a place, folded. Countries win over cities."""
    locale = _locale(language)
    if locale is None:
        return {}
    names = {fold(city): PlaceName(territory, zone) for territory, zone, city in _cities(locale)}
    countries = {
        fold(str(name)): PlaceName(code)
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha()
    }
    names |= countries
    by_number = {
        number: countries[form].territory for form, number in countries_by_form(language).items() if form in countries
    }
    peoples = {
        form: PlaceName(by_number[number])
        for form, number in countries_by_form(language).items()
        if number in by_number
    }
    return {name: place for name, place in {**peoples, **names}.items() if len(name) >= _SHORTEST}


def _cities(locale: Locale) -> Iterator[tuple[str, str, str]]:
    for territory, zones in get_global("territory_zones").items():
        for zone in zones:
            if len(territory) == 2 and territory.isalpha() and (city := _city(locale, zone)):
                yield territory, zone, city


def _city(locale: Locale, zone: str) -> str | None:
    value = locale.time_zones.get(zone, {}).get("city")
    if value:
        return str(value)
    # In English a zone is called by its city.
    return zone.rpartition("/")[2].replace("_", " ") if locale.language == "en" and "/" in zone else None


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
