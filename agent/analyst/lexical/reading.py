"""A text as the analyst compares it: its telling words with weight and polarity, its numbers, its denials."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.analyst.lexical.numbers import Number, numbers_told
from agent.analyst.lexical.polarity import Sides, denial_at, is_negator, load_turns, negated
from agent.analyst.lexical.stems import rarity, root, stem
from agent.analyst.lexical.words import Word, words

_UNSPACED_FROM = 0x0E00


@dataclass(frozen=True)
class Term:
    """A telling word. `denied`: a negation or denial reaches it."""

    stem: str
    root: str
    weight: float
    denied: bool
    sides: Sides
    name: bool = False


@dataclass(frozen=True)
class Reading:
    terms: tuple[Term, ...]
    numbers: tuple[Number, ...]
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
    def by_row(self) -> dict[int, list[Term]]:
        """Terms of the rows of opposites that they stand in."""
        found: dict[int, list[Term]] = {}
        for term in self.terms:
            for row in term.sides:
                found.setdefault(row, []).append(term)
        return found


@lru_cache(maxsize=1 << 13)
def read(text: str, language: str) -> Reading:
    """The reading of a sentence or a few."""
    turns = load_turns(language)
    found = words(text)
    denial = denial_at(found, turns)
    reached = negated(found, turns)
    terms = [
        _term(word, language, denied=reached[n] != (denial is not None and n > denial))
        for n, word in enumerate(found)
        if not word.mark and not _skipped(word.folded, language)
    ]
    return Reading(
        terms=tuple(terms) or _characters(text, language),
        numbers=tuple(numbers_told(found, language)),
        denies=denial is not None,
        hedges=any(word.folded in turns.hedges for word in found),
        negations=sum(is_negator(word.folded, turns) for word in found),
        size=sum(not word.mark for word in found),
    )


def _skipped(folded: str, language: str) -> bool:
    turns = load_turns(language)
    plain = folded[1:] if language == "ar" and folded[:1] == "و" else folded
    listed = turns.stopwords | turns.negators | turns.denials
    return folded in listed or plain in listed or (len(folded) == 1 and not folded.isdigit())


def _term(word: Word, language: str, *, denied: bool) -> Term:
    stemmed = stem(word.folded, language)
    rooted = root(stemmed, language)
    sides = load_turns(language).sides.get(rooted, {})
    return Term(stemmed, rooted, rarity(word.folded, language), denied, sides, name=word.text[:1].isupper())


def _characters(text: str, language: str) -> tuple[Term, ...]:
    return ()


def telling_words(some: Sequence[Word], language: str) -> list[str]:
    """Roots of the words that carry content."""
    return [root(stem(w.folded, language), language) for w in some if not w.mark and not _skipped(w.folded, language)]
