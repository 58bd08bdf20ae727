"""The one rule by which Isnad reads a date, wherever it stands: in JSON, a page, a feed, an option, a request.

Nothing is filled in and nothing is guessed. Where a text may mean two days it is read only when something settles it:
the name of the day of the week, another date beside it, or the other dates of its source.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

from agent.dates.calendars import CalendarMissing
from agent.dates.clocks import Clock
from agent.dates.days import DayReading, NumberOrder, WrittenDay
from agent.dates.languages import Language
from agent.dates.lines import DateMeaning, LineSegment, stretches_of
from agent.dates.tables import Calendar

_EARLIEST_YEAR = 1900
_LONGEST_DATE = 200
_NO_DATE = "is not a date"
_SECONDS = re.compile(r"1\d{9}(?:\.\d{1,9})?")
_MILLISECONDS = re.compile(r"1\d{12}")
_MILLISECONDS_FROM = 1e11
# The form of mail and feeds, whose standard fixes what the American names of zones mean.
_MAIL = re.compile(r"\s*(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d\d?:\d\d(?::\d\d)?\s+[A-Z]{1,4}\s*")
_A_DAY = timedelta(days=1)
_TWO_NUMBERS_AND_YEAR = re.compile(r"(?<!\d)\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}(?!\d)")


class Precision(StrEnum):
    """How much of a moment is known. `DAY` is also read from midnight, which programs print for a day. `MINUTE` has
    no time zone and is taken as UTC."""

    DAY = "day"
    MINUTE = "minute"
    ZONED = "zoned"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date that was read. `doubt` tells why only its day was read, where a time stands beside it."""

    moment: datetime
    precision: Precision
    doubt: str | None = None

    @property
    def day(self) -> date:
        """The day as it is written."""
        return self.moment.date()


class UnreadDate(ValueError):
    """Raised for a text that is no date or may be several. `why` tells which, and `days` are those that it may
    mean."""

    def __init__(self, why: str, days: Iterable[date] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.days = tuple(sorted(days))


def read_date(value: str, *, language: str | None = None, order: NumberOrder | None = None) -> DateReading:
    """Reads a text that is a date from its first character to its last. Raises `UnreadDate`. `order` is the order of
    day and month that other dates of the same source show, `language` the language of the text."""
    text = value.strip()
    if not text or len(text) > _LONGEST_DATE:
        raise UnreadDate(_NO_DATE)
    if _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text):
        return read_seconds(float(text))
    if (moment := _iso(text)) is not None and moment.moment.year >= _EARLIEST_YEAR:
        return _sane(moment)
    spoken = Language.of(language, text)
    stretches = [one for one in _stretches(text, spoken) if one.days or one.clocks or one.strange]
    if any(one.strange or one.said is DateMeaning.CHANGED for one in stretches):
        raise UnreadDate(_NO_DATE)
    return _read(stretches, spoken, order, of_mail=bool(_MAIL.fullmatch(text)))


def find_date(line: str, *, language: str | None = None, order: NumberOrder | None = None) -> DateReading | None:
    """The date of publication in a line that holds other words, such as "By Ada Pilot, 15 March 2016 | Updated 16
    March". None where there is none. Raises `UnreadDate` where it may be several."""
    spoken = Language.of(language, line)
    stretches = [one for one in _stretches(line, spoken) if one.days]
    published = [one for one in stretches if one.said is DateMeaning.PUBLISHED]
    chosen = published or [one for one in stretches if one.said is DateMeaning.NOTHING]
    return _read(chosen[:1], spoken, order, of_mail=False) if chosen else None


def is_date_line(line: str, *, language: str | None = None, most_other_words: int = 4) -> bool:
    """Whether a line is there to give a date: at most `most_other_words` other words stand in it, apart from the
    date. Behind a date with its time there may be more."""
    stretches = _stretches(line, Language.of(language, line))
    dated = [one for one in stretches if one.days and one.said is not DateMeaning.CHANGED]
    others = sum(len(one.strange) for one in stretches)
    most = 3 * most_other_words if dated and dated[0].leads and dated[0].clocks else most_other_words
    return bool(dated) and all(one.tells_its_date for one in dated) and others <= most


def tells_change(lead: str) -> bool:
    """Whether a date behind the words `lead` is that of a change, or of something else than the publication."""
    return _stretches(lead, Language())[-1].said is DateMeaning.CHANGED


def tells_both(line: str) -> bool:
    """Whether a line gives the date of publication and, apart from it, that of a change."""
    said = {one.said is DateMeaning.CHANGED for one in _stretches(line, Language()) if one.days}
    return len(said) > 1


def read_seconds(seconds: float) -> DateReading:
    """Reads a number of seconds or milliseconds since 1970. Raises `UnreadDate`."""
    if not seconds > 0:
        # What programs write for a date that they do not know.
        raise UnreadDate(_NO_DATE)
    try:
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS_FROM else seconds, UTC)
    except (ValueError, OverflowError, OSError) as err:
        raise UnreadDate(_NO_DATE) from err
    return _sane(DateReading(moment, Precision.ZONED))


def order_shown(dates: Iterable[str | None]) -> NumberOrder | None:
    """The order of day and month in the dates of one source, where some of them can be read in one way only; else
    None."""
    shown = {order for value in dates if value for order in _orders(value)}
    return next(iter(shown)) if len(shown) == 1 else None


def _orders(text: str) -> Iterator[NumberOrder]:
    if len(text) > _LONGEST_DATE or not _TWO_NUMBERS_AND_YEAR.search(text):
        return
    try:
        stretches = stretches_of(text, Language.of(None, text))
    except CalendarMissing:
        return
    for one in stretches:
        for day in one.days:
            readings = _by_weekday(day.readings, one.weekdays)
            orders = {reading.order for reading in readings}
            if len(orders) == 1 and len({reading.day for reading in readings}) == 1 and None not in orders:
                yield from (order for order in orders if order is not None)


def _iso(text: str) -> DateReading | None:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return _timed(moment)


def _timed(moment: datetime) -> DateReading:
    if not (moment.hour or moment.minute or moment.second):
        precision = Precision.DAY
    else:
        precision = Precision.MINUTE if moment.tzinfo is None else Precision.ZONED
    return DateReading(moment if moment.tzinfo else moment.replace(tzinfo=UTC), precision)


def _stretches(text: str, language: Language) -> list[LineSegment]:
    try:
        return stretches_of(text, language)
    except CalendarMissing as err:
        raise UnreadDate(str(err)) from err


def _read(
    stretches: Sequence[LineSegment], language: Language, order: NumberOrder | None, *, of_mail: bool
) -> DateReading:
    days = [day for one in stretches for day in one.days]
    if not days:
        raise UnreadDate(_NO_DATE)
    weekdays = {number for one in stretches for number in one.weekdays}
    meant = {reading.day for reading in _settled(days, weekdays, order)}
    if len(meant) > 1:
        raise UnreadDate(f"may be {' or '.join(str(day) for day in sorted(meant))}", meant)
    (day,) = meant
    clocks = [clock for one in stretches for clock in one.clocks]
    if not clocks:
        unclear = any(one.unclear for one in stretches)
        return _sane(_alone(day, "tells no clear time of day" if unclear else None))
    return _sane(_one_of([_at(day, clock, language, of_mail=of_mail) for clock in dict.fromkeys(clocks)], day))


def _settled(days: Sequence[WrittenDay], weekdays: set[int], order: NumberOrder | None) -> list[DayReading]:
    """What all the days of a line mean together. Where one of ours stands beside another calendar's, ours counts; the
    other settles only which of two it is."""
    items = [_by_order(_by_weekday(day.readings, weekdays), order) for day in days]
    ours = [readings for readings in items if readings[0].calendar is Calendar.GREGORIAN]
    others = [readings for readings in items if readings[0].calendar is not Calendar.GREGORIAN]
    first, *rest = ours or others
    for readings in rest:
        shared = {one.day for one in readings}
        first = [one for one in first if one.day in shared] or [*first, *readings]
    if ours and len(first) > 1 and others:
        near = {
            one.day + shift for readings in others for one in readings for shift in (-_A_DAY, timedelta(0), _A_DAY)
        }
        first = [one for one in first if one.day in near] or first
    return first


def _by_weekday(readings: Sequence[DayReading], weekdays: set[int]) -> list[DayReading]:
    """Those that fall on the day of the week that is told. A day of the lunar calendar begins a day earlier or later
    in one country than in another: there the weekday tells which it was."""
    if len(weekdays) != 1:
        return list(readings)
    (weekday,) = weekdays
    fitting = [one for one in readings if one.day.weekday() == weekday]
    if not fitting and len(readings) == 1 and readings[0].calendar is Calendar.HIJRI:
        shifted = (readings[0].day + shift for shift in (-_A_DAY, _A_DAY))
        fitting = [DayReading(day, Calendar.HIJRI) for day in shifted if day.weekday() == weekday]
    return fitting or list(readings)


def _by_order(readings: Sequence[DayReading], order: NumberOrder | None) -> list[DayReading]:
    if order is None or len({one.day for one in readings}) == 1:
        return list(readings)
    return [one for one in readings if one.order in (order, None)] or list(readings)


def _one_of(readings: Sequence[DateReading], day: date) -> DateReading:
    """Of a local time and the same in a zone, "12:30 (10:30 GMT)", the one with the zone."""
    zoned = [one for one in readings if one.precision is Precision.ZONED]
    chosen = zoned or readings
    if len({one.moment for one in chosen}) > 1:
        return _alone(day, "tells more than one time of day")
    return chosen[0]


def _alone(day: date, doubt: str | None) -> DateReading:
    return DateReading(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY, doubt)


def _at(day: date, clock: Clock, language: Language, *, of_mail: bool) -> DateReading:
    start = datetime.combine(day + _A_DAY if clock.next_day else day, clock.time)
    if clock.zone is None:
        return _timed(start)
    choices = clock.zone.choices(language, of_mail=of_mail)
    if len(choices) == 1:
        return _timed(_in(start, choices[0]))
    if not choices:
        return _alone(day, f"is in the zone {clock.zone.name!r}, which is not known")
    return _in_one_of(start, day, clock.zone.name, choices)


def _in(start: datetime, zone: tzinfo) -> datetime:
    """With the offset itself in place of a zone that changes it."""
    offset = start.replace(tzinfo=zone).utcoffset() or timedelta(0)
    return start.replace(tzinfo=timezone(offset))


def _in_one_of(start: datetime, day: date, name: str, choices: Sequence[tzinfo]) -> DateReading:
    """A time in a zone whose name means several: the day is kept where it is the same in all of them."""
    moments = sorted(_in(start, zone) for zone in choices)
    spelled = " or ".join(moment.isoformat(timespec="minutes") for moment in moments)
    doubt = f"may be {spelled}, for the zone {name!r} means several"
    if {moment.astimezone(UTC).date() for moment in moments} != {day}:
        raise UnreadDate(doubt, {day})
    return _alone(day, doubt)


def _sane(reading: DateReading) -> DateReading:
    if reading.moment.year < _EARLIEST_YEAR:
        raise UnreadDate(_NO_DATE)
    try:
        reading.moment.astimezone(UTC)
    except (ValueError, OverflowError) as err:
        raise UnreadDate(_NO_DATE) from err
    return reading
