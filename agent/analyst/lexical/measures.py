"""What a number measures: its unit, by how much something changed or where it came to, and on which side of zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.analyst.lexical.resources import LISTED, Phrase, Table
from agent.analyst.lexical.words import Word, starts_with

_APOSTROPHES = ("'", "’")
_MINUS = frozenset("-−﹣－")


class Movement(StrEnum):
    """Prices rose *by* 5 percent, or *to* 5 percent."""

    BY = "by"
    TO = "to"


@dataclass(frozen=True)
class _Measures:
    units: Mapping[Phrase, int]
    change: Mapping[str, Movement]
    change_behind: Mapping[Phrase, Movement]
    minus: frozenset[str] = frozenset()
    least: frozenset[str] = frozenset()
    below_zero: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """`unit` is the row of `data/measures.toml` that names it, None for what is counted and not measured."""

    unit: int | None = None
    change: Movement | None = None
    below_zero: bool = False

    def is_another(self, other: "Measured") -> bool:
        """Whether one value is told of two things: of two units, of a change and of a level, on two sides of zero."""
        units = None not in (self.unit, other.unit) and self.unit != other.unit
        changes = None not in (self.change, other.change) and self.change is not other.change
        return units or changes or self.below_zero is not other.below_zero


NOTHING_MEASURED = Measured()


def measured(words: Sequence[Word], start: int, end: int, language: str) -> Measured:
    """What the number in `words[start:end]` measures."""
    measures = _load(language)
    before = words[start - 1].folded if start else ""
    sign = measures.units.get((before,)) if before and not before[0].isalnum() else None
    phrase = next((one for one in measures.units if starts_with(words, end, one)), ())
    change = measures.change.get(words[start - 2].folded if sign is not None and start > 1 else before)
    behind = _change_behind(words, end + len(phrase), measures)
    below = _has_minus(words, start - (sign is not None), measures) or any(
        starts_with(words, end + len(phrase), one) for one in measures.below_zero
    )
    return Measured(unit=measures.units.get(phrase, sign), change=change or behind, below_zero=below)


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
    return _Measures(
        units=dict(sorted(units.items(), key=lambda one: -len(one[0]))),
        change=change,
        change_behind=behind,
        minus=table.words("minus"),
        least=table.words("least"),
        below_zero=table.phrases("below_zero"),
    )
