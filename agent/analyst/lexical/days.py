"""Which day the words mean: "today", "Monday", "15 March", seen from the day of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from agent.analyst.lexical.resources import Table
from agent.analyst.lexical.words import Word

_WEEK = 7
_WITH_CALENDARS = frozenset(("ar", "en", "es", "fa", "fr", "tr"))
_OTHER_DAY = frozenset(("ذلك", "هذا", "نفس", "that"))


@dataclass(frozen=True)
class MentionedDay:
    """A day told by the words between `at` and `after`. `calendar` days name themselves, the others are relative."""

    day: date
    at: int
    after: int
    calendar: bool


@dataclass(frozen=True)
class _Calendar:
    relative: dict[str, int]
    weekday: dict[str, int]
    month: dict[str, int]


@dataclass(frozen=True)
class _DayOfMonth:
    day: int
    month: int


@lru_cache(maxsize=8)
def _calendar(language: str) -> _Calendar:
    table = Table("time.toml", language)
    return _Calendar(table.days("relative"), table.days("weekday"), table.days("month"))


def days_told(words: Sequence[Word], language: str, published: date | None, *, ahead: bool) -> list[MentionedDay]:
    """The days that the words tell, in order; `ahead`: a weekday is the next one, not the last."""
    if language not in ("ar", "en"):
        return []
    calendar = _calendar(language)
    told: list[MentionedDay] = []
    at = 0
    while at < len(words):
        found = _calendar_day(words, at, calendar, published) or _relative_day(
            words, at, calendar, published, ahead=ahead
        )
        told += [found] if found else []
        at = found.after if found else at + 1
    return told


def days_named(words: Sequence[Word], language: str) -> frozenset[str]:
    """The weekdays and the days of a month that the words name, as keys to compare: "w1", "3-15"."""
    if language not in _WITH_CALENDARS:
        return frozenset()
    calendar = _calendar(language)
    weekdays = {f"w{calendar.weekday[word.folded]}" for word in words if word.folded in calendar.weekday}
    months = [at for at, word in enumerate(words) if word.folded in calendar.month]
    pairs = (_day_and_month(words[max(0, at) : at + 2], calendar) for month in months for at in (month - 1, month))
    return frozenset(weekdays | {f"{pair.month}-{pair.day}" for pair in pairs if pair})


def is_calendar_word(folded: str, language: str) -> bool:
    """Whether a word is a weekday or a month, which name no place and nobody."""
    if language not in _WITH_CALENDARS:
        return False
    calendar = _calendar(language)
    return folded in calendar.weekday or folded in calendar.month


def _relative_day(
    words: Sequence[Word], at: int, calendar: _Calendar, published: date | None, *, ahead: bool
) -> MentionedDay | None:
    word = words[at].folded
    if published is None or (at and words[at - 1].folded in _OTHER_DAY):
        return None
    if word in calendar.relative:
        after = at + 2 if at + 1 < len(words) and words[at + 1].folded in calendar.weekday else at + 1
        return MentionedDay(published + timedelta(days=calendar.relative[word]), at, after, calendar=False)
    if word in calendar.weekday:
        distance = calendar.weekday[word] - published.weekday()
        shift = distance % _WEEK if ahead else -(-distance % _WEEK)
        return MentionedDay(published + timedelta(days=shift), at, at + 1, calendar=False)
    return None


def _calendar_day(words: Sequence[Word], at: int, calendar: _Calendar, published: date | None) -> MentionedDay | None:
    """15 March [2016], March 15[, 2016]; the year of publication where none is told."""
    pair = _day_and_month(words[at : at + 3], calendar)
    following = [word.folded for word in words[at + 2 : at + 7]]
    years = [int(word) for word in following if word.isdigit() and len(word) == 4]
    year = years[0] if years else published.year if published else None
    if pair is None or year is None:
        return None
    try:
        return MentionedDay(date(year, pair.month, pair.day), at, at + 2, calendar=True)
    except ValueError:
        return None


def _day_and_month(words: Sequence[Word], calendar: _Calendar) -> _DayOfMonth | None:
    folded = [word.folded for word in words[:2]]
    for day, month in (folded, reversed(folded)) if len(folded) == 2 else ():
        if day.isdigit() and 1 <= int(day) <= 31 and month in calendar.month:
            return _DayOfMonth(int(day), calendar.month[month])
    return None
