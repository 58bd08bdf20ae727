"""What a number measures: its unit, and whether it tells by how much something changed or where it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.analyst.lexical.resources import LISTED, Phrase, Table
from agent.analyst.lexical.words import Word, starts_with

_APOSTROPHES = ("'", "’")


class Movement(StrEnum):
    """Prices rose *by* 5 percent, or *to* 5 percent."""

    BY = "by"
    TO = "to"


@dataclass(frozen=True)
class _Measures:
    units: Mapping[Phrase, int]
    change: Mapping[str, Movement]
    change_behind: Mapping[Phrase, Movement]
    rates: Mapping[Phrase, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """`unit` is the row of `data/measures.toml` that names it, None for what is counted and not measured."""

    unit: int | None = None
    change: Movement | None = None

    def is_another(self, other: "Measured") -> bool:
        """Whether one value is told of two things: of two units, or of a change and of a level."""
        units = None not in (self.unit, other.unit) and self.unit != other.unit
        changes = None not in (self.change, other.change) and self.change is not other.change
        return units or changes


NOTHING_MEASURED = Measured()


def measured(words: Sequence[Word], start: int, end: int, language: str) -> Measured:
    """What the number in `words[start:end]` measures."""
    measures = _load(language)
    before = words[start - 1].folded if start else ""
    sign = measures.units.get((before,)) if before and not before[0].isalnum() else None
    phrase = next((one for one in measures.units if starts_with(words, end, one)), ())
    change = measures.change.get(words[start - 2].folded if sign is not None and start > 1 else before)
    behind = _change_behind(words, end + len(phrase), measures)
    return Measured(unit=measures.units.get(phrase, sign), change=change or behind)


def rates_named(words: Sequence[Word], language: str) -> frozenset[int]:
    """The rows of what the words count by: "a day", "per hour", "yearly"."""
    rates = _load(language).rates.items()
    return frozenset(row for at in range(len(words)) for phrase, row in rates if starts_with(words, at, phrase))


def _change_behind(words: Sequence[Word], end: int, measures: _Measures) -> Movement | None:
    """What tells it behind the number and its unit: "yüzde 3'e", «۳ درصد کاهش»."""
    kinds = measures.change_behind.items()
    end += end < len(words) and words[end].text in _APOSTROPHES
    return next((kind for phrase, kind in kinds if starts_with(words, end, phrase)), None)


@lru_cache(maxsize=8)
def _load(language: str) -> _Measures:
    if language not in LISTED:
        return _Measures({}, {}, {}, {})
    table = Table("measures.toml", language)
    units = {tuple(name.split("_")): n for n, row in enumerate(table.rows("units")) for name in row}
    change = {word: kind for kind in Movement for word in table.words(kind)}
    behind = {phrase: kind for kind in Movement for phrase in table.phrases(f"{kind}_behind")}
    rates = {tuple(name.split("_")): n for n, row in enumerate(table.rows("rates")) for name in row}
    return _Measures(dict(sorted(units.items(), key=lambda one: -len(one[0]))), change, behind, rates)
