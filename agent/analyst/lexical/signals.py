"""What the fitted decision is given of a claim and a passage: named numbers, most from the stretch that fits best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from math import log

from rapidfuzz.distance import LCSseq

from agent.analyst.lexical.features import Features
from agent.analyst.lexical.heads import told_of_a_part, told_of_the_whole
from agent.analyst.lexical.likeness import has_like, is_like
from agent.analyst.lexical.missing import missing
from agent.analyst.lexical.numbers import told_otherwise
from agent.analyst.lexical.pairing import counted_of_another, paired_otherwise
from agent.analyst.lexical.polarity import TO_COME
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.roles import exchanged
from agent.analyst.lexical.speaking import HYPHENS
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import COMMA

Signals = dict[str, float]

_RARE = 0.9
_GRAM = 4
_TITLE = 16
_MOST_NUMBERS = 2
# "…, said the minister": more words behind a comma may tell that it is a rumour.
_WORDS_OF_A_TAG = 4
# A stretch that shares this much with the claim is about it.
_ABOUT = 0.3
# Whom or what a claim is about stands here, before its verb or behind it.
_BEGINS = 2
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
        "intended": float(_is_intended_only(claim, text)),
        "foretold": float(_is_foretold(claim, text)),
        "of_a_former": float(_is_of_a_former(claim, text)),
        "narrowed": float(_is_narrowed(claim, text)),
        "of_its_own": float(_is_of_its_own(claim, text)),
        "turned_about": float(_is_turned_about(claim, text)),
        "roles_exchanged": float(features.shared >= _ABOUT and exchanged(claim, text)),
        "paired_otherwise": float(paired_otherwise(claim, text)),
        "told_of_a_part": float(told_of_a_part(claim, text) or told_of_the_whole(claim, text)),
        "bygone": float(text.bygone and not claim.bygone),
        "denied": float(features.denied),
        "denied_elsewhere": float(any(f.denied for f in close)),
        "opens_with_denial": float(passage[0].denies and not claim.denies),
        "denial_anywhere": float(any(reading.denies for reading in passage) and not claim.denies),
        "claim_denies": float(claim.denies),
        "claim_negated": float(claim.negations > 0),
        "text_negated": float(text.negations > 0),
        "negation_differs": float(_negation_differs(claim, text)),
        "negated_alone": float(_is_negated_alone(claim, text)),
        "in_other_words": float(_is_told_in_other_words(claim, text)),
    }


def _is_intended_only(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text only plans, wants or nearly has what the claim tells; who is asked to may stand behind it."""
    both = any(term.intended and any(o.intended for o in text.by_root.get(term.root, ())) for term in claim.terms)
    return any(
        all(partner.intended for partner in partners)
        for term in claim.terms
        if not (term.intended or term.counts or (both and (term.name or term.decisive)))
        and (partners := _told_as(term, text))
    )


def _is_turned_about(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether something that both tell of takes the opposite part in the text: "to the town", "before the strike"."""
    opposed = load_turns(claim.language).relating_opposed
    if not opposed:
        return False
    own, told = _parts(claim), _parts(text)
    return any(
        all((one, other) in opposed for one in parts for other in told[root])
        for root, parts in own.items()
        if root in told
    )


def _parts(reading: LexicalReading) -> dict[str, set[str]]:
    """What stands before each of the words, wherever it is told: "from"."""
    found: dict[str, set[str]] = {}
    for term, slot in zip(reading.terms, reading.slots, strict=True):
        found.setdefault(term.root, set()).add(slot.by)
    return found


def _is_foretold(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the claim tells of what is to come, and the text that it has come about."""
    if any(partner.intended == TO_COME for term in claim.terms for partner in text.by_root.get(term.root, ())):
        # "Must be closed" may be told of the bridge or of closing.
        return False
    return any(
        not any(partner.intended for partner in partners)
        for term in claim.terms
        if term.intended == TO_COME and (partners := _told_as(term, text))
    )


def _told_as(term: Term, text: LexicalReading) -> Sequence[Term]:
    """The words of the text that tell what the term does: of its root, or of its side of a row of opposites."""
    mates = [other for row in term.sides for other in text.by_row.get(row, ()) if other.sides[row] == term.sides[row]]
    return text.by_root.get(term.root) or mates or [other for other in text.terms if is_like(term, other)]


def _is_narrowed(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether something of the claim's is in the text only one of several, or what is none yet."""
    return any(
        all(other.narrowed for other in others)
        for term in claim.terms
        if not (term.narrowed or term.counts) and (others := text.by_root.get(term.root, ()))
    )


def _is_of_a_former(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether an office of the claim's is one in the text that somebody held before: "the former minister"."""
    return any(
        all(other.former for other in others)
        for term in claim.terms
        if term.decisive and not term.former and (others := _told_as(term, text))
    )


def _is_of_its_own(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text tells it not of what the claim begins with, nor of whom it names by his office, but of what
    is, or who is, that one's: "the minister's deputy resigned"."""
    begins = [term for term in claim.terms if not term.counts][:_BEGINS]
    subject = next((term for term in begins if term.decisive), begins[0] if begins else None)
    told_of = [term for term in claim.terms if term is subject or term.decisive]
    return any(_is_only_an_owner(term, claim, text) for term in told_of if not term.possessive)


def _is_only_an_owner(told_of: Term, claim: LexicalReading, text: LexicalReading) -> bool:
    places = [n for n, term in enumerate(text.terms) if is_like(term, told_of)]
    return bool(places) and all(_belongs_to(n, claim, text) for n in places)


def _belongs_to(at: int, claim: LexicalReading, text: LexicalReading) -> bool:
    term, before, behind = text.terms[at], text.terms[max(0, at - 1) : at], text.terms[at + 1 :]
    if not term.possessive and behind and behind[0].possessive and has_like(behind[0], claim):
        # "The ferry Halcyon's lifeboat".
        term, behind = behind[0], behind[1:]
    if term.possessive:
        return any(not has_like(one, claim) or not _is_beside(term, one, claim) for one in behind[:1])
    return term.owns and any(one.decisive and not has_like(one, claim) for one in before)


def _is_beside(owner: Term, owned: Term, claim: LexicalReading) -> bool:
    """Whether the claim names the one right by the other as well."""
    roots = claim.roots
    return any({a, b} == {owner.root, owned.root} for a, b in pairwise(roots)) or not {owner.root, owned.root} <= {*roots}


def _negation_differs(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether only one of the two negates anything, and the other does not deny instead."""
    return claim.denies == text.denies and (claim.negations > 0) != (text.negations > 0)


def _is_negated_alone(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether only one of the two negates, and nothing but what both tell: in a statement that is hardly longer than
    the claim."""
    return _negation_differs(claim, text) and text.size <= claim.size + _LITTLE_MORE


def _is_told_in_other_words(claim: LexicalReading, text: LexicalReading) -> bool:
    """In a language without lists: whether the text has not the very words of the claim, one behind the other, or
    only one of them denies something. What other words tell nobody knows: they may doubt it, or tell of another."""
    listed = bool(load_turns(claim.language).negators)
    return not listed and (_negation_differs(claim, text) or not _stands_in(claim, text))


def _stands_in(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text tells the claim's words as a sentence of their own: another word beside them may tell of a
    former mayor, who says it may not believe it, and what stands behind a comma may tell that it is not so."""
    wanted = [word.folded for word in claim.words if not word.mark]
    told = [(at, word.folded) for at, word in enumerate(text.words) if not word.mark]
    starts = (n for n in range(len(told) - len(wanted) + 1) if [w for _, w in told[n : n + len(wanted)]] == wanted)
    return any(_begins_at(told[n][0] - 1, text) and _ends_at(told[n + len(wanted) - 1][0] + 1, text) for n in starts)


def _begins_at(at: int, text: LexicalReading) -> bool:
    """… and who says it may, before a comma, be somebody who does not believe it."""
    return _ends_at(at, text) and not (at >= 0 and text.words[at].mark == COMMA)


def _ends_at(at: int, text: LexicalReading) -> bool:
    """Whether a sentence ends there, at a mark that joins no two words or with the text, or but few words follow, that
    tell who says it."""
    if not 0 <= at < len(text.words):
        return True
    word = text.words[at]
    if word.mark == COMMA:
        behind = list(takewhile(lambda one: one.mark in ("", COMMA), text.words[at + 1 :])) if at else []
        return 0 < len(behind) <= _WORDS_OF_A_TAG
    return bool(word.mark and word.text not in HYPHENS)


def _facts(claim: LexicalReading, best: ComparedStretch, passage: Sequence[LexicalReading]) -> Signals:
    features, value = best.features, {number.value for number in claim.numbers}
    return {
        "numbers_agree": float(min(_MOST_NUMBERS, features.numbers_agree)),
        "numbers_differ": float(min(_MOST_NUMBERS, features.numbers_differ)),
        "numbers_missing": float(min(_MOST_NUMBERS, features.numbers_missing)),
        "numbers_otherwise": float(told_otherwise(claim.numbers, best.reading.numbers)),
        "counted_of_another": float(counted_of_another(claim, best.reading)),
        "rates_differ": float(bool(claim.rates and best.reading.rates) and claim.rates.isdisjoint(best.reading.rates)),
        "excepted": float(claim.excepts != best.reading.excepts),
        "still_to_come": float(best.reading.to_come and not claim.to_come),
        "days_differ": float(features.days_differ),
        "months_differ": float(_are_of_other_months(claim, best.reading)),
        "hedged": float(features.hedged),
        "days_agree": float(bool(claim.days & best.reading.days)),
        "claim_hedged": float(claim.hedges),
        "asks": float(best.reading.asks and not claim.asks),
        "another_thing": float(claim.others != best.reading.others),
        "corrects": float(any(reading.corrects for reading in passage) and not claim.corrects),
        "number_negated": float(any(number.denied and number.value in value for number in best.reading.numbers)),
        "place_missing": float(bool(claim.places - {place for reading in passage for place in reading.places})),
    }


def _are_of_other_months(claim: LexicalReading, text: LexicalReading) -> bool:
    return bool(claim.months and text.months) and claim.months.isdisjoint(text.months)


def under(claim: LexicalReading, led: LexicalReading) -> Signals:
    """What a stretch stands under, read with the words before it: "rumours say that", "asked whether"."""
    return {
        "hedged": float(led.hedges and not claim.hedges),
        "asks": float(led.asks and not claim.asks),
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
