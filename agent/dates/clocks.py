"""Reads a time of day, as it is written somewhere in a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from agent.dates.languages import Language
from agent.dates.tables import HalfOfDay, tables
from agent.dates.tokens import Token, plain
from agent.dates.zones import Zone, zone_at

_HOUR_SIGNS = frozenset("h ч".split())
# Of scripts that put a sign behind the hour and another behind the minute: 10時30分, 10시 30분.
_HOUR_MARKS, _MINUTE_MARKS = frozenset(map(plain, "時时點点시")), frozenset(map(plain, "分분"))


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `next_day`: it is the midnight at the end of the day, which is written 24:00."""

    time: time
    zone: Zone | None = None
    next_day: bool = False


@dataclass(frozen=True, slots=True)
class ClockMatch:
    """A time in `length` tokens. `clock` is None for one that is not clear: of which half of the day is "6
    o'clock"?"""

    clock: Clock | None
    length: int


@dataclass(frozen=True, slots=True)
class _Face:
    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0


def clock_at(
    tokens: Sequence[Token], at: int, language: Language, *, behind_day: bool = False, half: HalfOfDay | None = None
) -> ClockMatch | None:
    """The time that begins at a token, with its time zone. `behind_day`: a date stands in front of it, so that
    `18.30` is a time. `half` is the half of the day that was named before it."""
    word = tables().moments.match(tokens, at)
    if word is not None:
        moment = time.fromisoformat(next(iter(word.meanings)))
        return _zoned(tokens, at, word.length, Clock(moment))
    found = _face(tokens, at, language, behind_day=behind_day or _after_hour_word(tokens, at))
    if found is None:
        return None
    face, length, is_plain = found
    result = _half(tokens, at + length, language)
    if result is not None:
        half, length = result[0], length + result[1]
    elif is_plain and half is None:
        return ClockMatch(None, length)
    if at + length < len(tokens) and tokens[at + length].text == "uhr":
        length += 1
    clock = _clock(face, half)
    return _zoned(tokens, at, length, clock) if clock else ClockMatch(None, length)


def clock_of_digits(digits: str) -> Clock | None:
    """The time that digits alone are, such as `1230` or `123059`."""
    parts = [int(digits[i : i + 2]) for i in range(0, len(digits), 2)]
    return _clock(_Face(*parts), None)


def with_zone(clock: Clock, tokens: Sequence[Token], at: int) -> ClockMatch:
    """A time with the zone that stands at a token. `length` is that of the zone alone."""
    return _zoned(tokens, at, 0, clock)


def _zoned(tokens: Sequence[Token], at: int, length: int, clock: Clock) -> ClockMatch:
    zone = zone_at(tokens, at + length)
    if zone is None:
        return ClockMatch(clock, length)
    return ClockMatch(replace(clock, zone=zone.zone), length + zone.length)


def _face(
    tokens: Sequence[Token], at: int, language: Language, *, behind_day: bool
) -> tuple[_Face, int, bool] | None:
    """Hour, minute and second, how many tokens they take, and whether it is a bare hour."""
    if at >= len(tokens) or not tokens[at].is_number or len(tokens[at].text) > 2:
        return None
    hour = int(tokens[at].text)
    sign, minute = _text(tokens, at + 1), _text(tokens, at + 2)
    if sign == ":" and len(minute) == 2 and minute.isdecimal():
        return _with_seconds(tokens, at, hour, int(minute))
    if sign in _HOUR_MARKS:
        has_minutes = len(minute) <= 2 and minute.isdecimal() and _text(tokens, at + 3) in _MINUTE_MARKS
        return (_Face(hour, int(minute)), 4, False) if has_minutes else (_Face(hour), 2, False)
    if sign in _HOUR_SIGNS:
        has_minutes = len(minute) == 2 and minute.isdecimal() and tokens[at + 2].attached == tokens[at + 1].attached
        return (_Face(hour, int(minute)), 3, False) if has_minutes else (_Face(hour), 2, False)
    dotted = sign == "." and len(minute) == 2 and minute.isdecimal() and tokens[at + 2].attached
    if dotted and (behind_day or _text(tokens, at + 3) == "uhr") and _text(tokens, at + 3) != ".":
        return _Face(hour, int(minute)), 3, False
    if sign == "uhr":
        return _Face(hour), 2, False
    if _half(tokens, at + 1, language) is not None or _after_hour_word(tokens, at):
        return _Face(hour), 1, hour <= 12
    return None


def _with_seconds(tokens: Sequence[Token], at: int, hour: int, minute: int) -> tuple[_Face, int, bool]:
    second = _text(tokens, at + 4)
    if _text(tokens, at + 3) != ":" or len(second) != 2 or not second.isdecimal():
        return _Face(hour, minute), 3, False
    fraction = _text(tokens, at + 6)
    if _text(tokens, at + 5) in (".", ",") and fraction.isdecimal() and tokens[at + 6].attached:
        return _Face(hour, minute, int(second), int(fraction[:6].ljust(6, "0"))), 7, False
    return _Face(hour, minute, int(second)), 5, False


def _half(tokens: Sequence[Token], at: int, language: Language) -> tuple[HalfOfDay, int] | None:
    found = tables().halves.match(tokens, at)
    if found is None:
        return None
    word = tokens[at]
    # "12.30 Uhr am 15. März", "9:30 a Paris".
    if (word.text == "am" and language.primary == "de") or (word.text in ("a", "p") and not word.attached):
        return None
    return next(iter(found.meanings)), found.length


def _clock(face: _Face, half: HalfOfDay | None) -> Clock | None:
    hour = _hour(face.hour, half)
    if hour is None or face.minute > 59 or face.second > 60:
        return None
    if hour == 24:
        return Clock(time(), next_day=True) if not (face.minute or face.second) else None
    # A leap second is told as the sixtieth.
    return Clock(time(hour, face.minute, min(face.second, 59), face.microsecond))


def _hour(hour: int, half: HalfOfDay | None) -> int | None:
    """The hour of twenty-four; None where an hour and its half contradict each other."""
    if half is None or (hour > 12 and half is not HalfOfDay.AM):
        return hour if hour <= 24 else None
    if half is HalfOfDay.AM:
        return hour % 12 if hour <= 12 else None
    if half is HalfOfDay.PM:
        return hour % 12 + 12 if hour else None
    if half is HalfOfDay.NOON:
        return hour if hour in (11, 12) else hour + 12 if 1 <= hour <= 4 else None
    if half is HalfOfDay.MIDNIGHT:
        return hour % 12 if hour <= 4 or hour == 12 else None
    return hour % 12 if hour <= 4 or hour == 12 else hour + 12 if 6 < hour < 12 else None


def _after_hour_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether "at", «الساعة» or the like stands right before it."""
    before = at - 1
    if before >= 0 and tokens[before].text in (".", ":"):
        before -= 1
    return any(
        (found := tables().hours.match(tokens, start)) is not None and start + found.length == before + 1
        for start in (before, before - 1)
        if start >= 0
    )


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""
