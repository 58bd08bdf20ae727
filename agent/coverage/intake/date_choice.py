"""Of all that is told of an article's date, what is believed.

Words come in the order of trust. Of those that agree about the day, the one with the time and its zone is taken. What
may mean several days is left out and told, unless another word settles which it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from agent.coverage.intake.metadata import doubt_of
from agent.dates import DateReading, NumberOrder, Precision, UnreadDate
from agent.models import DateSource, Frozen, LeftOut

STATED = (DateSource.STRUCTURED_DATA, DateSource.METADATA)
_OWN = (*STATED, DateSource.VISIBLE_LINE)
_OF_PUBLICATION = (*_OWN, DateSource.FEED)
_FINENESS = {Precision.DAY: 0, Precision.MINUTE: 1, Precision.ZONED: 2}
# No clock is farther from that of Greenwich.
_FARTHEST = timedelta(hours=14)
_WITHOUT = "the article is kept without a date"


class PageDate(Frozen):
    """A moment of publication, or None; with what was left out, what of that is told at once, and what was mended."""

    moment: datetime | None = None
    source: DateSource = DateSource.GIVEN
    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[LeftOut, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """Something that is told of the date; `read` takes what is known of the order of numbers."""

    written: str
    source: DateSource
    read: Callable[[NumberOrder | None], DateReading]


@dataclass(frozen=True, slots=True)
class ReadCandidate:
    """A word with its reading, or with why there is none."""

    word: DateCandidate
    reading: DateReading | None = None
    problem: UnreadDate | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it may mean."""
        if self.reading is not None:
            return (self.reading.day,)
        return self.problem.days if self.problem is not None else ()


def read_candidate(word: DateCandidate, order: NumberOrder | None) -> ReadCandidate:
    try:
        return ReadCandidate(word, word.read(order))
    except UnreadDate as err:
        return ReadCandidate(word, problem=err)


def finest(readings: Sequence[DateReading]) -> DateReading:
    """The first of those that tell most of the time, among those that agree with the first of all about the day."""
    agreeing = [one for one in readings if agree(one, readings[0])]
    return max(agreeing, key=lambda one: _FINENESS[one.precision])


def first_of(readings: Sequence[DateReading]) -> DateReading:
    """The earliest of those that tell most of the time: the others are of what was added later that day."""
    finest_told = max(_FINENESS[one.precision] for one in readings)
    return min((one for one in readings if _FINENESS[one.precision] == finest_told), key=lambda one: one.moment)


def agree(one: DateReading, other: DateReading) -> bool:
    """Whether two readings are of one day as it is written, or of times that two clocks may have shown at once."""
    if one.day == other.day:
        return True
    return Precision.DAY not in (one.precision, other.precision) and abs(one.moment - other.moment) <= _FARTHEST


def chosen(
    read_candidates: Sequence[ReadCandidate], unread: tuple[LeftOut, ...] = (), mended: tuple[str, ...] = ()
) -> PageDate:
    """What is believed. `unread` is what could not be read at all; it is told at once where it might have helped."""
    read_candidates = _settled(read_candidates)
    usable = [one for one in read_candidates if one.reading is not None and _may_be(one, read_candidates)]
    if not usable:
        problems = [_problem(one, _WITHOUT) for one in read_candidates if one.problem is not None]
        return PageDate(cautions=(*problems, *unread), mended=mended)
    first, best = usable[0], _best(usable)
    assert best.reading is not None
    ahead = [one for one in read_candidates[: read_candidates.index(first)] if one.problem is not None]
    others = [
        one
        for one in read_candidates
        if one not in ahead and not set(one.days) & set(first.days) and not _same(one, best)
    ]
    is_stated = best.word.source in STATED
    return PageDate(
        moment=best.reading.moment.astimezone(UTC),
        source=best.word.source,
        left_out=(*(_other(one, best) for one in others), *(unread if is_stated else ())),
        cautions=(
            *(_problem(one, "left out") for one in ahead),
            *(LeftOut(what=best.word.written, why=why) for why in doubt_of(best.reading)),
            *(() if is_stated else unread),
        ),
        mended=mended,
    )


def _settled(read_candidates: Sequence[ReadCandidate]) -> list[ReadCandidate]:
    """Words that may mean several days, read as the one of them that another word tells."""
    days = {one.reading.day for one in read_candidates if one.reading is not None}
    return [_as_one_of(one, days) if len(one.days) > 1 else one for one in read_candidates]


def _as_one_of(one: ReadCandidate, days: set[date]) -> ReadCandidate:
    again = [read_candidate(one.word, order) for order in NumberOrder]
    fitting = [other for other in again if other.reading is not None and other.reading.day in days]
    return fitting[0] if len(fitting) == 1 else one


def _may_be(one: ReadCandidate, read_candidates: Sequence[ReadCandidate]) -> bool:
    """An address and a change are not read_candidate against the page's own word, be that clear or not."""
    if one.word.source in _OF_PUBLICATION:
        return True
    own = [other for other in read_candidates if other.word.source in _OWN and other.reading is None and other.days]
    return all(set(one.days) & set(other.days) for other in own)


def _best(usable: Sequence[ReadCandidate]) -> ReadCandidate:
    first = usable[0]
    if first.word.source not in _OF_PUBLICATION:
        return first
    others = [one for one in usable if one.word.source in _OF_PUBLICATION]
    reading = finest([one.reading for one in others if one.reading is not None])
    return next(one for one in others if one.reading is reading)


def _same(one: ReadCandidate, other: ReadCandidate) -> bool:
    return one.reading is not None and other.reading is not None and agree(one.reading, other.reading)


def _problem(one: ReadCandidate, outcome: str) -> LeftOut:
    return LeftOut(what=one.word.written, why=f"{one.problem.why if one.problem else ''}: {outcome}")


def _other(one: ReadCandidate, best: ReadCandidate) -> LeftOut:
    why = one.problem.why if one.problem is not None else f"is another day than that of {best.word.written}"
    return LeftOut(what=one.word.written, why=f"{why}: left out")
