"""Which countries a text is about, by their names, peoples and seats of government."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from agent.analyst.lexical.resources import Table

_WITH_LISTS = frozenset(("ar", "en"))
_PREFIXES = ("", "ال", "لل", "وال", "بال", "فال", "و", "ب", "ل", "ول", "وب")
_FINAL = ("يا", "ا", "ه")
_OF_THE_PEOPLE = ("ي", "يه", "يين", "يون", "يا", "يات")


def places_of(folded: Iterable[str], language: str) -> frozenset[int]:
    """The countries that the words name, as numbers to compare."""
    known = countries_by_form(language)
    return frozenset(known[word] for word in folded if word in known)


@lru_cache(maxsize=4)
def countries_by_form(language: str) -> dict[str, int]:
    """The numbers of countries by every form of their names, folded; empty where a language has no list."""
    if language not in _WITH_LISTS:
        return {}
    lines = enumerate(Table("places.toml").rows(language))
    forms = _arabic_forms if language == "ar" else _as_it_stands
    return {form: number for number, line in lines for word in line for form in forms(word)}


def _as_it_stands(word: str) -> Iterator[str]:
    """ "Syria", "Syria's", "Syrians"."""
    yield from (word, f"{word}'s", f"{word}s", f"{word}s'")


def _arabic_forms(word: str) -> Iterator[str]:
    """ "Syria", "and Syria", "the Syrian", "for the Syrians"."""
    name = word.removeprefix("ال")
    trunk = name.removesuffix(next((ending for ending in _FINAL if name.endswith(ending)), ""))
    for prefix in _PREFIXES:
        yield prefix + name
        yield from (prefix + trunk + ending for ending in _OF_THE_PEOPLE)
