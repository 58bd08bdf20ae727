"""When two drafts tell one claim, and when two attributions mean one speaker."""

from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import LexicalReading, read
from agent.models import Attribution, Draft
from agent.text import fold

_SHARED = 0.85


def same_claim(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell the same: nearly all telling words of each, the same numbers, the same polarity."""
    if fold(one.quote) == fold(other.quote):
        return True
    language = profile("und", one.quote)
    first, second = read(one.quote, language), read(other.quote, language)
    if {number.value for number in first.numbers} != {number.value for number in second.numbers}:
        return False
    if first.denies != second.denies or first.negations != second.negations:
        return False
    return _shared(first, second) >= _SHARED and _shared(second, first) >= _SHARED


def _shared(one: LexicalReading, other: LexicalReading) -> float:
    kept = sum(term.weight for term in one.terms if term.root in other.by_root)
    return kept / one.weight if one.weight else 0.0


def same_speaker(one: Attribution, other: Attribution) -> bool:
    """Whether both are one speaker by name, or both the outlet: "Putin" and "Vladimir Putin" are one."""
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker
    first, second = (fold(name).replace('"', "").split() for name in (one.speaker, other.speaker))
    short, full = sorted((first, second), key=len)
    return full[-len(short) :] == short or full[: len(short)] == short


def another_in_office(one: Attribution, other: Attribution) -> bool:
    """Whether two names stand for one office: "Boris Ivanov" and "Sergei Ivanov, head of the administration"."""
    if not (one.role and other.role and one.speaker and other.speaker) or same_speaker(one, other):
        return False
    language = profile("und", one.role)
    first, second = read(one.role, language), read(other.role, language)
    short, full = sorted((first, second), key=lambda reading: len(reading.terms))
    return _shared(short, full) >= _SHARED
