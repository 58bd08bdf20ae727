"""Days that running text names without a year: "15 March", «15 كانون الثاني», and the days of the week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.dates.lexicon import Lexicon, NameMatch, names_in
from agent.dates.tables import Calendar, read_table
from agent.dates.tokens import Token, plain

_LANGUAGES = frozenset({"ar", "en", "es", "fa", "fr", "tr"})
_CALENDARS = {"fa": Calendar.JALALI}
# Rows in which months are called as people and everyday things are: Nasser, the water, the lion.
_EVERYDAY = frozenset({"ar.libya", "fa.afghan"})
# Elsewhere what is short is a word as well: "mar" is the sea.
_SHORT_ONES_TELL = frozenset({"en"})
_DAYS_OF_A_MONTH = range(1, 32)
# "The twenty-first of January" in Arabic.
_MOST_WORDS = 5
# Two letters of Arabic are a month and "father".
_LEAST_OF_MONTH = 3
# They are words of their own behind figures: "5th".
_ENDINGS = frozenset({"st", "nd", "rd", "th", "er"})


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of the calendar that the language writes in, in `length` words."""

    month: int
    day: int
    length: int


@dataclass(frozen=True)
class _Names:
    weekdays: dict[str, int]
    months: Lexicon[int]
    whole: Lexicon[int]
    ordinals: Lexicon[int]
    of: frozenset[str]
    alone: frozenset[str]


def weekday_named(word: str, language: str) -> int | None:
    """The day of the week that a word names, 0 for Monday. None for other words, and for short forms that are words
    of their own: "sat" is a verb, «أحد» is "one"."""
    return _names(language).weekdays.get(plain(word))


def is_calendar_word(word: str, language: str) -> bool:
    """Whether a word by itself names a day of the week or a month."""
    return plain(word) in _names(language).alone


def month_named(words: Sequence[str], at: int, language: str) -> int | None:
    """The month, from 1 on, whose whole name begins at a word. None where that word is an everyday word as well."""
    if language in _CALENDARS or len(plain(words[at])) < _LEAST_OF_MONTH:
        return None
    tokens = [Token(plain(word), attached=False) for word in words[at : at + 2]]
    found = _names(language).whole.match(tokens, 0)
    return _number(found) if found is not None else None


def day_of_month_at(words: Sequence[str], at: int, language: str) -> DayOfMonth | None:
    """The day that begins at a word, in either order: "15 March", "March 15th", «الخامس عشر من آذار»."""
    names = _names(language)
    tokens = [Token(plain(word), attached=False) for word in words[at : at + _MOST_WORDS]]
    if (month := names.months.match(tokens, 0)) is not None:
        day = _day(tokens, month.length)
        return DayOfMonth(_number(month), day, month.length + 1) if day is not None else None
    first = _first_day(tokens, names)
    if first is None or (first.is_ordinal and at > 0 and _counts_something(words[at - 1], language)):
        return None
    after = first.length + (first.length < len(tokens) and tokens[first.length].text in names.of)
    month = names.months.match(tokens, after)
    return DayOfMonth(_number(month), first.day, after + month.length) if month is not None else None


@dataclass(frozen=True, slots=True)
class _FirstDay:
    day: int
    length: int
    is_ordinal: bool


def _first_day(tokens: Sequence[Token], names: _Names) -> _FirstDay | None:
    if (day := _day(tokens, 0)) is not None:
        return _FirstDay(day, 1 + (len(tokens) > 1 and tokens[1].text in _ENDINGS), is_ordinal=False)
    ordinal = names.ordinals.match(tokens, 0)
    return _FirstDay(_number(ordinal), ordinal.length, is_ordinal=True) if ordinal is not None else None


def _counts_something(before: str, language: str) -> bool:
    """Whether an ordinal behind this word is that of a thing: «النصف الأول من آذار» is half of the month."""
    word = plain(before)
    return word.startswith("ال") and word != "اليوم" and weekday_named(before, language) is None


def _number(found: NameMatch[int]) -> int:
    return next(iter(found.meanings))


def _day(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or not tokens[at].is_number or len(tokens[at].text) > 2:
        return None
    day = int(tokens[at].text)
    return day if day in _DAYS_OF_A_MONTH else None


@lru_cache(maxsize=16)
def _names(language: str) -> _Names:
    if language not in _LANGUAGES:
        return _Names({}, Lexicon(()), Lexicon(()), Lexicon(()), frozenset(), frozenset())
    table = read_table("months")
    months = table[_CALENDARS.get(language, Calendar.GREGORIAN)]
    weekdays = {plain(cell[0]): number for number, cell in _cells(table["weekdays"], language)}
    named = [(name, number + 1) for number, cell in _cells(months, language) for name in cell]
    whole = [(cell[0], number + 1) for number, cell in _cells(months, language)]
    alone = {name for name, _ in (named if language in _SHORT_ONES_TELL else whole)}
    ordinals = [(name, number + 1) for number, cell in _cells(table["ordinals"], language) for name in cell]
    of = frozenset(map(plain, table["of"].get(language, "").split()))
    every = frozenset(map(plain, alone)) | weekdays.keys()
    return _Names(weekdays, Lexicon(named), Lexicon(whole), Lexicon(ordinals), of, every)


def _cells(rows: dict[str, str], language: str) -> Iterator[tuple[int, list[str]]]:
    """The names of each month or weekday, the whole one first, of all countries of a language."""
    for key, row in rows.items():
        if key.partition(".")[0] == language and key not in _EVERYDAY:
            yield from enumerate(list(names_in(cell)) for cell in row.split("|"))
