"""Months that a text names without a day: which of all years is meant, by when the text was published."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from agent.dates.calendars import CalendarMissing, day_of
from agent.dates.languages import Language
from agent.dates.tables import Calendar, Month, tables
from agent.dates.tokens import tokens_of

# "دی", "Oca" and "May" are more often something else.
_SHORTEST = 4
# "march" and "may" are months with a capital only.
_CAPITALISED = frozenset({"de", "en"})
_YEARS_APART = 1
_LONGEST_MONTH = timedelta(days=31)


@lru_cache(maxsize=4096)
def months_named(text: str, language: str, published: date) -> tuple[tuple[date, date], ...]:
    """The first and the last day of each, of the year in which it is nearest to the day of publication.

    A month that the text gives a year or a day of its own is none of these: a date reader tells it better.
    """
    value = Language.of(language, text)
    found = (_nearest(month, published) for month in _months(text, value))
    return tuple(dict.fromkeys(days for days in found if days is not None))


def _months(text: str, language: Language) -> Iterator[Month]:
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        match = tables().months.match(tokens, at)
        if match is None or sum(len(token.text) for token in tokens[at : at + match.length]) < _SHORTEST:
            at += 1
            continue
        around = tokens[max(at - 1, 0) : at] + tokens[at + match.length : at + match.length + 1]
        meanings = {one for one in match.meanings if one.language.partition(".")[0] == language.primary}
        months = {(one.calendar, one.number) for one in meanings}
        name = " ".join(token.text for token in tokens[at : at + match.length])
        is_name = language.primary not in _CAPITALISED or name.capitalize() in text
        if len(months) == 1 and is_name and not any(token.is_number for token in around):
            yield next(iter(meanings))
        at += match.length


def _nearest(month: Month, published: date) -> tuple[date, date] | None:
    try:
        years = _years(month.calendar, published)
        spans = [span for year in years if (span := _span(month, year)) is not None]
    except CalendarMissing:
        return None
    return min(spans, key=lambda span: (abs(span[0] - published), span), default=None)


def _years(calendar: Calendar, published: date) -> range:
    first = {Calendar.GREGORIAN: published.year, Calendar.JALALI: published.year - 622}.get(
        calendar, (published.year - 622) * 33 // 32
    )
    return range(first - _YEARS_APART, first + _YEARS_APART + 2)


def _span(month: Month, year: int) -> tuple[date, date] | None:
    first = day_of(month.calendar, year, month.number, 1)
    following = (year, month.number + 1) if month.number < 12 else (year + 1, 1)
    after = day_of(month.calendar, *following, 1)
    if first is None or after is None:
        return None
    return first, min(after - timedelta(days=1), first + _LONGEST_MONTH)
