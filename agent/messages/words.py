"""The messages of one language, with its plurals, numbers, dates and quotation marks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Literal

from agent.messages.catalogue import sections, spoken_for

Section = Literal["reasons", "web", "chat", "mcp"]
# The messages of one door are in several sections where there are many.
_SECTIONS: Mapping[Section, tuple[str, ...]] = {"web": ("web", "pages")}
# Around a report, in every form of it.
_ALWAYS = ("report", "editing")


class Words:
    """Messages of one language; asking for one that is not there is a mistake and raises `KeyError`."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages

    def __call__(self, key: str, **values: object) -> str:
        """The message, with its places filled in where values are given."""
        return self._messages[key].format(**values) if values else self._messages[key]

    @property
    def direction(self) -> str:
        return self._messages["direction"]

    @property
    def colon(self) -> str:
        """The colon between a name and its value, with the spaces that the language sets around it."""
        return self._messages["colon"]

    def quoted(self, text: str) -> str:
        """A quotation in the marks of the language; nothing in the text is changed."""
        before, _, after = self._messages["quoted"].partition("{text}")
        return f"{before}{text}{after}"

    def count(self, noun: str, number: int) -> str:
        """The noun with its number, in the plural form that the number asks for."""
        form = f"{noun}.{_plural_rule(self.language)(number)}"
        value = self._messages.get(form, self._messages[f"{noun}.other"])
        return value.replace("{n}", self.number(number))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the separators of the language."""
        whole, _, fraction = f"{value:,.{decimals}f}".partition(".")
        grouped = whole.replace(",", self._messages["thousands"])
        return f"{grouped}{self._messages['decimal']}{fraction}" if fraction else grouped

    def language_name(self, code: str) -> str:
        """The name of a language; of one that has none here its code."""
        return self._messages.get(f"language.{code}", code)

    def date(self, day: date) -> str:
        months = self._messages["months"].split()
        first = self._messages["first_day"] if day.day == 1 else day.day
        return f"{first} {months[day.month - 1].replace('_', ' ')} {day.year}"


def load_words(language: str, section: Section | None = None) -> Words:
    """What a reader of `language` is told: the words around a report, and those of one more section."""
    return _words(spoken_for(language), section)


@cache
def _words(language: str, section: Section | None) -> Words:
    known = sections(language)
    fields: dict[str, str] = {}
    for name in (*_ALWAYS, *(_SECTIONS.get(section, (section,)) if section else ())):
        fields |= known[name]
    return Words(language, fields)


@cache
def _plural_rule(language: str) -> Callable[[float], str]:
    """Which of zero, one, two, few, many and other a number takes, by the rules of the Unicode CLDR."""
    from babel import Locale

    return Locale.parse(language).plural_form
