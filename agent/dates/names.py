"""Days that running text names without a year: "15 March", «15 كانون الثاني», and the days of the week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.dates.lexicon import Lexicon, names_in
from agent.dates.tables import Calendar, read_table
from agent.dates.tokens import Token, plain

_LANGUAGES = frozenset({"ar", "en", "es", "fa", "fr", "tr"})
_CALENDARS = {"fa": Calendar.JALALI}
# Rows in which months are called as people and everyday things are: Nasser, the water, the lion.
_EVERYDAY = frozenset({"ar.libya", "fa.afghan"})
# Elsewhere what is short is a word as well: "mar" is the sea.
_SHORT_ONES_TELL = frozenset({"en"})
_DAYS_OF_A_MONTH = range(1, 32)
_MOST_WORDS_OF_MONTH = 2


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
    alone: frozenset[str]


def weekday_named(word: str, language: str) -> int | None:
    """0 for Monday; None for what is none, or only short for one: "sat" is a verb, «أحد» is "one"."""
    return _names(language).weekdays.get(plain(word))


def is_calendar_word(word: str, language: str) -> bool:
    """Whether a word by itself is a weekday or a month."""
    return plain(word) in _names(language).alone


def day_of_month_at(words: Sequence[str], at: int, language: str) -> DayOfMonth | None:
    """The day that begins at a word, in either order: "15 March", "March 15"."""
    tokens = [Token(plain(word), attached=False) for word in words[at : at + _MOST_WORDS_OF_MONTH + 1]]
    day_first = bool(tokens) and tokens[0].is_number
    found = _names(language).months.match(tokens, int(day_first))
    if found is None:
        return None
    day = _day(tokens, 0 if day_first else found.length)
    return DayOfMonth(next(iter(found.meanings)), day, found.length + 1) if day is not None else None


def _day(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or not tokens[at].is_number or len(tokens[at].text) > 2:
        return None
    day = int(tokens[at].text)
    return day if day in _DAYS_OF_A_MONTH else None


@lru_cache(maxsize=16)
def _names(language: str) -> _Names:
    if language not in _LANGUAGES:
        return _Names({}, Lexicon(()), frozenset())
    table = read_table("months")
    months = table[_CALENDARS.get(language, Calendar.GREGORIAN)]
    weekdays = {plain(cell[0]): number for number, cell in _cells(table["weekdays"], language)}
    named = [(name, number + 1) for number, cell in _cells(months, language) for name in cell]
    whole = {cell[0] for _, cell in _cells(months, language)}
    alone = {name for name, _ in named} if language in _SHORT_ONES_TELL else whole
    return _Names(weekdays, Lexicon(named), frozenset(map(plain, alone)) | weekdays.keys())


def _cells(rows: dict[str, str], language: str) -> Iterator[tuple[int, list[str]]]:
    """The names of each month or weekday, the whole one first, of all countries of a language."""
    for key, row in rows.items():
        if key.partition(".")[0] == language and key not in _EVERYDAY:
            yield from enumerate(list(names_in(cell)) for cell in row.split("|"))
