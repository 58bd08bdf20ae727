"""Numbers with what they count: "nine thousand sorties" and "9,000 sorties" are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.analyst.lexical.counting import numeral_at
from agent.analyst.lexical.numerals import load_numerals
from agent.analyst.lexical.polarity import is_negator, load_turns
from agent.analyst.lexical.stems import root, stem
from agent.analyst.lexical.words import Word

_YEARS = range(1800, 2100)


@dataclass(frozen=True)
class Number:
    """`unit` is the root of the word it counts; `bare` numbers are digits alone; "not fourteen" is `denied`."""

    value: float
    unit: str
    bare: bool
    denied: bool = False

    @property
    def is_year(self) -> bool:
        return self.bare and self.value in _YEARS and self.value == int(self.value)


def read_numbers(words: Sequence[Word], language: str) -> list[Number]:
    """The numbers of a text in order."""
    turns = load_turns(language)
    found: list[Number] = []
    at = 0
    while at < len(words):
        numeral = numeral_at(words, at, language)
        if numeral is None:
            at += 1
            continue
        denied = at > 0 and is_negator(words[at - 1].folded, turns)
        at = numeral.end
        found.append(Number(numeral.value, _unit(words, at, language), numeral.bare, denied))
    return found


def _unit(words: Sequence[Word], at: int, language: str) -> str:
    if at < len(words) and words[at].folded in load_numerals(language).of:
        at += 1
    unit = next((word for word in words[at : at + 2] if not word.mark or word.text == "%"), None)
    if unit is None:
        return ""
    return "%" if unit.mark else root(stem(unit.folded, language), language)
