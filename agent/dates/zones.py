"""The time zone that stands behind a time of day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.dates.languages import Language
from agent.dates.lexicon import Lexicon, entries_of
from agent.dates.tables import read_table
from agent.dates.tokens import Token

_FARTHEST = timedelta(hours=14)
_QUARTERS = (0, 15, 30, 45)
_OPENERS = frozenset("([,")
_CLOSERS = frozenset(")]")
_LONGEST_ASIDE = 8


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone is called, and what that means: an offset, a place, or one of `several`; none of them where it is
    not known, or is the local time of a place that is not named."""

    name: str
    offset: timedelta | None = None
    place: str | None = None
    several: "AmbiguousOffset | None" = None

    def choices(self, language: Language, *, of_mail: bool) -> tuple[tzinfo, ...]:
        """What it may be in a text of that language, or in the form of dates that mail and feeds use."""
        if self.offset is not None:
            return (timezone(self.offset),)
        if self.place is not None:
            try:
                return (ZoneInfo(self.place),)
            except (ZoneInfoNotFoundError, ValueError):
                return ()
        return self.several.choices(language, of_mail=of_mail) if self.several else ()


@dataclass(frozen=True, slots=True)
class AmbiguousOffset:
    """Offsets with the languages and regions in which each is meant."""

    offsets: tuple[tuple[timedelta, frozenset[str]], ...]
    usual: timedelta | None = None
    mail: timedelta | None = None

    def choices(self, language: Language, *, of_mail: bool) -> tuple[tzinfo, ...]:
        for key in (language.region, language.primary):
            if meant := [offset for offset, where in self.offsets if key in where]:
                return (timezone(meant[0]),)
        usual = self.usual if self.usual is not None else self.mail if of_mail else None
        if usual is not None:
            return (timezone(usual),)
        return tuple(timezone(offset) for offset, _ in self.offsets)


@dataclass(frozen=True, slots=True)
class ZoneMatch:
    zone: Zone
    length: int


class _ZoneTables:
    def __init__(self, tables: Mapping[str, Mapping[str, str]], several: Mapping[str, Mapping[str, object]]) -> None:
        fixed = [(name, Zone(name, offset=_offset(value))) for name, value in entries_of(tables["offsets"])]
        clocks = [(name, Zone(name, place=place)) for name, place in entries_of(tables["clocks"])]
        doubtful = [(name, Zone(name, several=_several(row))) for name, row in several.items()]
        self.names = Lexicon([*fixed, *clocks, *doubtful])
        self.places = Lexicon((name, Zone(name, place=place)) for name, place in entries_of(tables["places"]))
        phrases = tables["phrases"]
        self.before = Lexicon(entries_of({"before": phrases["before"]}))
        self.behind = Lexicon(entries_of({"behind": phrases["behind"]}))
        self.local = Lexicon(entries_of({"local": phrases["local"]}))


@lru_cache(maxsize=1)
def _tables() -> _ZoneTables:
    read = read_table("zones")
    return _ZoneTables(read, read["several"])


def _offset(text: str) -> timedelta:
    hours, _, minutes = text[1:].partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if text.startswith("-") else 1)


def _several(row: Mapping[str, object]) -> AmbiguousOffset:
    choices, usual, mail = row["choices"], row.get("usual"), row.get("mail")
    assert isinstance(choices, dict)
    return AmbiguousOffset(
        tuple((_offset(value), frozenset(where.split())) for value, where in choices.items()),
        _offset(usual) if isinstance(usual, str) else None,
        _offset(mail) if isinstance(mail, str) else None,
    )


def zone_at(tokens: Sequence[Token], at: int) -> ZoneMatch | None:
    """The zone that stands right behind a time, with an aside in brackets that says it again."""
    start = at
    while start < len(tokens) and start - at < 2 and tokens[start].text in _OPENERS:
        start += 1
    found = next(_found(tokens, start), None)
    if found is None:
        return None
    end = _behind_aside(tokens, start + found.length)
    return ZoneMatch(found.zone, end - at)


def _found(tokens: Sequence[Token], at: int) -> Iterator[ZoneMatch]:
    if at >= len(tokens):
        return
    if (signed := _signed(tokens, at)) is not None:
        yield signed
    tables = _tables()
    if (local := tables.local.match(tokens, at)) is not None:
        yield ZoneMatch(Zone("local time"), local.length)
    if (before := tables.before.match(tokens, at)) is not None:
        yield from _named(tokens, at + before.length, before.length)
    if (named := tables.names.match(tokens, at)) is not None:
        yield _with_offset(tokens, at, ZoneMatch(next(iter(named.meanings)), named.length))
    place = tables.places.match(tokens, at)
    if place is not None and (behind := tables.behind.match(tokens, at + place.length)) is not None:
        yield ZoneMatch(next(iter(place.meanings)), place.length + behind.length)
    if (written := _of_database(tokens, at)) is not None:
        yield written
    if tokens[at].shouted and len(tokens[at].text) > 2 and tokens[at].text.endswith("t"):
        yield ZoneMatch(Zone(tokens[at].text.upper()), 1)


def _named(tokens: Sequence[Token], at: int, length: int) -> Iterator[ZoneMatch]:
    """A place or another name behind "heure de" and the like."""
    for lexicon in (_tables().names, _tables().places):
        if (found := lexicon.match(tokens, at)) is not None:
            match = _with_offset(tokens, at, ZoneMatch(next(iter(found.meanings)), found.length))
            behind = _tables().behind.match(tokens, at + match.length)
            yield ZoneMatch(match.zone, length + match.length + (behind.length if behind else 0))


def _with_offset(tokens: Sequence[Token], at: int, found: ZoneMatch) -> ZoneMatch:
    """`GMT+3` is three hours ahead of Greenwich, as people write it, and not behind it, as POSIX does."""
    if found.zone.offset != timedelta(0):
        return found
    ahead = _signed(tokens, at + found.length, of_greenwich=True)
    return ZoneMatch(ahead.zone, found.length + ahead.length) if ahead else found


def _signed(tokens: Sequence[Token], at: int, *, of_greenwich: bool = False) -> ZoneMatch | None:
    """`+03:00`, `+0300`, `+03`; behind GMT, or with it behind, also `+3`."""
    if at + 1 >= len(tokens) or tokens[at].text not in "+-" or not tokens[at + 1].is_number:
        return None
    digits, length = tokens[at + 1].text, 2
    colon = tokens[at + 2 : at + 4]
    if len(digits) <= 2 and len(colon) == 2 and colon[0].text == ":" and len(colon[1].text) == 2:
        digits, length = digits.rjust(2, "0") + colon[1].text, 4
    behind = _tables().names.match(tokens, at + length)
    if behind is not None and next(iter(behind.meanings)).offset == timedelta(0):
        of_greenwich, length = True, length + behind.length
    if len(digits) == 4:
        hours, minutes = int(digits[:2]), int(digits[2:])
    elif len(digits) <= 2 and (of_greenwich or (len(digits) == 2 and tokens[at].attached)):
        hours, minutes = int(digits), 0
    else:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    if not tokens[at + 1].attached or minutes not in _QUARTERS or offset > _FARTHEST:
        return None
    sign = tokens[at].text
    name = f"{sign}{hours:02}:{minutes:02}"
    return ZoneMatch(Zone(name, offset=-offset if sign == "-" else offset), length)


def _of_database(tokens: Sequence[Token], at: int) -> ZoneMatch | None:
    """`Europe/Paris`, as the database of time zones and some programs write it."""
    area, slash, city = (*(token.text for token in tokens[at : at + 3]), "", "", "")[:3]
    if slash != "/" or not area.isalpha() or not city.isalpha():
        return None
    name = f"{area.capitalize()}/{city.capitalize()}"
    return ZoneMatch(Zone(name, place=name), 3) if Zone(name, place=name).choices(Language(), of_mail=False) else None


def _behind_aside(tokens: Sequence[Token], at: int) -> int:
    """Behind what stands in brackets after a zone: its name in words, as in "GMT+0200 (Eastern European Time)"."""
    if at < len(tokens) and tokens[at].text in "([":
        for end in range(at + 1, min(at + _LONGEST_ASIDE, len(tokens))):
            if tokens[end].text in _CLOSERS:
                return end + 1
    return at
