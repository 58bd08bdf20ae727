"""Whether a text has the very words of a claim, which is all that can be told in a language without lists."""

from itertools import takewhile
from typing import NamedTuple

from agent.analyst.lexical.counting import numeral_at
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import COMMA, HYPHENS

# "…, said the minister": more words behind a comma may tell that it is a rumour.
_WORDS_OF_A_TAG = 4


def negation_differs(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether only one of the two negates anything, and the other does not deny instead."""
    return claim.denies == text.denies and (claim.negations > 0) != (text.negations > 0)


def is_told_in_other_words(claim: LexicalReading, text: LexicalReading) -> bool:
    """In a language without lists: whether the text has not the very words of the claim, one behind the other, or
    only one of them denies something. What other words tell nobody knows: they may doubt it, or tell of another."""
    listed = bool(load_turns(claim.language).negators)
    return not listed and (negation_differs(claim, text) or not _stands_in(claim, text))


def _stands_in(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text tells the claim's words as a sentence of their own: another word beside them may tell of a
    former mayor, who says it may not believe it, and what stands behind a comma may tell that it is not so."""
    wanted = [one.told for one in _read_as(claim)]
    told = _read_as(text)
    starts = (
        n for n in range(len(told) - len(wanted) + 1) if [one.told for one in told[n : n + len(wanted)]] == wanted
    )
    return any(_begins_at(told[n].start - 1, text) and _ends_at(told[n + len(wanted) - 1].end, text) for n in starts)


class _WordOrNumber(NamedTuple):
    """A word, or a number however it is written, and where it stands among the words."""

    told: str | float
    start: int
    end: int


def _read_as(reading: LexicalReading) -> list[_WordOrNumber]:
    found: list[_WordOrNumber] = []
    at = 0
    while at < len(reading.words):
        numeral = numeral_at(reading.words, at, reading.language)
        end = numeral.end if numeral else at + 1
        if numeral or not reading.words[at].mark:
            found.append(_WordOrNumber(numeral.value if numeral else reading.words[at].folded, at, end))
        at = end
    return found


def _begins_at(at: int, text: LexicalReading) -> bool:
    """… and who says it may, before a comma, be somebody who does not believe it."""
    return _ends_at(at, text) and not (at >= 0 and text.words[at].mark == COMMA)


def _ends_at(at: int, text: LexicalReading) -> bool:
    """Whether a sentence ends there, at a mark that joins no two words or with the text, or few words follow, which
    tell who says it."""
    if not 0 <= at < len(text.words):
        return True
    word = text.words[at]
    if word.mark == COMMA:
        behind = list(takewhile(lambda one: one.mark in ("", COMMA), text.words[at + 1 :])) if at else []
        return 0 < len(behind) <= _WORDS_OF_A_TAG
    return bool(word.mark and word.text not in HYPHENS)
