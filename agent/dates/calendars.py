"""Converts days of other calendars: the solar one of Iran by persiantools, the lunar one by hijridate."""

from datetime import date

from agent.dates.tables import Calendar
from agent.extras import needs


class CalendarMissing(Exception):
    """Raised where the package that knows a calendar is not installed."""


def day_of(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day of our calendar. None where there is no such day. Raises `CalendarMissing`."""
    try:
        if calendar is Calendar.GREGORIAN:
            return date(year, month, day)
        return _jalali(year, month, day) if calendar is Calendar.JALALI else _hijri(year, month, day)
    except (ValueError, OverflowError):
        return None
    except ImportError as err:
        raise CalendarMissing(needs("is of a calendar that", "html")) from err


def _jalali(year: int, month: int, day: int) -> date:
    from persiantools.jdatetime import JalaliDate

    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # half typed


def _hijri(year: int, month: int, day: int) -> date:
    """By the tables of Umm al-Qura, which know 1343 to 1500 AH."""
    from hijridate import Hijri

    return date(*Hijri(year, month, day).to_gregorian().datetuple())
