"""The words around a report and in an answer: interface strings by language, read from a data file."""

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Direction = Literal["ltr", "rtl", "auto"]

_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
_FEW = range(3, 11)
_MANY = range(11, 100)


class Words:
    """Strings of one language; asking for one that is not there is a mistake and raises `KeyError`."""

    def __init__(self, language: str, strings: dict[str, str]) -> None:
        self.language = language
        self._strings = strings

    def __call__(self, key: str) -> str:
        return self._strings[key]

    @property
    def direction(self) -> str:
        return self._strings["direction"]

    def count(self, noun: str, number: int) -> str:
        """The noun with its number, in the plural form that the number asks for."""
        form = f"{noun}.{self._form(number)}"
        return self._strings.get(form, self._strings[f"{noun}.other"]).replace("{n}", f"{number:,}")

    def language_name(self, code: str) -> str:
        """The name of a language; of one that has none here its code."""
        return self._strings.get(f"language.{code}", code)

    def date(self, day: date) -> str:
        months = self._strings["months"].split()
        return f"{day.day} {months[day.month - 1].replace('_', ' ')} {day.year}"

    def _form(self, number: int) -> str:
        if number in (0, 1, 2):
            return ("zero", "one", "two")[number]
        if number % 100 in _FEW:
            return "few"
        return "many" if number % 100 in _MANY else "other"


@lru_cache(maxsize=4)
def _table(package: str) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(files(package).joinpath("words.json").read_text("utf-8"))
    return table


def load_words(language: str, *more: str) -> Words:
    """The interface for a reader of `language`: Arabic for Arabic, English for everything else.

    `more` are packages with words of their own, beside those that stand around a report.
    """
    primary = language.split("-")[0].lower()
    known = primary if primary in _table("agent") else "en"
    strings = [_table(package)[known] for package in ("agent", *more)]
    return Words(known, {key: text for table in strings for key, text in table.items()})


def direction_of(language: str) -> Direction:
    """The `dir` of a text in a language; "auto" lets the text decide where the language is not known."""
    primary = language.split("-")[0].lower()
    if primary == "und":
        return "auto"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
