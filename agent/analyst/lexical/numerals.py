"""The number words of a language, as `data/numerals.toml` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from agent.analyst.lexical.resources import LISTED, Phrase, Table

# Of two more languages there is a list of numbers alone.
_NUMBERED = LISTED | {"de", "ru"}


class Magnitude(StrEnum):
    """What a number word is to the words around it."""

    UNIT = "unit"
    TEN = "ten"
    HUNDREDS = "hundreds"
    HUNDRED = "hundred"
    SCALE = "scale"


@dataclass(frozen=True)
class Numerals:
    """The number words of a language; `data/numerals.toml` tells what each list is."""

    words: dict[str, tuple[Magnitude, float]]
    duals: frozenset[str]
    alone: frozenset[str]
    inside: frozenset[str]
    article: frozenset[str]
    teen: frozenset[str]
    twenties: frozenset[float]
    joiners: frozenset[str]
    joined_behind: frozenset[str]
    prefix: str
    parts: Mapping[Phrase, float]
    and_half: tuple[Phrase, ...]
    vague: frozenset[str]
    of: frozenset[str]
    behind: frozenset[str]
    signs: str
    spaced: bool

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words that a number may begin with, besides figures."""
        return frozenset(self.words) | self.article | {phrase[0] for phrase in self.parts}

    @property
    def small(self) -> frozenset[str]:
        """The words for numbers below a hundred."""
        return frozenset(word for word, (kind, _) in self.words.items() if kind in (Magnitude.UNIT, Magnitude.TEN))

    def may_begin(self, folded: str) -> bool:
        """Whether it is worth looking for a number here: of most words it is not."""
        return folded[:1].isdigit() or folded in self.openers or folded.removeprefix(self.prefix) in self.words

    def has(self, folded: str) -> bool:
        """Whether it is a figure or a word for a number."""
        bare = folded if folded in self.words else folded.removeprefix(self.prefix)
        return folded[:1].isdigit() or (bare in self.words and bare not in self.inside)


@lru_cache(maxsize=8)
def load_numerals(language: str) -> Numerals:
    """No words for a language without a list: its figures are read all the same."""
    if language not in _NUMBERED:
        none: frozenset[str] = frozenset()
        return Numerals(
            {}, none, none, none, none, none, frozenset(), none, none, "", {}, (), none, none, none, "", spaced=False
        )
    table = Table("numerals.toml", language)
    kinds = {
        Magnitude.UNIT: "units",
        Magnitude.TEN: "tens",
        Magnitude.HUNDREDS: "hundreds",
        Magnitude.HUNDRED: "hundred",
        Magnitude.SCALE: "scales",
    }
    duals = table.values("duals")
    found = {word: (kind, value) for kind, key in kinds.items() for word, value in table.values(key).items()}
    found |= {word: (Magnitude.SCALE, value) for word, value in duals.items()}
    return Numerals(
        words=found,
        duals=frozenset(duals),
        alone=table.words("alone"),
        inside=table.words("inside"),
        article=table.words("article"),
        teen=table.words("teen"),
        twenties=frozenset(map(float, table.words("twenties"))),
        joiners=table.words("joiners"),
        joined_behind=table.words("joined_behind"),
        prefix="".join(table.words("prefix")),
        parts=table.phrase_values("parts"),
        and_half=table.phrases("and_half"),
        vague=table.words("vague"),
        of=table.words("of"),
        behind=table.words("behind"),
        signs="".join(table.words("signs")),
        spaced=bool(table.words("spaced")),
    )
