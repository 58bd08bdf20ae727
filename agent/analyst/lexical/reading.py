"""A text as the analyst compares it: its telling words with weight and polarity, its numbers, its denials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from agent.analyst.lexical.days import days_named
from agent.analyst.lexical.numbers import Number, numbers_told
from agent.analyst.lexical.polarity import Sides, denial_at, is_negator, load_turns, negated
from agent.analyst.lexical.stems import rarity, root, stem
from agent.analyst.lexical.words import Word, words

_AROUND = 4
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\ua4cf\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word. `near`: the roots around it; `denied`: how strongly a negation reaches it."""

    stem: str
    root: str
    weight: float
    denied: int
    sides: Sides
    near: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    terms: tuple[Term, ...]
    numbers: tuple[Number, ...]
    days: frozenset[str]
    denies: bool
    hedges: bool
    negations: int
    size: int

    @cached_property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @cached_property
    def by_root(self) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.root, []).append(term)
        return found

    @cached_property
    def root_weight(self) -> dict[str, float]:
        return {root: sum(term.weight for term in terms) for root, terms in self.by_root.items()}

    @cached_property
    def by_row(self) -> dict[int, list[Term]]:
        """Terms of the rows of opposites that they stand in."""
        found: dict[int, list[Term]] = {}
        for term in self.terms:
            for row in term.sides:
                found.setdefault(row, []).append(term)
        return found


@lru_cache(maxsize=1 << 10)
def read(text: str, language: str) -> Reading:
    """The reading of a sentence or a few."""
    turns = load_turns(language)
    found = _spaced(words(text))
    telling = [not word.mark and not _skipped(word.folded, language) for word in found]
    reached = negated(found, telling, turns)
    terms = _terms([(word, reached[n]) for n, word in enumerate(found) if telling[n]], language)
    return Reading(
        terms=tuple(terms),
        numbers=tuple(numbers_told(found, language)),
        days=days_named(found, language),
        denies=denial_at(found, turns) is not None,
        hedges=any(word.folded in turns.hedges for word in found),
        negations=sum(is_negator(word.folded, turns) for word in found),
        size=sum(not word.mark for word in found),
    )


def _spaced(found: Sequence[Word]) -> list[Word]:
    """Words of scripts without spaces cut into pairs of characters."""
    return [piece for word in found for piece in (_pairs(word) if _UNSPACED.match(word.folded) else [word])]


def _pairs(word: Word) -> list[Word]:
    last = max(1, len(word.folded) - 1)
    return [replace(word, folded=word.folded[n : n + 2]) for n in range(last)]


def _skipped(folded: str, language: str) -> bool:
    turns = load_turns(language)
    plain = folded[1:] if language == "ar" and folded[:1] == "و" else folded
    listed = turns.stopwords | turns.negators | turns.denials
    return folded in listed or plain in listed or (len(folded) == 1 and not folded.isdigit())


def _terms(told: Sequence[tuple[Word, int]], language: str) -> list[Term]:
    stems = [stem(word.folded, language) for word, _ in told]
    roots = [root(stemmed, language) for stemmed in stems]
    turns = load_turns(language)
    return [
        Term(
            stem=stems[n],
            root=roots[n],
            weight=rarity(word.folded, language),
            denied=denied,
            sides=turns.sides_of(word.folded, roots[n]),
            near=frozenset(roots[max(0, n - _AROUND) : n] + roots[n + 1 : n + 1 + _AROUND]),
        )
        for n, (word, denied) in enumerate(told)
    ]
