"""Takes a line apart: the days and times in it, and what its words say of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from agent.dates.clocks import Clock, clock_at
from agent.dates.days import WrittenDay, day_at
from agent.dates.languages import Language
from agent.dates.lexicon import Lexicon
from agent.dates.tables import HalfOfDay, tables
from agent.dates.tokens import Token, tokens_of
from agent.dates.zones import zone_at

_PARTING = frozenset("|•·;")


class DateMeaning(StrEnum):
    """What the words in front of a date say that it is the date of."""

    NOTHING = "nothing"
    PUBLISHED = "published"
    CHANGED = "changed"


@dataclass(slots=True)
class LineSegment:
    """A part of a line of which one thing is said. `unclear`: there is a time in it that cannot be told for sure.
    `strange` are the words that are no part of a date; `within`: one stands beside it without a sign between them;
    `leads`: the date stands before all of them.
    """

    said: DateMeaning = DateMeaning.NOTHING
    days: list[WrittenDay] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    unclear: bool = False
    strange: list[str] = field(default_factory=list)
    within: bool = False
    phrase: set[str] = field(default_factory=set)
    leads: bool = False

    @property
    def tells_its_date(self) -> bool:
        """Whether the words around its date are there for it, or stand apart from it: "Posted on 15 March by Ada"."""
        return bool(self.days) and (not self.within or (self.said is DateMeaning.PUBLISHED and self.leads))

    def note(self, kind: str) -> None:
        """What stands in the phrase that is being read."""
        self.phrase.add(kind)
        self.within = self.within or self.phrase == {"date", "strange"}


def stretches_of(line: str, language: Language) -> list[LineSegment]:
    """The parts of a line, in order. Raises `CalendarMissing`."""
    tokens = tokens_of(line)
    stretches = [LineSegment()]
    half: HalfOfDay | None = None
    at = 0
    while at < len(tokens):
        at, half = _taken(tokens, at, stretches, language, half)
    return stretches


def _taken(
    tokens: Sequence[Token], at: int, stretches: list[LineSegment], language: Language, half: HalfOfDay | None
) -> tuple[int, HalfOfDay | None]:
    """Puts what stands at a token where it belongs; what comes next, and the half of the day that was told for it."""
    here = stretches[-1]
    day = day_at(tokens, at, language)
    if day is not None and day.readings:
        here.leads = here.leads or not here.strange
        here.days.append(day)
        here.note("date")
        here.clocks += [day.clock] if day.clock else []
        return at + day.length, None
    clock = clock_at(tokens, at, language, behind_day=bool(here.days), half=half)
    if clock is not None:
        here.clocks += [clock.clock] if clock.clock else []
        here.unclear = here.unclear or clock.clock is None
        return at + clock.length, None
    word = _word(tokens, at)
    if word is None:
        return _other(tokens, at, stretches, language), None
    if word.said is not DateMeaning.NOTHING:
        stretches.append(LineSegment(word.said))
    here.weekdays |= word.weekdays
    return at + word.length, word.half


@dataclass(frozen=True, slots=True)
class _DateWord:
    length: int
    said: DateMeaning = DateMeaning.NOTHING
    weekdays: frozenset[int] = frozenset()
    half: HalfOfDay | None = None


def _word(tokens: Sequence[Token], at: int) -> _DateWord | None:
    """The longest of the known words that begin here; of two as long, the one that tells more."""
    known = tables()
    found = [
        *(_DateWord(length, said=DateMeaning.CHANGED) for length in _length(known.changed, tokens, at)),
        *(_DateWord(length, said=DateMeaning.PUBLISHED) for length in _length(known.published, tokens, at)),
    ]
    if (weekday := known.weekdays.match(tokens, at)) is not None:
        found.append(_DateWord(weekday.length, weekdays=frozenset(one.number for one in weekday.meanings)))
    half = known.halves.match(tokens, at)
    # Letters such as "a" or «م» are halves of the day behind a time only.
    if half is not None and len(tokens[at].text) > 1:
        found.append(_DateWord(half.length, half=next(iter(half.meanings))))
    found += [_DateWord(length) for length in _length(known.around, tokens, at)]
    found += [_DateWord(length) for length in _length(known.hours, tokens, at)]
    found += [_DateWord(length) for length in _length(known.between, tokens, at)]
    return max(found, key=lambda one: one.length, default=None)


def _length(lexicon: Lexicon[str], tokens: Sequence[Token], at: int) -> Iterator[int]:
    if (match := lexicon.match(tokens, at)) is not None:
        yield match.length


def _other(tokens: Sequence[Token], at: int, stretches: list[LineSegment], language: Language) -> int:
    """A zone without a time, a sign, or what is no part of a date."""
    here, token = stretches[-1], tokens[at]
    if token.text in _PARTING:
        if here.days:
            stretches.append(LineSegment())
        return at + 1
    if here.days and (zone := zone_at(tokens, at)) is not None and zone.zone.offset is not None:
        return at + zone.length
    if token.is_sign:
        here.phrase.clear()
    else:
        here.strange.append(token.text)
        here.note("strange")
    return at + 1
