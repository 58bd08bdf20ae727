"""What was done, and what for: "The minister flew to Oldport to open the bridge"."""

from collections.abc import Sequence
from itertools import pairwise

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.verbs import denies, english_words, first_finite
from agent.analyst.lexical.words import COMMA, Word

_FEWEST_WORDS = 4
_HEDGES = frozenset("will would may might could should can must shall".split())


def purpose(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """What was done by itself, and with what it was for: that it came to that is not said."""
    whole = Clause(tuple(range(len(words))))
    inside = enclosed(words)
    verb = 0 if about else first_finite(words, 0, len(words), inside)
    if verb is None or denies(words) or any(word.folded in _HEDGES for word in words):
        return [whole]
    for n in range(max(verb + 2, _FEWEST_WORDS), len(words) - 2):
        infinitive = words[n].folded == "to" and words[n + 1].folded in english_words().past_of
        if infinitive and not inside[n] and (_in_order(words, n) or _is_complete(words, n, verb)):
            end = n - 2 if _in_order(words, n) else n
            return [Clause(tuple(range(end))), whole]
    return [whole]


def _in_order(words: Sequence[Word], at: int) -> bool:
    return words[at - 1].folded == "order" and words[at - 2].folded == "in"


def _is_complete(words: Sequence[Word], at: int, verb: int) -> bool:
    """Whether what stands before "to" needs nothing more: a name, a year or a comma ends it."""
    before = words[at - 1]
    if any(one.folded == "to" and two.folded in english_words().past_of for one, two in pairwise(words[verb:at])):
        return False
    ends = before.mark == COMMA or before.text[:1].isupper() or (before.text.isdigit() and len(before.text) == 4)
    return ends and at - verb > 2
