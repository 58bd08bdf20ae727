"""The day in the address of a page: of publication as a rule, but of whatever the page is about as well."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from agent.dates import UnreadDate, read_date

# Nothing was published on the web before.
_WEB_BEGINS = 1993
_YEAR = r"(?:19|20|13|14)\d\d"
_MONTH = r"(?:\d\d?|[a-z]{3,9})"
_BEFORE, _BEHIND = r"(?<![^/_.-])", r"(?![^/_.-])"
_YEAR_FIRST = re.compile(rf"{_BEFORE}({_YEAR})([/_.-])({_MONTH})\2(\d\d?){_BEHIND}", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"{_BEFORE}(\d\d?)([/_.-])({_MONTH})\2({_YEAR}){_BEHIND}", re.IGNORECASE)
_JOINED = re.compile(rf"{_BEFORE}((?:19|20)\d{{6}}){_BEHIND}")


def day_in_address(address: str | None, language: str | None) -> date | None:
    """None also where the address holds several days, or one that may be two."""
    try:
        path = unquote(urlsplit(address or "").path)
    except ValueError:
        return None
    days = set()
    for written in _written(path[:500]):
        try:
            days.add(read_date(written, language=language).day)
        except UnreadDate:
            continue
    return days.pop() if len(days) == 1 and min(days).year >= _WEB_BEGINS else None


def _written(path: str) -> Iterator[str]:
    for year, _, month, day in _YEAR_FIRST.findall(path):
        yield f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"
    for day, _, month, year in _DAY_FIRST.findall(path):
        yield f"{day}-{month}-{year}"
    yield from _JOINED.findall(path)
