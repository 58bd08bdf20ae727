"""Which day the words mean: "today", "Monday", "15 March", seen from the day of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from agent.analyst.lexical.resources import Phrase, Table
from agent.analyst.lexical.words import Word
from agent.dates import day_of_month_at, month_named, weekday_named

_WEEK = 7
_WITH_YEARS = frozenset(("ar", "en"))
_OTHER_DAY = frozenset(("ذلك", "هذا", "نفس", "that"))
_YEAR_WITHIN = 5
_MONTHS_WITH_CAPITALS = frozenset(("en", "tr"))


@dataclass(frozen=True)
class MentionedDay:
    """A day told by the words between `at` and `after`. `calendar` days name themselves, the others are relative."""

    day: date
    at: int
    after: int
    calendar: bool


@lru_cache(maxsize=8)
def _relative(language: str) -> dict[Phrase, int]:
    return Table("time.toml", language).days("relative")


def days_mentioned(
    words: Sequence[Word], language: str, published: date | None, *, ahead: bool
) -> list[MentionedDay]:
    """The days that the words tell, in order; `ahead`: a weekday is the next one, not the last."""
    if language not in _WITH_YEARS:
        return []
    folded = [word.folded for word in words]
    mentioned_days: list[MentionedDay] = []
    at = 0
    while at < len(words):
        found = _calendar_day(folded, at, language, published) or _relative_day(
            folded, at, language, published, ahead=ahead
        )
        mentioned_days += [found] if found else []
        at = found.after if found else at + 1
    return mentioned_days


def days_named(words: Sequence[Word], language: str) -> frozenset[str]:
    """The weekdays and the days of a month that the words name, as keys to compare: "w1", "3-15"."""
    folded = [word.folded for word in words]
    weekdays = {weekday for word in folded if (weekday := weekday_named(word, language)) is not None}
    days = (day_of_month_at(folded, at, language) for at in range(len(folded)))
    return frozenset({f"w{one}" for one in weekdays} | {f"{one.month}-{one.day}" for one in days if one})


def months_mentioned(words: Sequence[Word], language: str) -> frozenset[int]:
    """The months that the words name, from 1 on, with a day or without; "may" and "march" by their capitals."""
    folded = [word.folded for word in words]
    named = {
        month
        for at, word in enumerate(words)
        if (month := month_named(folded, at, language)) is not None
        and (language not in _MONTHS_WITH_CAPITALS or word.text[0].isupper())
    }
    return frozenset(named)


def _relative_day(
    words: Sequence[str], at: int, language: str, published: date | None, *, ahead: bool
) -> MentionedDay | None:
    if published is None or (at and words[at - 1] in _OTHER_DAY):
        return None
    for phrase, distance in _relative(language).items():
        after = at + len(phrase)
        if tuple(words[at:after]) == phrase:
            named_too = after < len(words) and weekday_named(words[after], language) is not None
            return MentionedDay(published + timedelta(days=distance), at, after + named_too, calendar=False)
    weekday = weekday_named(words[at], language)
    if weekday is not None:
        apart = weekday - published.weekday()
        shift = apart % _WEEK if ahead else -(-apart % _WEEK)
        return MentionedDay(published + timedelta(days=shift), at, at + 1, calendar=False)
    return None


def _calendar_day(words: Sequence[str], at: int, language: str, published: date | None) -> MentionedDay | None:
    """15 March [2016], March 15[, 2016]; the year of publication where none is told."""
    found = day_of_month_at(words, at, language)
    if found is None:
        return None
    after = at + found.length
    years = [int(word) for word in words[after : after + _YEAR_WITHIN] if word.isdecimal() and len(word) == 4]
    year = years[0] if years else published.year if published else None
    if year is None:
        return None
    try:
        return MentionedDay(date(year, found.month, found.day), at, after, calendar=True)
    except ValueError:
        return None
