"""A statement taken apart into the single things that it says."""

from collections.abc import Callable, Sequence

from agent.analyst.lexical.clauses.arabic import arabic_clauses
from agent.analyst.lexical.clauses.by_lists import listed_clauses
from agent.analyst.lexical.clauses.clause import Clause
from agent.analyst.lexical.clauses.english import english_clauses
from agent.analyst.lexical.words import Word

__all__ = ["Clause", "clauses_of"]

Reader = Callable[..., list[Clause]]
_JOINING = frozenset(("and", "or", "but", "nor", "و", "او"))
_READERS: dict[str, Reader] = {"ar": arabic_clauses, "en": english_clauses}


def clauses_of(
    words: Sequence[Word], language: str, about: tuple[Word, ...] = (), *, atomic: bool = True
) -> list[Clause]:
    """What the words say, one clause for each thing; the whole of them where nothing can be told apart.

    `about`: the subject that they share with what stands before. Not `atomic`: only where "and" joins whole clauses.
    """
    reader = _READERS.get(language)
    if reader is not None:
        clauses = reader(words, about, atomic=atomic)
        # "Their first and, to date, only win" is one thing.
        return [Clause.whole(words, about)] if any(_goes_on(words, one) for one in clauses) else clauses
    return listed_clauses(words, language) if atomic else [Clause.whole(words, about)]


def _goes_on(words: Sequence[Word], clause: Clause) -> bool:
    """Whether a clause ends in "and": what it joins was cut off."""
    last = next((words[n].folded for n in reversed(clause.at) if not words[n].mark), "")
    return last in _JOINING
