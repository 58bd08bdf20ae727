"""Statements taken apart at "and" by lists alone, for languages without a grammar of their own here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.analyst.lexical.clauses.clause import Clause, enclosed, trimmed_positions
from agent.analyst.lexical.resources import MANNERS, Table
from agent.analyst.lexical.words import Word

_FEWEST_WORDS = 2
_FURTHEST_VERB = 8
_LONGEST_COUNTED = 4


@dataclass(frozen=True)
class _Joining:
    """How one language joins clauses; empty for a language without lists."""

    joining: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    object_mark: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def _joining(language: str) -> _Joining:
    if language not in MANNERS:
        return _Joining()
    table = Table("clauses.others.toml", language)
    return _Joining(**{name: table.words(name) for name in _Joining.__dataclass_fields__})


def listed_clauses(words: Sequence[Word], language: str) -> list[Clause]:
    """Each clause that "and" joins, and each thing that is counted; all together where something holds them."""
    lists = _joining(language)
    whole = Clause.whole(words)
    if any(word.folded in lists.holds or word.text in "?؟" for word in words):
        return [whole]
    inside = enclosed(words)
    for at in range(_FEWEST_WORDS, len(words) - 1):
        if inside[at] or words[at].folded not in lists.joining:
            continue
        found = _two_clauses(words, at, lists) or _two_counts(words, at, lists)
        if found:
            first, second = found
            rest = [one.inside(second) for one in listed_clauses([words[n] for n in second.at], language)]
            return [replace(one, at=trimmed_positions(words, one.at)) for one in (first, *rest)]
    return [whole]


def _two_clauses(words: Sequence[Word], at: int, lists: _Joining) -> tuple[Clause, Clause] | None:
    left, right = words[:at], words[at + 1 :]
    if sum(not word.mark for word in right) < _FEWEST_WORDS:
        return None
    first, second = Clause(tuple(range(at))), Clause(tuple(range(at + 1, len(words))))
    verb = next((n for n, word in enumerate(left) if n and _is_finite(word, lists)), None)
    if verb is not None and not any(word.mark for word in left[:verb]):
        if _is_finite(right[0], lists):
            return first, replace(second, about=tuple(left[:verb]))
        own = right[0].folded in lists.opens or right[0].text[:1].isupper() or right[0].text[:1].isdigit()
        has_verb = any(_is_finite(word, lists) for word in right[1:_FURTHEST_VERB])
        return (first, second) if own and has_verb else None
    last = next((word for word in reversed(right) if not word.mark), right[-1])
    complete = left[-1].folded in lists.closes and last.folded in lists.alone
    return (first, second) if complete and not any(word.folded in lists.object_mark for word in right) else None


def first_listed_verb(words: Sequence[Word], language: str) -> int | None:
    """Where the first form of a verb of the lists stands; None where none does, though a verb may stand there."""
    lists = _joining(language)
    return next((at for at, word in enumerate(words) if _is_finite(word, lists)), None)


def joins_clauses(word: Word, language: str) -> bool:
    return word.folded in _joining(language).joining


def _is_finite(word: Word, lists: _Joining) -> bool:
    """ "a", and not "à", which folds to it."""
    return word.folded in lists.finite and (len(word.text) > 1 or word.text.casefold() == word.folded)


def _two_counts(words: Sequence[Word], at: int, lists: _Joining) -> tuple[Clause, Clause] | None:
    """ "a fait 12 morts et 30 blessés à Brindle"."""
    start = next(
        (n for n in range(at - 1, max(0, at - _LONGEST_COUNTED - 1), -1) if words[n].text[:1].isdigit()), None
    )
    if (
        start is None
        or not lists.prepositions
        or not words[at + 1].text[:1].isdigit()
        or any(w.mark for w in words[start:at])
    ):
        return None
    ends = (n for n in range(at + 2, len(words)) if words[n].mark or words[n].folded in lists.prepositions)
    end = next(ends, len(words))
    prefix, rest = range(start), range(end, len(words))
    return Clause((*prefix, *range(start, at), *rest)), Clause((*prefix, *range(at + 1, end), *rest))
