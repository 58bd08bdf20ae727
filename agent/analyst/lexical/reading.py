"""A text as the analyst compares it: its telling words with weight and polarity, its numbers, its denials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import takewhile

from agent.analyst.lexical.days import days_named, months_mentioned
from agent.analyst.lexical.measures import rates_named
from agent.analyst.lexical.negative_forms import without_negative_forms
from agent.analyst.lexical.numbers import Number, read_numbers
from agent.analyst.lexical.places import places_of
from agent.analyst.lexical.polarity import denial_at, is_negator, tells
from agent.analyst.lexical.retelling import retold
from agent.analyst.lexical.slots import Slot, slots
from agent.analyst.lexical.stems import root, stem, without_elision
from agent.analyst.lexical.terms import Term, is_telling, terms_of
from agent.analyst.lexical.turns import PolarityWords, load_turns
from agent.analyst.lexical.words import Word, words
from agent.dates import is_calendar_word
from agent.text import mend
from agent.text.negations import negations_of

# English puts what it tells of a noun before it: "no night guard".
_BEHIND_NO = {"en": 2}
QUESTION_MARKS = ("?", "؟", "？")
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\ua4cf\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class LexicalReading:
    """`asks`: it asks or leaves open what it tells; `others`: it is about another of the kind; `corrects`: it sets
    right what was told before; `takes_back`: it tells that; `takes_back_figure`: it withdraws, or calls false, the
    figure told before it; `none_of`: roots behind "no", "without"; `counters`: it answers or is set against what was
    said; `counts_itself`: it tells figures of the speaker's own; `rivals`: it names one of two who compete;
    `only_one`: what only one of them can have; `present`: it tells that somebody or something was there; `perceives`:
    that somebody heard or saw it; `sounds`: that there was something to be heard or seen; `excepts`: it leaves
    something out of what it tells; `to_come`: it names a time to come, `bygone`: it tells that something
    is so no longer ("used to"); `invented`: it is told of a work, or made up; `of_a_work`: it speaks of a work
    itself; `quantities_needed`: those without which it is not told; `rates`: what it counts by ("a day", "an hour");
    `words` are those it was read from, and `telling` which of them the terms are.
    """

    terms: tuple[Term, ...]
    numbers: tuple[Number, ...]
    days: frozenset[str]
    months: frozenset[int]
    places: frozenset[int]
    quantities: frozenset[int]
    quantities_needed: frozenset[int]
    denies: bool
    hedges: bool
    asks: bool
    others: bool
    corrects: bool
    takes_back: bool
    takes_back_figure: bool
    none_of: frozenset[str]
    counters: bool
    counts_itself: bool
    rivals: bool
    only_one: bool
    present: bool
    perceives: bool
    sounds: bool
    excepts: bool
    to_come: bool
    bygone: bool
    invented: bool
    of_a_work: bool
    rates: frozenset[int]
    negations: int
    size: int
    language: str
    words: tuple[Word, ...] = field(compare=False, repr=False, default=())
    telling: tuple[bool, ...] = field(compare=False, repr=False, default=())

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Which part each of the terms takes."""
        return tuple(slots(self.words, self.telling, load_turns(self.language), self.language))

    @cached_property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        return tuple(term.root for term in self.terms)

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
    def sides_stated(self) -> frozenset[tuple[int, int]]:
        """The rows of opposites with the side that is told of each; what is negated tells the other."""
        return frozenset(
            (row, -side if term.denied else side) for term in self.terms for row, side in term.sides.items()
        )

    @cached_property
    def by_row(self) -> dict[int, list[Term]]:
        """Terms of the rows of opposites that they stand in."""
        found: dict[int, list[Term]] = {}
        for term in self.terms:
            for row in term.sides:
                found.setdefault(row, []).append(term)
        return found


@lru_cache(maxsize=1 << 10)
def read(text: str, language: str) -> LexicalReading:
    """The reading of a sentence or a few."""
    turns = load_turns(language)
    plain = [without_elision(word, language) for word in _spaced(words(mend(text, language).text))]
    found = without_negative_forms(retold(plain, language), language)
    telling = [is_telling(word, language) for word in found]
    terms = terms_of(found, telling, language)
    denial = denial_at(found, turns)
    negations = (
        sum(is_negator(word.folded, turns) for word in found) if turns.negators else negations_of(text, language)
    )
    return LexicalReading(
        terms=tuple(terms),
        numbers=tuple(read_numbers(found, language)),
        days=days_named(found, language),
        months=months_mentioned(found, language),
        places=places_of((word.folded for word in found), language),
        quantities=_quantities(found, turns),
        quantities_needed=_quantities([w for w in found if w.folded not in turns.weak_quantities], turns),
        denies=denial is not None,
        hedges=any(_is_hedge(found, n, language) for n in range(len(found))) or _opens_a_condition(found, turns),
        asks=any(word.text in QUESTION_MARKS for word in found) or tells(found, turns.leaving_open),
        others=any(word.folded in turns.others for word in found),
        corrects=tells(found, turns.correcting) or tells(found, turns.taking_back),
        takes_back=tells(found, turns.taking_back),
        takes_back_figure=tells(found, turns.figure_before) and _withdraws(found, denial, negations, turns),
        none_of=_none_of(found, telling, language),
        counters=tells(found, turns.countering),
        counts_itself=tells(found, turns.own_count),
        rivals=any(word.folded in turns.rivals for word in found),
        only_one=any(term.root in turns.only_one for term in terms),
        present=tells(found, turns.present),
        perceives=any(word.folded in turns.perceiving for word in found),
        sounds=tells(found, turns.sounding),
        excepts=tells(found, turns.excepting),
        to_come=tells(found, turns.to_come),
        bygone=tells(found, turns.bygone),
        invented=tells(found, turns.invented),
        of_a_work=any(term.root in turns.works for term in terms),
        rates=rates_named(found, language),
        negations=negations,
        size=sum(not word.mark for word in found),
        language=language,
        words=tuple(found),
        telling=tuple(telling),
    )


def _quantities(found: Sequence[Word], turns: PolarityWords) -> frozenset[int]:
    return frozenset(row for word in found for row in turns.quantities.get(word.folded, ()))


def _none_of(found: Sequence[Word], telling: Sequence[bool], language: str) -> frozenset[str]:
    """The roots of the nouns behind "no"."""
    turns = load_turns(language)
    behind: set[str] = set()
    for at, word in enumerate(found):
        if word.folded in turns.none_of:
            end = min(len(found), at + 1 + _BEHIND_NO.get(language, 1))
            near = takewhile(lambda n: not found[n].mark, range(at + 1, end))
            behind |= {root(stem(found[n].folded, language), language) for n in near if telling[n]}
    return frozenset(behind)


def _withdraws(found: Sequence[Word], denial: int | None, negations: int, turns: PolarityWords) -> bool:
    """Whether a word is taken back or called false, and not "we do not withdraw it"."""
    if not negations:
        return denial is not None or tells(found, turns.withdrawing)
    return denial is not None and found[denial].folded not in turns.denials


def _spaced(found: Sequence[Word]) -> list[Word]:
    """Words of scripts without spaces cut into pairs of characters."""
    return [piece for word in found for piece in (_pairs(word) if _UNSPACED.match(word.folded) else [word])]


def _pairs(word: Word) -> list[Word]:
    last = max(1, len(word.folded) - 1)
    return [replace(word, folded=word.folded[n : n + 2]) for n in range(last)]


def _opens_a_condition(found: Sequence[Word], turns: PolarityWords) -> bool:
    """ "Had the mayor signed, …"."""
    first = found[0].folded if found else ""
    return first in turns.opening_conditions and found[-1].text not in QUESTION_MARKS


def _is_hedge(found: Sequence[Word], at: int, language: str) -> bool:
    """Not the month: "in May"."""
    word = found[at]
    month = at > 0 and word.text[:1].isupper() and is_calendar_word(word.folded, language)
    turns = load_turns(language)
    may_be = bool(turns.hedge_ends) and word.folded.endswith(turns.hedge_ends)
    return may_be or (word.folded in turns.hedges and not month)
