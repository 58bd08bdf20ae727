"""Numbers as languages write them: «ألف وخمسمئة», "quatre-vingt-dix-neuf", "2½ million", "1.500" in a French text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.analyst.lexical.resources import Phrase, Table
from agent.analyst.lexical.words import Word, starts_with

_LANGUAGES = frozenset(("ar", "en", "es", "fa", "fr", "tr"))
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_FRACTION = re.compile(r"(\d{1,2})⁄(\d{1,2})")
_THREE_DIGITS = re.compile(r"\d{3}")
# Letters that are metres and kilometres elsewhere: millions and thousands beside the sign of a currency.
_SHORT_SCALES = {"m": 1_000_000, "k": 1_000}
_HYPHENS = ("-", "‐", "‑")
_HALF = 0.5
_MOST_BEFORE_HUNDRED = 20
_THOUSAND = 1000


class Kind(StrEnum):
    """What a number word is to the words around it."""

    UNIT = "unit"
    TEN = "ten"
    HUNDREDS = "hundreds"
    HUNDRED = "hundred"
    SCALE = "scale"


@dataclass(frozen=True)
class Numerals:
    """The number words of a language; `data/numerals.toml` tells what each list is."""

    words: dict[str, tuple[Kind, float]]
    alone: frozenset[str]
    inside: frozenset[str]
    article: frozenset[str]
    teen: frozenset[str]
    twenties: frozenset[float]
    joiners: frozenset[str]
    joined_behind: frozenset[str]
    prefix: str
    halves: tuple[Phrase, ...]
    and_half: tuple[Phrase, ...]
    none: frozenset[str]
    behind: frozenset[str]
    signs: str
    spaced: bool

    def has(self, folded: str) -> bool:
        """Whether it is a figure or a word for a number."""
        bare = folded if folded in self.words else folded.removeprefix(self.prefix)
        return folded[:1].isdigit() or (bare in self.words and bare not in self.inside)


@lru_cache(maxsize=8)
def load_numerals(language: str) -> Numerals:
    """No words for a language without a list: its figures are read all the same."""
    if language not in _LANGUAGES:
        none: frozenset[str] = frozenset()
        return Numerals({}, none, none, none, none, frozenset(), none, none, "", (), (), none, none, "", spaced=False)
    table = Table("numerals.toml", language)
    kinds = {
        Kind.UNIT: "units",
        Kind.TEN: "tens",
        Kind.HUNDREDS: "hundreds",
        Kind.HUNDRED: "hundred",
        Kind.SCALE: "scales",
    }
    found = {word: (kind, value) for kind, key in kinds.items() for word, value in table.values(key).items()}
    return Numerals(
        words=found,
        alone=table.words("alone"),
        inside=table.words("inside"),
        article=table.words("article"),
        teen=table.words("teen"),
        twenties=frozenset(map(float, table.words("twenties"))),
        joiners=table.words("joiners"),
        joined_behind=table.words("joined_behind"),
        prefix="".join(table.words("prefix")),
        halves=table.phrases("halves"),
        and_half=table.phrases("and_half"),
        none=table.words("none"),
        behind=table.words("behind"),
        signs="".join(table.words("signs")),
        spaced=bool(table.words("spaced")),
    )


@dataclass(frozen=True)
class Numeral:
    """A number that stands in `words[start:end]`; `bare` where it is digits alone, without signs or words."""

    value: float
    end: int
    bare: bool


def numeral_at(words: Sequence[Word], at: int, language: str) -> Numeral | None:
    """The longest number that begins at this word."""
    numerals = load_numerals(language)
    if at > 0 and words[at - 1].folded in numerals.none and not words[at].folded[:1].isdigit():
        # "No one" is nobody.
        return None
    return _Reading(words, numerals).read(at)


class _Reading:
    """A number as far as it was read: `_total` up to the last scale, `_group` behind it."""

    def __init__(self, words: Sequence[Word], numerals: Numerals) -> None:
        self._words = words
        self._numerals = numerals
        self._total = 0.0
        self._group = 0.0
        self._last: Kind | None = None
        self._scale = 0.0

    def read(self, at: int) -> Numeral | None:
        begun = self._begun(at)
        if begun is None:
            return None
        end, bare = begun
        while (further := self._further(end)) is not None:
            end, bare = further, False
        return Numeral(self._total + self._group, end, bare)

    def _begun(self, at: int) -> tuple[int, bool] | None:
        """Where the first part ends, and whether it is digits alone."""
        numerals, first = self._numerals, self._words[at].folded
        if figures := self._figures(at):
            self._group, end = figures
            return end, self._words[at].folded.isdigit() and end == at + 1
        half = next((phrase for phrase in numerals.halves if starts_with(self._words, at, phrase)), ())
        if half and (end := self._multiplied(at + len(half), _HALF)):
            return end, False
        if first in numerals.article and (end := self._multiplied(at + 1, 1)):
            return end, False
        if first in numerals.inside and not self._begins_more(at):
            return None
        word = first if first in numerals.words else first.removeprefix(numerals.prefix)
        return (at + 1, False) if self._take(word) else None

    def _begins_more(self, at: int) -> bool:
        """Whether a word that is often no number stands before a scale, or before a half of one."""
        following = self._words[at + 1].folded if at + 1 < len(self._words) else ""
        kind, _ = self._numerals.words.get(following, (None, 0))
        return kind in (Kind.SCALE, Kind.HUNDRED) or self._half_ends(at + 1) is not None

    def _multiplied(self, at: int, factor: float) -> int | None:
        """Behind the scale or the hundred that stands here, which is taken so many times."""
        kind, value = self._numerals.words.get(self._folded(at), (None, 0.0))
        if kind is Kind.SCALE:
            self._total, self._scale, self._last = factor * value, value, kind
        elif kind is Kind.HUNDRED:
            self._group, self._last = factor * value, kind
        else:
            return None
        return at + 1

    def _further(self, at: int) -> int | None:
        """Behind the next part; None where the number ends."""
        if at >= len(self._words):
            return None
        if (end := self._half_ends(at)) is not None and self._group == int(self._group):
            return self._with_half(end)
        before = self._total, self._group, self._last, self._scale
        for begin, joined in self._ways_on(at):
            end = self._with_figures(begin, joined)
            if end is not None or self._take_at(begin, joined):
                return end or begin + 1
        self._total, self._group, self._last, self._scale = before
        return None

    def _ways_on(self, at: int) -> list[tuple[int, bool]]:
        """Where the next part may begin, and whether it is joined to what is before."""
        word = self._words[at]
        ways = [(at, False)]
        if word.text in _HYPHENS and self._is_tight(at):
            ways.append((at + 1, False))
        elif self._last in self._numerals.joined_behind and word.folded in self._numerals.joiners:
            ways.append((at + 1, True))
        return [way for way in ways if way[0] < len(self._words)]

    def _take_at(self, at: int, joined: bool) -> bool:
        numerals, folded = self._numerals, self._words[at].folded
        if folded in numerals.teen and not joined and self._last is Kind.UNIT and 0 < self._group % 100 < 10:
            self._group += 10
            self._last = Kind.TEN
            return True
        if folded not in numerals.words and numerals.prefix and self._last in numerals.joined_behind:
            joined = folded.startswith(numerals.prefix)
            folded = folded.removeprefix(numerals.prefix)
        return self._take(folded, joined)

    def _take(self, folded: str, joined: bool = False) -> bool:
        """Adds the word to the number where the two make one."""
        kind, value = self._numerals.words.get(folded, (None, 0.0))
        match kind:
            case Kind.UNIT:
                taken = self._add_unit(value)
            case Kind.TEN:
                taken = self._add_ten(value, joined)
            case Kind.HUNDREDS:
                taken = self._add_hundreds(value)
            case Kind.HUNDRED:
                taken = self._times_hundred(value, folded in self._numerals.alone)
            case Kind.SCALE:
                taken = self._times_scale(value, folded in self._numerals.alone, joined)
            case None:
                taken = False
        if taken:
            self._last = Kind.SCALE if kind is Kind.HUNDREDS and value >= _THOUSAND else kind
        return taken

    @property
    def _is_fresh(self) -> bool:
        """Whether nothing was read since the last scale."""
        return self._last in (None, Kind.SCALE) and self._group == 0

    def _add_unit(self, unit: float) -> bool:
        tens = self._group % 100
        fits = unit < 10 or (tens in self._numerals.twenties and unit < 17)
        behind_ten = self._last is Kind.TEN and tens >= 10 and tens % 10 == 0 and fits
        behind_hundred = self._last in (Kind.HUNDRED, Kind.HUNDREDS) and tens == 0
        if not (self._is_fresh or behind_ten or behind_hundred):
            return False
        self._group += unit
        return True

    def _add_ten(self, ten: float, joined: bool) -> bool:
        tens = self._group % 100
        if self._last is Kind.UNIT and self._numerals.twenties and (tens, ten) == (4, 20):
            self._group += 80 - 4
            return True
        # «سبعة وعشرون»: the unit stands first.
        behind_unit = joined and self._numerals.prefix and self._last is Kind.UNIT and 0 < tens < 10 and ten > 10
        behind_twenty = self._last is Kind.TEN and tens in self._numerals.twenties and ten == 10
        behind_hundred = self._last in (Kind.HUNDRED, Kind.HUNDREDS) and tens == 0
        if not (self._is_fresh or behind_unit or behind_twenty or behind_hundred):
            return False
        self._group += ten
        return True

    def _add_hundreds(self, hundreds: float) -> bool:
        if not self._is_fresh or (self._scale and hundreds >= self._scale):
            return False
        self._group += hundreds
        if hundreds >= _THOUSAND:
            self._total, self._group, self._scale = self._total + self._group, 0, hundreds / 2
        return True

    def _times_hundred(self, hundred: float, alone: bool) -> bool:
        if self._is_fresh and alone:
            self._group = hundred
            return True
        if self._is_fresh or self._last in (Kind.HUNDRED, Kind.HUNDREDS) or self._group >= _MOST_BEFORE_HUNDRED:
            return False
        self._group *= hundred
        return True

    def _times_scale(self, scale: float, alone: bool, joined: bool) -> bool:
        if self._group:
            if self._scale and scale > self._scale:
                self._total, self._group = (self._total + self._group) * scale, 0
            else:
                self._total, self._group = self._total + self._group * scale, 0
        elif self._total and not joined and scale >= self._scale:
            self._total *= scale
        elif alone and (not self._total or (joined and scale < self._scale)):
            self._total += scale
        else:
            return False
        self._scale = scale
        return True

    def _figures(self, at: int) -> tuple[float, int] | None:
        """Digits, with groups of three behind spaces and a fraction behind them: their value and where they end."""
        word = self._words[at]
        if part := _part(word.folded):
            return part, at + 1
        value = _value(word.folded, self._numerals.signs)
        if value is None:
            return None
        end = at + 1
        while self._numerals.spaced and word.folded.isdigit() and len(word.folded) < 4 and self._is_group(end):
            value, end = value * 1000 + float(self._words[end].folded), end + 1
        if end < len(self._words) and self._words[end - 1].end == self._words[end].start:
            behind = _part(self._words[end].folded)
            value, end = value + (behind or 0), end + bool(behind)
        if self._folded(end) in _SHORT_SCALES and (self._is_currency(at - 1) or self._is_currency(end + 1)):
            value, end = value * _SHORT_SCALES[self._folded(end)], end + 1
        return value, end

    def _is_currency(self, at: int) -> bool:
        return 0 <= at < len(self._words) and unicodedata.category(self._words[at].text[0]) == "Sc"

    def _is_group(self, at: int) -> bool:
        """Whether three digits stand here, one space behind the word before."""
        if at >= len(self._words) or not _THREE_DIGITS.fullmatch(self._words[at].folded):
            return False
        return self._words[at].start - self._words[at - 1].end == 1

    def _with_figures(self, at: int, joined: bool) -> int | None:
        """«3 آلاف و500»: behind the figures that belong to the number."""
        if self._last is not Kind.SCALE or self._group:
            return None
        folded = self._words[at].folded
        wanted = "joined" if joined else "bare"
        if wanted not in self._numerals.behind or not folded.isdigit() or int(folded) >= self._scale:
            return None
        self._group, self._last = float(folded), None
        return at + 1

    def _half_ends(self, at: int) -> int | None:
        phrases = self._numerals.and_half
        return next((at + len(phrase) for phrase in phrases if starts_with(self._words, at, phrase)), None)

    def _with_half(self, end: int) -> int:
        """Adds half of the last scale, whose name may be told again: «مليون ونصف المليون»."""
        if not self._is_fresh:
            self._group += _HALF
            return end
        self._total += _HALF * self._scale
        kind, value = self._numerals.words.get(self._folded(end).removeprefix("ال"), (None, 0.0))
        return end + 1 if kind is Kind.SCALE and value == self._scale else end

    def _folded(self, at: int) -> str:
        return self._words[at].folded if at < len(self._words) else ""

    def _is_tight(self, at: int) -> bool:
        words = self._words
        return (
            0 < at < len(words) - 1 and words[at - 1].end == words[at].start and words[at].end == words[at + 1].start
        )


def _part(folded: str) -> float | None:
    """The value of a vulgar fraction: "½"."""
    found = _FRACTION.fullmatch(folded)
    return int(found[1]) / int(found[2]) if found and int(found[2]) else None


def _value(folded: str, signs: str) -> float | None:
    """Digits with the signs of a language: what parts thousands, what parts the fraction.

    Where two kinds of signs stand, the last one parts the fraction, whatever the language."""
    if not _FIGURES.fullmatch(folded):
        return None
    used = [character for character in folded if character in ",."]
    if not used:
        return float(folded)
    head, _, tail = folded.rpartition(used[-1])
    in_groups = (
        all(len(group) == 3 for group in re.split("[.,]", folded)[1:]) and len(re.split("[.,]", folded)[0]) < 4
    )
    if len(set(used)) > 1:
        is_fraction = used.count(used[-1]) == 1
    elif len(used) > 1:
        is_fraction = False
    else:
        thousands, fraction = signs or ("", "")
        is_fraction = used[0] == fraction or not in_groups or head == "0" or (bool(signs) and used[0] != thousands)
    if not is_fraction and not in_groups:
        return None
    plain = re.sub("[.,]", "", head) + (f".{tail}" if is_fraction else tail)
    return float(plain)
