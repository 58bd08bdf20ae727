"""Numbers put together from words and figures: «ألف وخمسمئة», "quatre-vingt-dix-neuf", "one and a half million"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.analyst.lexical.figures import figures_at
from agent.analyst.lexical.numerals import Magnitude, Numerals, load_numerals
from agent.analyst.lexical.words import HYPHENS, Word, starts_with

_SHORT = re.compile(r"\d{1,9}")
_HALF = 0.5
_MOST_BEFORE_HUNDRED = 20
_THOUSAND = 1000
_ACCUSATIVE = "\u064b"


@dataclass(frozen=True)
class Numeral:
    """A number that stands in `words[start:end]`; `bare` where it is digits alone, without signs or words."""

    value: float
    end: int
    bare: bool


def numeral_at(words: Sequence[Word], at: int, language: str) -> Numeral | None:
    """The longest number that begins at this word."""
    numerals = load_numerals(language)
    if not numerals.may_begin(words[at].folded):
        return None
    if at > 0 and words[at - 1].folded in numerals.vague and not words[at].folded[:1].isdigit():
        return None
    return _Composition(words, numerals).read(at)


class _Composition:
    """A number as far as it was read: `_total` up to the last scale, `_group` behind it."""

    def __init__(self, words: Sequence[Word], numerals: Numerals) -> None:
        self._words = words
        self._numerals = numerals
        self._total = 0.0
        self._group = 0.0
        self._last: Magnitude | None = None
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
        if figures := figures_at(self._words, at, self._numerals):
            self._group, end = figures
            return end, self._words[at].folded.isdigit() and end == at + 1
        for part, value in numerals.parts.items():
            if starts_with(self._words, at, part) and (scaled := self._multiplied(at + len(part), value)):
                return scaled, False
        if first in numerals.article and (scaled := self._multiplied(at + 1, 1)):
            return scaled, False
        if first in numerals.inside and not self._begins_more(at):
            return None
        word = first if first in numerals.words else first.removeprefix(numerals.prefix)
        return (at + 1, False) if self._take(word, at) else None

    def _begins_more(self, at: int) -> bool:
        """Whether a word that is often no number stands before a scale, or before a half of one."""
        following = self._words[at + 1].folded if at + 1 < len(self._words) else ""
        kind, _ = self._numerals.words.get(following, (None, 0))
        return kind in (Magnitude.SCALE, Magnitude.HUNDRED) or self._half_ends(at + 1) is not None

    def _multiplied(self, at: int, factor: float) -> int | None:
        """Behind the scale or the hundred that stands here, which is taken so many times."""
        kind, value = self._numerals.words.get(self._without_article(at), (None, 0.0))
        if kind is Magnitude.SCALE:
            self._total, self._scale, self._last = factor * value, value, kind
        elif kind is Magnitude.HUNDRED:
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
        for begin, joined in self._ways_on(at):
            end = self._with_figures(begin, joined)
            if end is not None or self._take_at(begin, joined):
                return end or begin + 1
        return None

    def _ways_on(self, at: int) -> list[tuple[int, bool]]:
        """Where the next part may begin, and whether it is joined to what is before."""
        word = self._words[at]
        ways = [(at, False)]
        if word.text in HYPHENS and self._is_tight(at):
            ways.append((at + 1, False))
        elif self._last in self._numerals.joined_behind and word.folded in self._numerals.joiners:
            ways.append((at + 1, True))
        return [way for way in ways if way[0] < len(self._words)]

    def _take_at(self, at: int, joined: bool) -> bool:
        numerals, folded = self._numerals, self._words[at].folded
        if folded in numerals.teen and not joined and self._last is Magnitude.UNIT and 0 < self._group % 100 < 10:
            self._group += 10
            self._last = Magnitude.TEN
            return True
        if folded not in numerals.words and numerals.prefix and self._last in numerals.joined_behind:
            joined = folded.startswith(numerals.prefix)
            folded = folded.removeprefix(numerals.prefix)
        return self._take(folded, at, joined)

    def _take(self, folded: str, at: int, joined: bool = False) -> bool:
        """Adds the word that stands here to the number where the two make one."""
        kind, value = self._numerals.words.get(folded, (None, 0.0))
        alone = folded in self._numerals.alone
        if folded in self._numerals.duals and (joined or not self._group):
            alone = _ACCUSATIVE in self._words[at].text
            kind, value = (kind, value) if alone else (Magnitude.HUNDREDS, 2 * value)
        match kind:
            case Magnitude.UNIT:
                taken = self._add_unit(value)
            case Magnitude.TEN:
                taken = self._add_ten(value, joined)
            case Magnitude.HUNDREDS:
                taken = self._add_hundreds(value)
            case Magnitude.HUNDRED:
                taken = self._times_hundred(value, alone)
            case Magnitude.SCALE:
                taken = self._times_scale(value, alone, joined)
            case None:
                taken = False
        if taken:
            self._last = Magnitude.SCALE if kind is Magnitude.HUNDREDS and value >= _THOUSAND else kind
        return taken

    @property
    def _is_fresh(self) -> bool:
        """Whether nothing was read since the last scale."""
        return self._last in (None, Magnitude.SCALE) and self._group == 0

    def _add_unit(self, unit: float) -> bool:
        tens = self._group % 100
        fits = unit < 10 or (tens in self._numerals.twenties and unit < 17)
        behind_ten = self._last is Magnitude.TEN and tens >= 10 and tens % 10 == 0 and fits
        behind_hundred = self._last in (Magnitude.HUNDRED, Magnitude.HUNDREDS) and tens == 0
        if not (self._is_fresh or behind_ten or behind_hundred):
            return False
        self._group += unit
        return True

    def _add_ten(self, ten: float, joined: bool) -> bool:
        tens = self._group % 100
        if self._last is Magnitude.UNIT and self._numerals.twenties and (tens, ten) == (4, 20):
            self._group += 80 - 4
            return True
        # «سبعة وعشرون»: the unit stands first.
        behind_unit = joined and self._numerals.prefix and self._last is Magnitude.UNIT and 0 < tens < 10 and ten > 10
        behind_twenty = self._last is Magnitude.TEN and tens in self._numerals.twenties and ten == 10
        behind_hundred = self._last in (Magnitude.HUNDRED, Magnitude.HUNDREDS) and tens == 0
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
        if (
            self._is_fresh
            or self._last in (Magnitude.HUNDRED, Magnitude.HUNDREDS)
            or self._group >= _MOST_BEFORE_HUNDRED
        ):
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

    def _with_figures(self, at: int, joined: bool) -> int | None:
        """«3 آلاف و500», "5 millones 200 mil": behind the figures that belong to the number."""
        if self._last is not Magnitude.SCALE or self._group:
            return None
        folded = self._words[at].folded
        wanted = {"joined"} if joined else {"bare", "scaled"} if self._has_lower_scale(at + 1) else {"bare"}
        if wanted.isdisjoint(self._numerals.behind) or not _SHORT.fullmatch(folded) or int(folded) >= self._scale:
            return None
        self._group, self._last = float(folded), None
        return at + 1

    def _has_lower_scale(self, at: int) -> bool:
        folded = self._words[at].folded if at < len(self._words) else ""
        kind, value = self._numerals.words.get(folded, (None, 0.0))
        return kind is Magnitude.SCALE and value < self._scale

    def _half_ends(self, at: int) -> int | None:
        phrases = self._numerals.and_half
        return next((at + len(phrase) for phrase in phrases if starts_with(self._words, at, phrase)), None)

    def _with_half(self, end: int) -> int:
        """Adds half of the last scale, whose name may be told again: «مليون ونصف المليون»."""
        if not self._is_fresh:
            self._group += _HALF
            return end
        self._total += _HALF * self._scale
        kind, value = self._numerals.words.get(self._without_article(end), (None, 0.0))
        return end + 1 if kind is Magnitude.SCALE and value == self._scale else end

    def _without_article(self, at: int) -> str:
        folded = self._words[at].folded if at < len(self._words) else ""
        # The word for a thousand begins as the article does.
        return folded if folded in self._numerals.words else folded.removeprefix("ال")

    def _is_tight(self, at: int) -> bool:
        words = self._words
        return (
            0 < at < len(words) - 1 and words[at - 1].end == words[at].start and words[at].end == words[at + 1].start
        )
