"""Expressions of several words brought to the one word that tells the same: "may not use" to "closed"."""

from collections.abc import Sequence
from dataclasses import replace

from agent.analyst.lexical.polarity import PolarityWords
from agent.analyst.lexical.words import OTHER, Word, starts_with

_PERCENT = "%"


def retold(words: Sequence[Word], turns: PolarityWords) -> list[Word]:
    """The words with every listed expression replaced, and without "about" before a number.

    "Some four hundred" and "four hundred" tell one number; "almost" and "more than" stay, they tell another.
    """
    found: list[Word] = []
    at = 0
    while at < len(words):
        phrase, canonical = next(
            ((p, c) for p, c in turns.retellings.get(words[at].folded, ()) if starts_with(words, at, p)), ((), "")
        )
        if phrase:
            found.append(_as(canonical, words[at], words[at + len(phrase) - 1]))
        elif not _approximates(words, at, turns):
            found.append(words[at])
        at += len(phrase) or 1
    return found


def _as(canonical: str, first: Word, last: Word) -> Word:
    mark = OTHER if canonical == _PERCENT else ""
    return replace(first, text=canonical, folded=canonical, end=last.end, mark=mark)


def _approximates(words: Sequence[Word], at: int, turns: PolarityWords) -> bool:
    return words[at].folded in turns.approximating and at + 1 < len(words) and is_number(words[at + 1].folded, turns)


def is_number(folded: str, turns: PolarityWords) -> bool:
    """Whether a word is a number or counts in thousands and the like."""
    return folded[:1].isdigit() or folded in turns.numbers or folded in turns.scales
