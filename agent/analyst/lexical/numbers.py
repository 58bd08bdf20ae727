"""Numbers with what they count: "nine thousand sorties" and "9,000 sorties" are one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.analyst.lexical.polarity import PolarityWords, is_negator, load_turns
from agent.analyst.lexical.stems import root, stem
from agent.analyst.lexical.words import Word

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_YEARS = range(1800, 2100)
_UNITS, _TENS = range(1, 10), range(20, 100, 10)
_TEEN = frozenset(("عشر", "عشره", "عشرا"))
_HYPHENS = ("-", "‐", "‑")


@dataclass(frozen=True)
class Number:
    """`unit` is the root of the word it counts; `bare` numbers are written in digits without a scale; "not fourteen"
    is `denied`."""

    value: float
    unit: str
    bare: bool
    denied: bool = False

    @property
    def is_year(self) -> bool:
        return self.bare and self.value in _YEARS and self.value == int(self.value)


def numbers_told(words: Sequence[Word], language: str) -> list[Number]:
    """The numbers of a text in order."""
    turns = load_turns(language)
    found: list[Number] = []
    at = 0
    while at < len(words):
        value = _value(words[at].folded, turns)
        if value is None:
            at += 1
            continue
        bare = words[at].folded[:1].isdigit()
        denied = at > 0 and is_negator(words[at - 1].folded, turns)
        at += 1
        if not bare and (added := _compound(value, words, at, turns)) is not None:
            value, at = added
        while at < len(words) and (scale := turns.scales.get(words[at].folded)):
            value, bare, at = value * scale, False, at + 1
        found.append(Number(value, _unit(words, at, language), bare, denied))
    return found


def _compound(value: float, words: Sequence[Word], at: int, turns: PolarityWords) -> tuple[float, int] | None:
    """ "seventy-one", "واحد وسبعون", "أربعة عشر": the sum of both, and the position behind them."""
    hyphened = at + 1 < len(words) and words[at].text in _HYPHENS
    if hyphened and value in _TENS and (unit := turns.numbers.get(words[at + 1].folded)) in _UNITS:
        return value + (unit or 0), at + 2
    if value in _UNITS and at < len(words) and words[at].folded in _TEEN:
        return value + 10, at + 1
    tens = turns.numbers.get(words[at].folded.removeprefix("و")) if at < len(words) else None
    if value in _UNITS and tens in _TENS and words[at].folded.startswith("و"):
        return value + (tens or 0), at + 1
    return None


def _value(folded: str, turns: PolarityWords) -> float | None:
    if _DIGITS.fullmatch(folded):
        plain = folded.replace(",", "") if _GROUPED.fullmatch(folded) else folded.replace(",", ".")
        return float(plain) if plain.count(".") <= 1 else None
    return turns.numbers.get(folded)


def _unit(words: Sequence[Word], at: int, language: str) -> str:
    unit = next((word for word in words[at : at + 2] if not word.mark or word.text == "%"), None)
    if unit is None:
        return ""
    return "%" if unit.mark else root(stem(unit.folded, language), language)
