"""The tables beside this module: months, weekdays, zones, and the words around a date."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agent.dates.lexicon import Lexicon, entries_of, names_in


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"


@dataclass(frozen=True, slots=True)
class Month:
    calendar: Calendar
    number: int
    language: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """`number` is 0 for Monday."""

    number: int
    language: str


class HalfOfDay(StrEnum):
    AM = "am"
    PM = "pm"
    NOON = "noon"
    NIGHT = "night"
    MIDNIGHT = "midnight"


class DateTables:
    """What the names in a date line mean."""

    def __init__(self, months: Mapping[str, dict[str, str]], words: Mapping[str, dict[str, str]]) -> None:
        self.months = Lexicon(
            (name, Month(calendar, number + 1, language))
            for calendar in Calendar
            for name, number, language in _numbered(months[calendar])
        )
        self.weekdays = Lexicon(
            (name, Weekday(number, language)) for name, number, language in _numbered(months["weekdays"])
        )
        self.halves = Lexicon((name, HalfOfDay(half)) for name, half in entries_of(words["halves"]))
        self.hours = Lexicon(entries_of(words["hours"]))
        self.moments = Lexicon(entries_of(words["moments"]))
        self.eras = Lexicon((name, Calendar(era)) for name, era in entries_of(words["eras"]))
        self.between = Lexicon(entries_of(words["between"]))
        self.around = Lexicon(entries_of(words["around"]))
        self.published = Lexicon(entries_of(words["published"]))
        self.changed = Lexicon(entries_of(words["changed"]))


def _numbered(rows: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Each name with its place in its row, from 0 on, and the language of the row."""
    for key, row in rows.items():
        for number, listed in enumerate(row.split("|")):
            for name in names_in(listed):
                yield name, number, key.partition(".")[0]


def read_table(name: str) -> dict[str, Any]:
    """A TOML file beside this module."""
    return tomllib.loads((files("agent.dates") / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def tables() -> DateTables:
    return DateTables(read_table("months"), read_table("words"))
