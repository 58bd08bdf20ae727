"""Expressions of several words brought to the one word that tells the same: "may not use" to "closed"."""

from collections.abc import Sequence
from dataclasses import replace

from agent.analyst.lexical.numerals import Numerals, load_numerals
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import OTHER, Word, starts_with

_PERCENT = "%"
_ARTICLE = "ال"
# What English tells to go on ends so: "keep striking".
_GOING_ON = "continue"
_DONE_STILL = "ing"


def retold(words: Sequence[Word], language: str) -> list[Word]:
    """The words with every listed expression replaced, and without "about" before a number.

    "Some four hundred" and "four hundred" tell one number; "almost" and "more than" stay, they tell another.
    """
    turns, numerals = load_turns(language), load_numerals(language)
    found: list[Word] = []
    at = 0
    while at < len(words):
        phrase, canonical = next(
            ((p, c) for p, c in turns.retellings.get(words[at].folded, ()) if starts_with(words, at, p)), ((), "")
        )
        if phrase:
            found.append(_as(canonical, words[at], words[at + len(phrase) - 1]))
        elif words[at].folded in turns.going_on and _is_done_still(words, at + 1):
            found.append(replace(words[at], text=_GOING_ON, folded=_GOING_ON))
        elif words[at].folded in turns.verbs_before_nouns and _has_article(words, at + 1):
            found.append(replace(words[at], folded=turns.verbs_before_nouns[words[at].folded]))
        elif words[at].folded not in turns.approximating or not _is_number(words, at + 1, numerals):
            found.append(words[at])
        at += len(phrase) or 1
    return found


def _as(canonical: str, first: Word, last: Word) -> Word:
    mark = OTHER if canonical == _PERCENT else ""
    # A name stays one: "the United Nations".
    text = canonical.capitalize() if first.text[:1].isupper() and last.text[:1].isupper() else canonical
    return replace(first, text=text, folded=canonical, end=last.end, mark=mark)


def _is_done_still(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].folded.endswith(_DONE_STILL)


def _has_article(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].folded.startswith(_ARTICLE)


def _is_number(words: Sequence[Word], at: int, numerals: Numerals) -> bool:
    return at < len(words) and numerals.has(words[at].folded)
