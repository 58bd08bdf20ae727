"""A text as the analyst compares it: its telling words with weight and polarity, its numbers, its denials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import takewhile

from agent.analyst.lexical.days import days_named, months_mentioned
from agent.analyst.lexical.negative_forms import without_negative_forms
from agent.analyst.lexical.numbers import Number, read_numbers
from agent.analyst.lexical.numerals import load_numerals
from agent.analyst.lexical.places import places_of
from agent.analyst.lexical.polarity import (
    PolarityWords,
    Sides,
    averted,
    denial_at,
    intended,
    is_negator,
    load_turns,
    negated,
    tells,
)
from agent.analyst.lexical.retelling import retold
from agent.analyst.lexical.slots import Slot, slots
from agent.analyst.lexical.stems import rarity, root, stem, without_elision
from agent.analyst.lexical.words import COMMA, Word, words
from agent.dates import is_calendar_word
from agent.text import mend
from agent.text.negations import negations_of

_AROUND = 4
_AS_RARE_AS_NAMES = 1.4
_FEW_CAPITALS = 0.6
# English puts what it tells of a noun before it: "no night guard".
_BEHIND_NO = {"en": 2}
QUESTION_MARKS = ("?", "؟", "？")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\ua4cf\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word. `near`: the roots around it; `denied`, `averted`, `intended`: how strongly "not", "fails to",
    "plans to" reach it.

    `calendar`: it tells a day or a month; `owns`: the word before it is its own, or tells which it is
    ("the canteen of the mine", "the upper dam"); `possessive`: so is the word behind it ("the mine's canteen");
    `decisive`: without it another thing is told, whatever else is shared; `counts`: it is, or is part of, a number;
    `name`: it is written like a name, or as rare as one; `places`: the country that it names, or whose seat of
    government; `former`: a word beside it tells that it is one no longer; `tells_which`: its opposite is that of
    another thing ("north").
    """

    stem: str
    root: str
    weight: float
    denied: int
    averted: int
    counts: bool
    sides: Sides
    name: bool = False
    places: frozenset[int] = frozenset()
    decisive: bool = False
    calendar: bool = False
    owns: bool = False
    possessive: bool = False
    intended: int = 0
    near: frozenset[str] = frozenset()
    former: bool = False
    tells_which: bool = False


@dataclass(frozen=True)
class LexicalReading:
    """`asks`: it asks or leaves open what it tells; `others`: it is about another of the kind; `corrects`: it sets
    right what was told before; `takes_back`: it tells that; `takes_back_figure`: it withdraws, or calls false, the
    figure told before it; `none_of`: roots behind "no", "without"; `counters`: it answers or is set against what was
    said; `counts_itself`: it tells figures of the speaker's own; `rivals`: it names one of two who compete;
    `only_one`: what only one of them can have; `present`: it tells that somebody or something was there; `perceives`: that somebody heard or saw it; `sounds`: that
    there was something to be heard or seen;
    `words` are those it was read from, and `telling` which of them the terms are.
    """

    terms: tuple[Term, ...]
    numbers: tuple[Number, ...]
    days: frozenset[str]
    months: frozenset[int]
    places: frozenset[int]
    quantities: frozenset[int]
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
    telling = [not word.mark and not _skipped(word, language) for word in found]
    terms = _terms(found, telling, language)
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
        quantities=frozenset(row for word in found for row in turns.quantities.get(word.folded, ())),
        denies=denial is not None,
        hedges=any(_is_hedge(found, n, language) for n in range(len(found))),
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
        negations=negations,
        size=sum(not word.mark for word in found),
        language=language,
        words=tuple(found),
        telling=tuple(telling),
    )


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


def _skipped(word: Word, language: str) -> bool:
    turns, folded = load_turns(language), word.folded
    if word.text.lower() in turns.as_spelled:
        return False
    plain = folded[1:] if language == "ar" and folded[:1] == "و" else folded
    return folded in turns.untold or plain in turns.untold or (len(folded) == 1 and not folded.isdigit())


def _names(found: Sequence[Word]) -> frozenset[int]:
    """Where capital letters mark a name; in a heading, where most words have one, they mark none."""
    capital = [n for n, word in enumerate(found) if word.text[:1].isupper()]
    if len(capital) > _FEW_CAPITALS * sum(not word.mark for word in found):
        return frozenset()
    return frozenset(n for n in capital if n and found[n - 1].mark in ("", COMMA))


def _owns(found: Sequence[Word], telling: Sequence[bool], at: int, language: str) -> bool:
    """Whether only "of the" or, where nothing need be between them, nothing stands between a word and one before."""
    between = list(takewhile(lambda n: not (telling[n] or found[n].mark), range(at - 1, -1, -1)))
    before = at - len(between) - 1
    if before < 0 or found[before].mark:
        return False
    turns = load_turns(language)
    return any(found[n].folded in turns.belonging for n in between) or (turns.bound and not between)


def _is_former(found: Sequence[Word], at: int, turns: PolarityWords) -> bool:
    before = next((found[n] for n in range(at - 1, max(-1, at - 3), -1) if not found[n].mark), None)
    return any(word.folded in turns.former for word in (before, *found[at + 1 : at + 2]) if word is not None)


def _is_hedge(found: Sequence[Word], at: int, language: str) -> bool:
    """Not the month: "in May"."""
    word = found[at]
    month = at > 0 and word.text[:1].isupper() and is_calendar_word(word.folded, language)
    return word.folded in load_turns(language).hedges and not month


def _is_rare(word: Word, language: str) -> bool:
    if word.folded in load_turns(language).canonical:
        # It stands for an expression, and is no word of the text.
        return False
    return word.folded.isalpha() and rarity(word.folded, language) >= _AS_RARE_AS_NAMES


def _terms(found: Sequence[Word], telling: Sequence[bool], language: str) -> list[Term]:
    turns, numerals = load_turns(language), load_numerals(language)
    denied = negated(found, telling, turns)
    stems = [stem(word.folded, language) if tells else "" for word, tells in zip(found, telling, strict=True)]
    roots = [root(stemmed, language) if stemmed else "" for stemmed in stems]
    wanted = intended(found, telling, turns)
    shunned = averted(found, telling, roots, turns)
    items = [n for n, tells in enumerate(telling) if tells]
    named = _names(found)
    around = [roots[n] for n in items]
    return [
        Term(
            stem=stems[n],
            root=roots[n],
            weight=rarity(found[n].folded, language),
            denied=denied[n],
            averted=shunned[n],
            counts=numerals.has(found[n].folded),
            sides=turns.sides_of(found[n].folded, roots[n]),
            name=(n in named or _is_rare(found[n], language)) and not is_calendar_word(found[n].folded, language),
            places=places_of((found[n].folded,), language),
            decisive=roots[n] in turns.decisive,
            calendar=is_calendar_word(found[n].folded, language),
            owns=_owns(found, telling, n, language),
            possessive=found[n].text.endswith(_POSSESSIVE),
            intended=wanted[n],
            former=_is_former(found, n, turns),
            tells_which=roots[n] in turns.telling_which,
            near=frozenset(around[max(0, at - _AROUND) : at] + around[at + 1 : at + 1 + _AROUND]),
        )
        for at, n in enumerate(items)
    ]
