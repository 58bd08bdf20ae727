"""A statement taken apart into the single things that it says."""

from collections.abc import Callable, Sequence

from agent.analyst.lexical.clauses.arabic import arabic_clauses
from agent.analyst.lexical.clauses.by_lists import listed_clauses
from agent.analyst.lexical.clauses.clause import Clause
from agent.analyst.lexical.clauses.english import english_clauses
from agent.analyst.lexical.words import Word

__all__ = ["Clause", "clauses_of"]

Reader = Callable[..., list[Clause]]
_READERS: dict[str, Reader] = {"ar": arabic_clauses, "en": english_clauses}


def clauses_of(
    words: Sequence[Word], language: str, about: tuple[Word, ...] = (), *, atomic: bool = True
) -> list[Clause]:
    """What the words say, one clause for each thing; the whole of them where nothing can be told apart.

    `about`: the subject that they share with what stands before. Not `atomic`: only where "and" joins whole clauses.
    """
    reader = _READERS.get(language)
    if reader is not None:
        return reader(words, about, atomic=atomic)
    return listed_clauses(words, language) if atomic else [Clause.whole(words, about)]
