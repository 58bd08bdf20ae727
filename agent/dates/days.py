"""Reads a day as it is written in a line: in numbers, or with the name of its month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from agent.dates.calendars import day_of
from agent.dates.clocks import Clock, clock_at, clock_of_digits, with_zone
from agent.dates.languages import Language
from agent.dates.lexicon import NameMatch
from agent.dates.tables import Calendar, Month, tables
from agent.dates.tokens import Token

_GREGORIAN_YEARS = range(1900, 2200)
# Of both other calendars: the years that are written now, and those of a lifetime before.
_OTHER_YEARS = range(1300, 1500)
_OTHERS = (Calendar.JALALI, Calendar.HIJRI)
_SEPARATORS = ("/", "-", ".")
_GAP = frozenset(",.-/()\"'")
_LONGEST_GAP = 3
# Of years of two digits, as the standard of mail has them and POSIX reads them.
_CENTURY_TURNS = 69
_PLANNED = timedelta(days=366)


class NumberOrder(StrEnum):
    """Which of two numbers beside a year is the day, and which the month."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day that a text may mean. `order` is the order of day and month in which it does."""

    day: date
    calendar: Calendar
    order: NumberOrder | None = None


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day in `length` tokens. `clock` is a time that stands within it, as in "Tue Mar 15 12:00:00 EET 2016"."""

    readings: tuple[DayReading, ...]
    length: int
    clock: Clock | None = None


def day_at(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    """The day that begins at a token, with all that it may mean. None where there is none. Raises
    `CalendarMissing`."""
    return _in_numbers(tokens, at, language) or _joined(tokens, at) or _named(tokens, at, language)


def _in_numbers(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    """`15/03/2016`, `2016-03-15`, `1394/12/25`; not a part of something longer, such as `1.15.3.2016`."""
    parts = tokens[at : at + 5]
    if len(parts) < 5 or not all(part.is_number for part in parts[::2]) or _goes_on_before(tokens, at):
        return None
    first, separator, second, other, third = (part.text for part in parts)
    triples: list[tuple[int, int, int, NumberOrder | None]] = []
    if separator != other or separator not in _SEPARATORS:
        return None
    if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
        triples.append((int(first), int(second), int(third), None))
    elif len(third) == 2 and separator == "." and language.dots_are_day_first:
        triples.append((_whole_year(third), int(second), int(first), NumberOrder.DAY_FIRST))
    elif len(third) == 4 and len(first) <= 2 and len(second) <= 2:
        year, one, two = int(third), int(first), int(second)
        triples += [(year, two, one, NumberOrder.DAY_FIRST), (year, one, two, NumberOrder.MONTH_FIRST)]
        if separator == "." and language.dots_are_day_first:
            triples = triples[:1]
    else:
        return None
    length, era = _era(tokens, at + 5)
    readings = [
        DayReading(day, calendar, order)
        for year, month, number, order in triples
        for calendar in _calendars(year, era, language)
        if (day := day_of(calendar, year, month, number)) is not None
    ]
    return WrittenDay(tuple(_possible(readings)), 5 + length) if readings else None


def _goes_on_before(tokens: Sequence[Token], at: int) -> bool:
    return at > 1 and tokens[at].attached and tokens[at - 1].text in "./" and tokens[at - 2].is_number


def _joined(tokens: Sequence[Token], at: int) -> WrittenDay | None:
    """`20160315`, and with its time `20160315123000` or `20160315T1230`."""
    text = tokens[at].text
    if not tokens[at].is_number or len(text) not in (8, 12, 14) or int(text[:4]) not in _GREGORIAN_YEARS:
        return None
    day = day_of(Calendar.GREGORIAN, int(text[:4]), int(text[4:6]), int(text[6:8]))
    if day is None:
        return None
    digits, length = text[8:], 1
    behind = [token.text for token in tokens[at + 1 : at + 3]]
    if not digits and len(behind) == 2 and behind[0] == "t" and behind[1].isdecimal() and len(behind[1]) in (4, 6):
        digits, length = behind[1], 3
    readings = (DayReading(day, Calendar.GREGORIAN),)
    if not digits:
        return WrittenDay(readings, length)
    clock = clock_of_digits(digits)
    if clock is None:
        return None
    zoned = with_zone(clock, tokens, at + length)
    return WrittenDay(readings, length + zoned.length, zoned.clock)


def _named(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    if not tokens[at].is_number or tables().months.match(tokens, at):
        return _month_first(tokens, at, language)
    if len(tokens[at].text) <= 2:
        return _day_first(tokens, at, language)
    return _year_first(tokens, at, language) if len(tokens[at].text) == 4 else None


def _day_first(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    """`15 March 2016`, «15 مارس/آذار 2016», `15-Mar-16`."""
    month = _month(tokens, _gap(tokens, at + 1))
    if month is None:
        return None
    year = _gap(tokens, month.end)
    return _whole(tokens, at, year, int(tokens[at].text), month, language)


def _month_first(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    """`March 15th, 2016`, and what programs print: `Mar 15 12:00:00 EET 2016`."""
    month = _month(tokens, at)
    if month is None:
        return None
    day = _gap(tokens, month.end)
    if day >= len(tokens) or not tokens[day].is_number or len(tokens[day].text) > 2:
        return None
    year = _gap(tokens, day + 1)
    clock = clock_at(tokens, year, language)
    if clock is not None and clock.clock is not None:
        year += clock.length
    found = _whole(tokens, at, year, int(tokens[day].text), month, language, four_digits=True)
    return WrittenDay(found.readings, found.length, clock.clock if clock else None) if found else None


def _year_first(tokens: Sequence[Token], at: int, language: Language) -> WrittenDay | None:
    """`2016. március 15.`, `2016年3月15日`."""
    month = _month(tokens, _gap(tokens, at + 1))
    if month is None:
        return None
    day = _gap(tokens, month.end)
    if day >= len(tokens) or not tokens[day].is_number or len(tokens[day].text) > 2:
        return None
    readings = _readings(int(tokens[at].text), int(tokens[day].text), month, None, language)
    return WrittenDay(readings, day + 1 - at) if readings else None


def _whole(
    tokens: Sequence[Token],
    start: int,
    at: int,
    day: int,
    month: "_Months",
    language: Language,
    *,
    four_digits: bool = False,
) -> WrittenDay | None:
    """What began at `start` and has its year at `at`."""
    if at >= len(tokens) or not tokens[at].is_number:
        return None
    text = tokens[at].text
    if len(text) == 2 and not four_digits and clock_at(tokens, at, language) is None:
        year = _whole_year(text)
    elif len(text) == 4:
        year = int(text)
    else:
        return None
    length, era = _era(tokens, at + 1)
    readings = _readings(year, day, month, era, language)
    return WrittenDay(readings, at + 1 + length - start) if readings else None


def _whole_year(two_digits: str) -> int:
    return int(two_digits) + (2000 if int(two_digits) < _CENTURY_TURNS else 1900)


@dataclass(frozen=True, slots=True)
class _Months:
    meanings: frozenset[Month]
    end: int


def _month(tokens: Sequence[Token], at: int) -> _Months | None:
    """The name of a month, or one after the other the names that two languages have for one month."""
    found = tables().months.match(tokens, at)
    if found is None:
        return None
    meanings, end = found.meanings, at + found.length
    while (other := _other_name(tokens, end)) is not None:
        start, match = other
        shared = {(one.calendar, one.number) for one in meanings} & {
            (one.calendar, one.number) for one in match.meanings
        }
        if not shared:
            return None
        meanings = frozenset(one for one in meanings | match.meanings if (one.calendar, one.number) in shared)
        end = start + match.length
    return _Months(meanings, end)


def _other_name(tokens: Sequence[Token], at: int) -> tuple[int, NameMatch[Month]] | None:
    """Where a second name stands behind the first, with signs alone between them."""
    start = at
    while start < len(tokens) and start - at < _LONGEST_GAP and tokens[start].text in _GAP:
        start += 1
    match = tables().months.match(tokens, start) if start > at else None
    return (start, match) if match is not None and not tokens[start].is_number else None


def _gap(tokens: Sequence[Token], at: int) -> int:
    """Behind the signs and small words that stand between the parts of a date."""
    start = at
    while at < len(tokens) and at - start < _LONGEST_GAP:
        small = None if tables().months.match(tokens, at) else tables().between.match(tokens, at)
        if small is not None:
            at += small.length
        elif tokens[at].text in _GAP:
            at += 1
        else:
            break
    return at


def _era(tokens: Sequence[Token], at: int) -> tuple[int, Calendar | None]:
    """How many tokens behind a year tell its calendar, and which."""
    found = tables().eras.match(tokens, at)
    return (found.length, next(iter(found.meanings))) if found else (0, None)


def _readings(
    year: int, number: int, month: _Months, era: Calendar | None, language: Language
) -> tuple[DayReading, ...]:
    calendars = _calendars(year, era, language, named=True)
    fitting = {one for one in month.meanings if one.calendar in calendars}
    own = {one for one in fitting if one.language == language.primary}
    days = {(one.calendar, day_of(one.calendar, year, one.number, number)) for one in own or fitting}
    return tuple(DayReading(day, calendar) for calendar, day in sorted(days, key=str) if day is not None)


def _calendars(year: int, era: Calendar | None, language: Language, *, named: bool = False) -> tuple[Calendar, ...]:
    """Those that a year can be of. Where the name of a month tells it, the language need not."""
    if year in _GREGORIAN_YEARS:
        return (Calendar.GREGORIAN,) if era in (None, Calendar.GREGORIAN) else ()
    if year not in _OTHER_YEARS:
        return ()
    if era is not None:
        return (era,) if era in _OTHERS else ()
    return _OTHERS if named or language.calendar is None else (language.calendar,)


def _possible(readings: Iterable[DayReading]) -> Iterator[DayReading]:
    """Without those of the one calendar that lie decades ahead, where there are any of another."""
    items = list(readings)
    latest = datetime.now(UTC).date() + _PLANNED
    near = [one for one in items if one.calendar is Calendar.GREGORIAN or one.day <= latest]
    yield from near or items
