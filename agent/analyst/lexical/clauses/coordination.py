"""Clauses that "and", "but" or a semicolon joins: "The bridge was closed in May and was reopened by Monday"."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.verbs import (
    denies,
    english_words,
    first_finite,
    holds,
    is_finite,
    is_in,
    is_participle,
    is_passive,
    main_verb,
    opens_noun,
    subject_of,
)
from agent.analyst.lexical.words import COMMA, Word

_JOINING = frozenset(("and", "but"))
_CONTRASTS = frozenset(("while", "whereas", "so"))
# In the words of a clause by itself these say nothing.
_ORDER = frozenset("then also thus therefore".split())
# Whoever writes more of them into one sentence writes no news.
_MOST_JOINTS = 40
_FEWEST_WORDS = 3
_FURTHEST_VERB = 10
_LONGEST_ADJUNCT = 6


@dataclass(frozen=True)
class _Cut:
    at: int
    after: int
    about: tuple[Word, ...] = ()


def coordinated(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """Each clause by itself; one without a subject takes that of the clause before."""
    inside = enclosed(words)
    found: list[Clause] = []
    start, subject = 0, tuple(about)
    joints = (n for n in range(1, len(words) - 1) if _may_join(words[n]) and not inside[n])
    for n in islice(joints, _MOST_JOINTS):
        if n <= start:
            continue
        cut = _cut(words, start, n, subject, inside)
        if cut is not None:
            found.append(Clause(tuple(range(start, n)), subject if found else ()))
            start, subject = cut.after, cut.about
    return [*found, Clause(tuple(range(start, len(words))), subject if found else ())]


def _may_join(word: Word) -> bool:
    return word.folded in _JOINING | _CONTRASTS or word.text == ";"


def _cut(words: Sequence[Word], start: int, at: int, about: tuple[Word, ...], inside: Sequence[bool]) -> _Cut | None:
    after_comma = words[at - 1].mark == COMMA
    joins = words[at].folded in _JOINING
    breaks = words[at].text == ";" or (words[at].folded in _CONTRASTS and after_comma)
    if not (joins or breaks):
        return None
    left, verb = words[start:at], main_verb(words, start, at, inside)
    if verb is None or _is_bound(left):
        return None
    after = at + 1
    if words[after].folded in _JOINING:
        after += 1
    if not _has_enough(left) or not _has_enough(words[after : _stop(words, after)]):
        return None
    begins = after
    while begins < len(words) - 1 and is_in(words[begins], "adverbs"):
        begins += 1
        after += words[after].folded in _ORDER
    if joins and not _has_relative(words[verb:at]) and (shared := _shared(words, start, verb, begins, about)):
        return _Cut(at, after, shared)
    return _Cut(at, after) if _is_own_clause(words, begins, inside, loose=after_comma or breaks) else None


def _has_enough(words: Sequence[Word]) -> bool:
    return sum(not word.mark for word in words) >= _FEWEST_WORDS


def _stop(words: Sequence[Word], start: int) -> int:
    return next((n for n in range(start, len(words)) if words[n].text == ";"), len(words))


def _is_bound(left: Sequence[Word]) -> bool:
    """Whether what stands before holds what follows too: under "if", "that", or inside an opening clause."""
    opening = is_in(left[0], "told_by") and not any(word.mark == COMMA for word in left)
    return holds(left) or opening or any(word.folded == "that" for word in left)


def _has_relative(said: Sequence[Word]) -> bool:
    return any(word.folded in ("who", "which", "that", "whose", "where") for word in said)


def _shared(
    words: Sequence[Word], start: int, verb: int, begins: int, about: tuple[Word, ...]
) -> tuple[Word, ...] | None:
    """The subject of a clause that begins with its verb, with the "was" or "has" that its participle shares."""
    left, word = words[start:begins], words[begins]
    goes_on = about and all(is_in(one, "adverbs") for one in words[start:verb])
    subject = about if goes_on else tuple(words[start + n] for n in subject_of(left, verb - start))
    if not subject:
        return None
    passive = is_passive(words, verb, begins)
    if passive is not None and is_participle(word) and not _takes_object(words, begins):
        return None if denies(left) else (*subject, words[passive])
    if not is_finite(words, begins):
        return None
    own = is_in(word, "auxiliaries") or word.folded not in english_words().participles
    return None if denies(left) and not (own or _did(left)) else subject


def _takes_object(words: Sequence[Word], verb: int) -> bool:
    after = words[verb + 1] if verb + 1 < len(words) else None
    return after is not None and (opens_noun(after) or after.folded in ("that", "him", "them"))


def _did(left: Sequence[Word]) -> bool:
    """ "did not say and left": the past form stands by itself."""
    return any(word.folded in ("did", "didn't", "does", "doesn't") for word in left)


def _past_adjunct(words: Sequence[Word], begins: int) -> int:
    """Behind "as of 2020," at the head of a clause."""
    comma = next(
        (n for n in range(begins, min(len(words), begins + _LONGEST_ADJUNCT)) if words[n].mark == COMMA), None
    )
    return comma + 1 if comma is not None and comma + 1 < len(words) else begins


def _is_own_clause(words: Sequence[Word], begins: int, inside: Sequence[bool], *, loose: bool) -> bool:
    if not (loose or opens_noun(words[begins])):
        return False
    if loose and is_in(words[begins], "prepositions"):
        begins = _past_adjunct(words, begins)
    verb = first_finite(words, begins + 1, min(len(words), begins + _FURTHEST_VERB), inside)
    between = words[begins : verb or begins]
    return verb is not None and not any(word.mark for word in between) and not _has_relative(between)
