"""Numbers with what they count: "nine thousand sorties" and "9,000 sorties" are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.analyst.lexical.counting import numeral_at
from agent.analyst.lexical.measures import NOTHING_MEASURED, Measured, measured
from agent.analyst.lexical.numerals import load_numerals
from agent.analyst.lexical.polarity import is_negator
from agent.analyst.lexical.stems import root, stem
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import Word

_YEARS = range(1800, 2100)
# Years of the Persian calendar and of the Islamic one.
_YEARS_ELSEWHERE = range(1300, 1450)
_CLOSE_NUMBERS = 0.005


@dataclass(frozen=True)
class Number:
    """`unit` is the root of the word it counts; `bare` numbers are digits alone; "not fourteen" is `denied`;
    `measured`: what it measures; `behind` is the root of the word behind the unit."""

    value: float
    unit: str
    bare: bool
    denied: bool = False
    measured: Measured = NOTHING_MEASURED
    behind: str = ""

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
        what = measured(words, at, numeral.end, language)
        at = numeral.end
        unit, behind = _unit(words, at, language)
        found.append(Number(numeral.value, unit, numeral.bare, denied, what, behind))
    return found


def _unit(words: Sequence[Word], at: int, language: str) -> tuple[str, str]:
    """The unit, and what stands behind it."""
    if at < len(words) and words[at].folded in load_numerals(language).of:
        at += 1
    unit = next((n for n in range(at, min(at + 2, len(words))) if not words[n].mark or words[n].text == "%"), None)
    if unit is None:
        return "", ""
    behind = words[unit + 1] if unit + 1 < len(words) else None
    told = "" if behind is None or behind.mark else root(stem(behind.folded, language), language)
    return "%" if words[unit].mark else root(stem(words[unit].folded, language), language), told


def same_number(one: float, other: float) -> bool:
    """Whether two values are one, but for rounding; of what may be years none is rounded."""
    if any(one in years and other in years for years in (_YEARS, _YEARS_ELSEWHERE)):
        return one == other
    return abs(one - other) <= _CLOSE_NUMBERS * max(abs(one), abs(other))


def told_otherwise(claim: Sequence[Number], text: Sequence[Number]) -> bool:
    """Whether the text has the claim's numbers and tells them of other things: of another unit, as a level and not as
    a change, or exchanged ("51 votes to 49", "49 votes to 51")."""
    for number in claim:
        same = [other for other in text if same_number(number.value, other.value)]
        if same and all(number.measured.is_another(other.measured) for other in same):
            return True
        if same and any(_exchanged(number, one, other, text) for one in claim for other in text):
            return True
    return False


def _exchanged(number: Number, rest: Number, other: Number, text: Sequence[Number]) -> bool:
    """Whether `other` of the text counts what `number` does and has the value of `rest`, another of the claim's."""
    if same_number(number.value, rest.value) or not same_number(rest.value, other.value) or not number.unit:
        return False
    if number.unit == f"{rest.value:g}" and other.unit == f"{number.value:g}":
        # "3-1", "1-3".
        return True
    alike = number.unit == rest.unit
    # "Ten people killed and eight people hurt": where both count people, what became of them tells which.
    counts = [one for one in text if one.unit == number.unit and not (alike and one.behind != number.behind)]
    return other in counts and not any(same_number(number.value, one.value) for one in counts)
