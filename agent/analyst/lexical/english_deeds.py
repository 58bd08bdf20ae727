"""What somebody does by speaking, told in English without what was said: accusations, acts of will, counts."""

import re

from agent.analyst.lexical.marks import MarkPlacement, SpeechMark, Words
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.resources import SpeechPatterns
from agent.analyst.lexical.words import COMMA, OTHER, Word, starts_with

_FURTHEST_TO = 4
_FURTHEST_FIGURE = 4
_AT = ("at",)
_PRONOUNS = frozenset("i you he she it we they who this that these those".split())


def english_deed(
    words: Words, at: int, start: int, who: tuple[Word, ...], speech: SpeechPatterns
) -> SpeechMark | None:
    """The mark of a deed whose verb stands at a word; `who` stands before it, from `start` on."""
    behind_who = at > 0 and words[at - 1].folded in speech.lists["relatives"]
    # Whom a pronoun means is told by what was said before, and much was done by others since.
    pronoun = len(who) == 1 and re.split("['’]", who[0].folded)[0] in _PRONOUNS
    if (
        not who
        or pronoun
        or behind_who
        or not (_done_to_somebody(words, at, speech) or (_can_speak(who, speech) and _tells(words, at, speech)))
    ):
        return None
    return SpeechMark(MarkPlacement.LEAD, start, at + 1, who, words[at], words[at].folded, act=True)


def _done_to_somebody(words: Words, at: int, speech: SpeechPatterns) -> bool:
    """ "Accused the company", not "accused of theft": whom it is done to stands right behind."""
    return words[at].folded in speech.lists["deeds_whom"] and _has_object(words, at, speech)


def _tells(words: Words, at: int, speech: SpeechPatterns) -> bool:
    return _to_do(words, at, speech) or _counts(words, at, speech)


def _to_do(words: Words, at: int, speech: SpeechPatterns) -> bool:
    """ "Decided on Monday to close it"."""
    behind = words[at + 1 : at + 1 + _FURTHEST_TO]
    wills = words[at].folded in speech.lists["deeds_to"]
    reached = next((n for n, word in enumerate(behind) if word.mark or word.folded == "to"), len(behind))
    return wills and reached < len(behind) and not behind[reached].mark


def _counts(words: Words, at: int, speech: SpeechPatterns) -> bool:
    """ "Put the dead at 14", "counted 12 houses", "spoke of 20"."""
    if of := next((p for p in speech.counting_of if starts_with(words, at, p)), None):
        return _figure_in(words[at + len(of) : at + len(of) + _FURTHEST_FIGURE])
    if not _has_object(words, at, speech):
        return False
    behind = words[at + 1 : _clause_end(words, at)]
    if words[at].folded in speech.lists["putting"]:
        places = (n for n, word in enumerate(behind) if word.folded in _AT)
        return any(_figure_in(behind[n + 1 : n + 1 + _FURTHEST_FIGURE]) for n in places)
    return words[at].folded in speech.lists["counting"] and _figure_in(behind)


def _clause_end(words: Words, at: int) -> int:
    return next((n for n in range(at, len(words)) if words[n].mark in (COMMA, OTHER)), len(words))


def _figure_in(words: Words) -> bool:
    return any(not number.is_year for number in read_numbers(words, "en"))


def _has_object(words: Words, at: int, speech: SpeechPatterns) -> bool:
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.mark:
        return False
    return after.folded not in (speech.lists["prepositions"] | speech.lists["auxiliaries"] | _NO_OBJECT)


_NO_OBJECT = frozenset("to of by that against over out up down".split())


def _can_speak(who: tuple[Word, ...], speech: SpeechPatterns) -> bool:
    """Whether an office, a house, people or a name stands there, and no thing."""
    sources = speech.sources
    known = sources.roles | sources.institutions | sources.anonymous | sources.places
    known |= speech.lists["people"]
    heads = (word.folded for word in who)
    return any(head in known or head.removesuffix("s") in known for head in heads) or _is_name(who)


def _is_name(who: tuple[Word, ...]) -> bool:
    return all(word.text[:1].isupper() for word in who)
