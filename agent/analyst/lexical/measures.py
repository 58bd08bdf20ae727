"""What a number measures: its unit, by how much something changed or where it came to, and on which side of zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from agent.analyst.lexical.resources import LISTED, Phrase, Table
from agent.analyst.lexical.words import Word, starts_with

_APOSTROPHES = ("'", "’")
_MINUS = frozenset("-−﹣－")


class Bound(StrEnum):
    """What a number is told to be at least, or at most: "over 40", "up to 40"."""

    ABOVE = "above"
    BELOW = "below"


class Movement(StrEnum):
    """Prices rose *by* 5 percent, or *to* 5 percent."""

    BY = "by"
    TO = "to"


@dataclass(frozen=True)
class _Measures:
    units: Mapping[Phrase, int]
    change: Mapping[str, Movement]
    change_behind: Mapping[Phrase, Movement]
    rates: Mapping[str, Sequence[tuple[Phrase, int]]] = field(default_factory=dict)
    bounds: Mapping[Phrase, Bound] = field(default_factory=dict)
    bounds_behind: Mapping[Phrase, Bound] = field(default_factory=dict)
    minus: frozenset[str] = frozenset()
    least: frozenset[str] = frozenset()
    below_zero: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """`unit` is the row of `data/measures.toml` that names it, None for what is counted and not measured."""

    unit: int | None = None
    change: Movement | None = None
    bound: Bound | None = None
    below_zero: bool = False

    def is_another(self, other: "Measured") -> bool:
        """Whether one value is told of two things: of two units, of a change and of a level, as least and as most, on
        two sides of zero."""
        units = None not in (self.unit, other.unit) and self.unit != other.unit
        changes = None not in (self.change, other.change) and self.change is not other.change
        # "Fewer than 40" are not 40; "at least 40" may be.
        bounds = self.bound is not other.bound and Bound.BELOW in (self.bound, other.bound)
        return units or changes or bounds or self.below_zero is not other.below_zero


NOTHING_MEASURED = Measured()


def measured(words: Sequence[Word], start: int, end: int, language: str) -> Measured:
    """What the number in `words[start:end]` measures."""
    measures = _load(language)
    before = words[start - 1].folded if start else ""
    sign = measures.units.get((before,)) if before and not before[0].isalnum() else None
    phrase = next((one for one in measures.units if starts_with(words, end, one)), ())
    change = measures.change.get(words[start - 2].folded if sign is not None and start > 1 else before)
    behind = _change_behind(words, end + len(phrase), measures)
    bound = _bound_before(words, start - (sign is not None), measures) or _bound_behind(words, end, measures)
    below = _has_minus(words, start - (sign is not None), measures) or any(
        starts_with(words, end + len(phrase), one) for one in measures.below_zero
    )
    unit = measures.units.get(phrase, sign)
    return Measured(unit=unit, change=change or behind, bound=bound, below_zero=below)


def _bound_before(words: Sequence[Word], start: int, measures: _Measures) -> Bound | None:
    kinds = measures.bounds.items()
    return next((kind for phrase, kind in kinds if starts_with(words, max(0, start - len(phrase)), phrase)), None)


def _bound_behind(words: Sequence[Word], end: int, measures: _Measures) -> Bound | None:
    end += end < len(words) and words[end].text in _APOSTROPHES
    return next((kind for phrase, kind in measures.bounds_behind.items() if starts_with(words, end, phrase)), None)


def rates_named(words: Sequence[Word], language: str) -> frozenset[int]:
    """The rows of what the words count by: "a day", "per hour", "yearly"."""
    rates = _load(language).rates
    found = ((at, phrase, row) for at, word in enumerate(words) for phrase, row in rates.get(word.folded, ()))
    return frozenset(row for at, phrase, row in found if starts_with(words, at, phrase))


def _has_minus(words: Sequence[Word], start: int, measures: _Measures) -> bool:
    """Whether a minus stands before this word: as a word, or as a sign that joins nothing and parts no range."""
    if not start:
        return False
    before = words[start - 2] if start > 1 else None
    if words[start - 1].folded in measures.minus:
        return before is None or before.folded not in measures.least
    if words[start - 1].text not in _MINUS or words[start - 1].end != words[start].start:
        return False
    if before is None:
        return True
    return (bool(before.mark) or before.end < words[start - 1].start) and not before.text[-1].isdigit()


def _change_behind(words: Sequence[Word], end: int, measures: _Measures) -> Movement | None:
    """What tells it behind the number and its unit: "yüzde 3'e", «۳ درصد کاهش»."""
    kinds = measures.change_behind.items()
    end += end < len(words) and words[end].text in _APOSTROPHES
    return next((kind for phrase, kind in kinds if starts_with(words, end, phrase)), None)


@lru_cache(maxsize=8)
def _load(language: str) -> _Measures:
    if language not in LISTED:
        return _Measures({}, {}, {})
    table = Table("measures.toml", language)
    units = {tuple(name.split("_")): n for n, row in enumerate(table.rows("units")) for name in row}
    change = {word: kind for kind in Movement for word in table.words(kind)}
    behind = {phrase: kind for kind in Movement for phrase in table.phrases(f"{kind}_behind")}
    rates: dict[str, list[tuple[Phrase, int]]] = {}
    for n, row in enumerate(table.rows("rates")):
        for phrase in (tuple(name.split("_")) for name in row):
            rates.setdefault(phrase[0], []).append((phrase, n))
    return _Measures(
        units=dict(sorted(units.items(), key=lambda one: -len(one[0]))),
        change=change,
        change_behind=behind,
        rates=rates,
        bounds=_bounds(table, ""),
        bounds_behind=_bounds(table, "_behind"),
        minus=table.words("minus"),
        least=table.words("least"),
        below_zero=table.phrases("below_zero"),
    )


def _bounds(table: Table, where: str) -> dict[Phrase, Bound]:
    """Longest first."""
    found = {phrase: kind for kind in Bound for phrase in table.phrases(f"{kind}{where}")}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))
