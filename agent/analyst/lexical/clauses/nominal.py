"""What something is, and what else is told of it: "X is a bridge built in 1908", "X is a man who led it"."""

from collections.abc import Sequence

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.phrases import parts
from agent.analyst.lexical.clauses.verbs import (
    denies,
    english_words,
    first_finite,
    is_finite,
    is_in,
    is_participle,
    subject_of,
)
from agent.analyst.lexical.words import Word

_BE = frozenset("is was are were".split())
_THAT = frozenset("who which that".split())
_LED = frozenset("by in at from on as near for to with".split())
_FURTHEST = 14


def nominal(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """What it is, and what is said of it behind, each by itself."""
    whole = [Clause(tuple(range(len(words))))]
    inside = enclosed(words)
    verb = first_finite(words, 0, len(words) - 2, inside)
    if verb is None or words[verb].folded not in _BE or words[verb + 1].folded not in ("a", "an") or denies(words):
        return whole
    subject = tuple(about) if verb == 0 else tuple(words[n] for n in subject_of(words, verb))
    for n in range(verb + 3, min(len(words) - 2, verb + _FURTHEST)):
        if parts(words, n) or not subject:
            return whole
        if inside[n] or words[n - 1].folded in ("of", "and", "or"):
            continue
        if words[n].folded in _THAT and _is_verb(words, n + 1):
            return [Clause(tuple(range(n))), Clause(tuple(range(n + 1, len(words))), subject)]
        if is_participle(words[n]) and words[n + 1].folded in _LED and not is_participle(words[n - 1]):
            return [Clause(tuple(range(n))), *_said_of(words, n, (*subject, words[verb]))]
    return whole


def _is_verb(words: Sequence[Word], at: int) -> bool:
    return is_finite(words, at) or words[at].folded in english_words().present


def _said_of(words: Sequence[Word], start: int, about: tuple[Word, ...]) -> list[Clause]:
    """ "directed by A and written by B"."""
    for n in range(start + 3, len(words) - 2):
        joins = words[n].folded == "and" and is_participle(words[n + 1]) and words[n + 2].folded in _LED
        if joins and not any(is_in(word, "relatives") for word in words[start:n]):
            return [Clause(tuple(range(start, n)), about), *_said_of(words, n + 1, about)]
    return [Clause(tuple(range(start, len(words))), about)]
