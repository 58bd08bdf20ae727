"""What the fitted decision is given of a claim and a passage: named numbers, most from the stretch that fits best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz.distance import LCSseq

from agent.analyst.lexical.another_one import (
    has_another_subject,
    is_of_another_setting,
    is_of_another_which,
    is_opposed_of_another,
    is_renamed,
)
from agent.analyst.lexical.features import Features
from agent.analyst.lexical.heads import told_of_a_part, told_of_the_owner
from agent.analyst.lexical.likeness import has_like, is_namesake
from agent.analyst.lexical.long_ago import was_so_then
from agent.analyst.lexical.missing import missing
from agent.analyst.lexical.named_things import is_of_another_named
from agent.analyst.lexical.numbers import told_otherwise
from agent.analyst.lexical.other_matters import (
    is_foretold,
    is_intended_only,
    is_left_by_another,
    is_narrowed,
    is_of_a_former,
    is_of_its_own,
    is_turned_about,
)
from agent.analyst.lexical.pairing import counted_of_another, paired_otherwise
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.roles import exchanged
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.until_then import was_so_until
from agent.analyst.lexical.very_words import is_told_in_other_words, negation_differs

Signals = dict[str, float]

_RARE = 0.9
_GRAM = 4
_TITLE = 16
_MOST_NUMBERS = 2
# A stretch that shares this much with the claim is about it.
_ABOUT = 0.3
# In a statement that is hardly longer than the claim there is nothing else to negate.
_LITTLE_MORE = 4


@dataclass(frozen=True)
class ComparedStretch:
    """A statement of a passage beside the claim."""

    reading: LexicalReading
    features: Features


def signals_of(
    claim: LexicalReading, best: ComparedStretch, about: Sequence[ComparedStretch], passage: Sequence[LexicalReading]
) -> Signals:
    """All signals of a pair; `about` are the stretches that bear on the claim, `passage` all there are.

    Shares are of the claim's weight, 0 to 1; a truth is 1 or 0; sizes are logarithms of numbers of words.
    """
    return {
        **_overlap(claim, best, passage),
        **_difference(claim, best),
        **missing(claim, best.reading, passage),
        **_turns(claim, best, about, passage),
        **_facts(claim, best, passage),
        **_shape(claim, best.reading, passage),
    }


def _overlap(claim: LexicalReading, best: ComparedStretch, passage: Sequence[LexicalReading]) -> Signals:
    found = {root for reading in passage for root in reading.by_root}
    features = best.features
    return {
        "shared": features.shared,
        "shared_anywhere": _share(claim, (term for term in claim.terms if term.root in found)),
        "rare": features.rare,
        "rare_anywhere": _share_of_rare(claim, found),
        "back": features.back,
        "agreed": features.agreed,
        "in_order": _in_order(claim, best.reading),
        "grams": _grams_shared(claim, best.reading),
    }


def _share(reading: LexicalReading, terms: Iterable[Term]) -> float:
    return sum(term.weight for term in terms) / reading.weight if reading.weight else 0.0


def _share_of_rare(claim: LexicalReading, texts: set[str]) -> float:
    rare = [term for term in claim.terms if term.weight >= _RARE]
    whole = sum(term.weight for term in rare)
    return sum(term.weight for term in rare if term.root in texts) / whole if whole else 1.0


def _in_order(claim: LexicalReading, text: LexicalReading) -> float:
    return LCSseq.similarity(claim.roots, text.roots) / len(claim.roots) if claim.roots else 0.0


def _grams_shared(claim: LexicalReading, text: LexicalReading) -> float:
    wanted = _grams(claim.roots)
    return len(wanted & _grams(text.roots)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=1 << 10)
def _grams(roots: tuple[str, ...]) -> frozenset[str]:
    padded = (f" {root} " for root in roots)
    return frozenset(word[n : n + _GRAM] for word in padded for n in range(max(1, len(word) - _GRAM + 1)))


def _difference(claim: LexicalReading, best: ComparedStretch) -> Signals:
    """What of each has no like in the other: a word that was replaced, not one that was only inflected."""
    text, agree = best.reading, best.features.numbers_agree > 0
    lost = [term for term in claim.terms if not (has_like(term, text) or (term.counts and agree))]
    added = [term for term in text.terms if not (has_like(term, claim) or (term.counts and agree))]
    gone, new = _share(claim, lost), _share(text, added)
    return {
        "lost": gone,
        "added": new,
        "swapped": min(gone, new),
        "lost_rarest": max((term.weight for term in lost), default=0.0),
    }


def _turns(
    claim: LexicalReading, best: ComparedStretch, about: Sequence[ComparedStretch], passage: Sequence[LexicalReading]
) -> Signals:
    features, text = best.features, best.reading
    close = [stretch.features for stretch in about if stretch.features.shared >= _ABOUT]
    return {
        "opposed": features.opposed,
        "opposed_near": features.opposed_near,
        "opposed_elsewhere": max((f.opposed_near for f in close), default=0.0),
        "turned": features.turned,
        "turned_near": features.turned_near,
        "turned_elsewhere": max((f.turned_near for f in close), default=0.0),
        "averted": features.averted,
        "intended": float(is_intended_only(claim, text)),
        "foretold": float(is_foretold(claim, text)),
        "of_a_former": float(is_of_a_former(claim, text)),
        "narrowed": float(is_narrowed(claim, text)),
        "of_its_own": float(is_of_its_own(claim, text)),
        "turned_about": float(is_turned_about(claim, text)),
        "roles_exchanged": float(features.shared >= _ABOUT and exchanged(claim, text)),
        "paired_otherwise": float(paired_otherwise(claim, text)),
        "told_of_a_part": float(told_of_a_part(claim, text) or told_of_the_owner(claim, text)),
        "bygone": float((text.bygone and not claim.bygone) or was_so_until(claim, text) or was_so_then(claim, text)),
        "denied": float(features.denied),
        "denied_elsewhere": float(any(f.denied for f in close)),
        "opens_with_denial": float(passage[0].denies and not claim.denies),
        "denial_anywhere": float(any(reading.denies for reading in passage) and not claim.denies),
        "claim_denies": float(claim.denies),
        "claim_negated": float(claim.negations > 0),
        "text_negated": float(text.negations > 0),
        "negation_differs": float(negation_differs(claim, text)),
        "negated_alone": float(_is_negated_alone(claim, text)),
        "in_other_words": float(is_told_in_other_words(claim, text)),
    }


def _is_negated_alone(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether only one of the two negates, and nothing but what both tell: in a statement that is hardly longer than
    the claim."""
    return negation_differs(claim, text) and text.size <= claim.size + _LITTLE_MORE


def _facts(claim: LexicalReading, best: ComparedStretch, passage: Sequence[LexicalReading]) -> Signals:
    features, value = best.features, {number.value for number in claim.numbers}
    return {
        "numbers_agree": float(min(_MOST_NUMBERS, features.numbers_agree)),
        "numbers_differ": float(min(_MOST_NUMBERS, features.numbers_differ)),
        "numbers_missing": float(min(_MOST_NUMBERS, features.numbers_missing)),
        "numbers_otherwise": float(told_otherwise(claim.numbers, best.reading.numbers)),
        "counted_of_another": float(counted_of_another(claim, best.reading)),
        "rates_differ": float(
            bool(claim.rates and best.reading.rates) and claim.rates.isdisjoint(best.reading.rates)
        ),
        "of_a_namesake": float(is_namesake(claim, best.reading, passage) or is_renamed(claim, best.reading)),
        "another_subject": float(has_another_subject(claim, [best.reading, *passage])),
        "of_another_named": float(is_of_another_named(claim, best.reading, passage)),
        "another_setting": float(is_of_another_setting(claim, best.reading)),
        "another_which": float(is_of_another_which(claim, best.reading)),
        "opposed_of_another": float(is_opposed_of_another(claim, best.reading)),
        "excepted": float(claim.excepts != best.reading.excepts),
        "still_to_come": float(best.reading.to_come and not claim.to_come),
        "days_differ": float(features.days_differ),
        "months_differ": float(_are_apart(claim.months, best.reading.months)),
        "hedged": float(features.hedged),
        "days_agree": float(bool(claim.days & best.reading.days)),
        "claim_hedged": float(claim.hedges),
        "asks": float(_leaves_open(claim, best.reading)),
        "another_thing": float(claim.others != best.reading.others or is_left_by_another(claim, best.reading)),
        "corrects": float(any(reading.corrects for reading in passage) and not claim.corrects),
        "number_negated": float(any(number.denied and number.value in value for number in best.reading.numbers)),
        "place_missing": float(bool(claim.places - {place for reading in passage for place in reading.places})),
    }


def _leaves_open(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether only the text asks, or tells what a film or a novel does; a claim may be about the film itself."""
    made_up = text.invented and not (claim.invented or claim.of_a_work)
    return (text.asks and not claim.asks) or made_up


def _are_apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether both tell some, and none that the other does."""
    return bool(one and other) and one.isdisjoint(other)


def under(claim: LexicalReading, led: LexicalReading) -> Signals:
    """What a stretch stands under, read with the words before it: "rumours say that", "asked whether"."""
    return {
        "hedged": float(led.hedges and not claim.hedges),
        "asks": float(_leaves_open(claim, led)),
        "under_denial": float(led.denies and not claim.denies),
        "taken_back": float(led.takes_back and not claim.takes_back),
        "another_place": float(bool(claim.places - led.places) and bool(led.places - claim.places)),
    }


def _shape(claim: LexicalReading, text: LexicalReading, passage: Sequence[LexicalReading]) -> Signals:
    size = sum(reading.size for reading in passage)
    alone = len(passage) == 1
    return {
        "alone": float(alone),
        "title_like": float(alone and size <= _TITLE and claim.size <= _TITLE),
        "claim_size": log(1 + claim.size),
        "stretch_size": log(1 + text.size),
        "passage_size": log(1 + size),
    }
