"""What is measured of a claim and a stretch of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.analyst.lexical.converse import told_from_the_other_side
from agent.analyst.lexical.numbers import same_number
from agent.analyst.lexical.polarity import REACH
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.roles import passive
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

# In a short text a negation may be about the word after the next.
_FIRMLY = REACH - 1
_ROOT_ONLY = 0.85
_RARE = 0.9


@dataclass(frozen=True)
class Features:
    """What is measured of a claim and a stretch of text; shares are of the claim's weight, 0 to 1.

    `shared`: its telling words that the text has; `rare`: of its rare ones; `back`: the text's words that it has.
    `opposed`: words that the text turns into their opposite; `turned`: shared words that only one of the two
    negates (`_near`: about a neighbour that both share); `averted`: that only one of the two tells to have failed or
    been refused; `agreed`: words told by another of the same side;
    `denied`: only one of the two tells that something is not so.
    """

    shared: float
    rare: float
    back: float
    opposed: float
    opposed_near: float
    turned: float
    turned_near: float
    averted: float
    agreed: float
    denied: bool
    numbers_agree: int
    numbers_differ: int
    numbers_missing: int
    days_differ: bool
    hedged: bool
    negations: int
    matches: int
    size: int


def features_of(claim: LexicalReading, text: LexicalReading) -> Features:
    """The features of one pair; symmetric in nothing, since it is the claim that is asked about."""
    matched = [(term, _partner(term, text)) for term in claim.terms]
    shared = sum(term.weight * _closeness(term, partner) for term, partner in matched if partner)
    rare = [(term, partner) for term, partner in matched if term.weight >= _RARE]
    rare_weight = sum(term.weight for term, _ in rare)
    agree, differ, missing = _numbers(claim, text)
    told = [(term, partner) for term, partner in matched if partner]
    of_none = _told_of_none(told)
    told = [pair for pair in told if pair not in of_none]
    turned = [t for t, p in told if _is_turned(t, p, _FIRMLY)]
    turned_near = [t for t, p in told if _is_turned(t, p, REACH) and _meet(t, p)]
    settled = _settled(matched)
    denied = text.denies != claim.denies
    if denied and turned_near:
        # "He denied that it is" and "it is not" agree: two turns are none.
        denied, turned, turned_near = False, [], []
    return Features(
        shared=shared / claim.weight if claim.weight else 0.0,
        rare=sum(term.weight for term, partner in rare if partner) / rare_weight if rare_weight else 1.0,
        back=_back(claim, text),
        opposed=_share(claim, [t for t, p in matched if not p and _is_opposed(t, claim, text, settled, near=False)]),
        opposed_near=_share(
            claim, [t for t, p in matched if not p and _is_opposed(t, claim, text, settled, near=True)]
        ),
        turned=_share(claim, turned),
        turned_near=_share(claim, turned_near),
        averted=_share(claim, [] if _is_as_refused(claim, text) else _averted_alone(matched)),
        agreed=_share(claim, [t for t, p in matched if not p and _agrees(t, claim, text)]),
        denied=denied,
        numbers_agree=agree,
        numbers_differ=differ,
        numbers_missing=missing,
        days_differ=days_differ(claim.days, text.days),
        hedged=text.hedges and not claim.hedges,
        negations=text.negations,
        matches=len({term.root for term, partner in matched if partner}),
        size=text.size,
    )


def _share(claim: LexicalReading, terms: list[Term]) -> float:
    return sum(term.weight for term in terms) / claim.weight if claim.weight else 0.0


def _partner(term: Term, text: LexicalReading) -> Term | None:
    """The word of the text that stands for the term, of the same polarity where there is one."""
    candidates = text.by_root.get(term.root)
    if not candidates:
        return None
    return next((c for c in candidates if bool(c.denied) == bool(term.denied)), candidates[0])


def _is_as_refused(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether both tell to be refused what one of them tells to be refused *by* somebody, or both tell of an ill
    what does it no good: "cures", "prevents"."""
    turns = load_turns(claim.language)
    if not (turns.relieving.isdisjoint(claim.by_root) or turns.relieving.isdisjoint(text.by_root)):
        return True
    both = claim.by_root.keys() & text.by_root.keys()
    return (passive(claim) or passive(text)) and not both.isdisjoint(turns.averting)


def _averted_alone(matched: Sequence[tuple[Term, Term | None]]) -> list[Term]:
    """What only one of the two tells to be refused or failed.

    Nothing where both tell it of one thing: who refuses may stand before the verb or behind it.
    """
    if any(partner and min(term.averted, partner.averted) > 0 for term, partner in matched):
        return []
    return [term for term, partner in matched if partner and bool(term.averted) != bool(partner.averted)]


def _closeness(term: Term, partner: Term) -> float:
    return 1.0 if term.stem == partner.stem else _ROOT_ONLY


def _is_turned(one: Term, other: Term, firmly: int) -> bool:
    """Whether only one of two words is negated, and is what the negation is about."""
    return bool(one.denied) != bool(other.denied) and max(one.denied, other.denied) >= firmly


def _told_of_none(told: Sequence[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """Words negated in only one of two that both negate what they do: "no ships left", "the ships did not leave"."""
    return [
        (one, other)
        for (one, other), (does, too) in pairwise(told)
        if _is_none_of(one, does, other, too) or _is_none_of(other, too, one, does)
    ]


def _is_none_of(one: Term, does: Term, other: Term, too: Term) -> bool:
    """Whether one negation reaches a noun and then its verb, and the same verb alone is negated with the other."""
    return one.denied > does.denied > 0 == other.denied and too.denied == REACH


def _meet(one: Term, other: Term) -> bool:
    """Whether both are about something they share: "withdraws from Syria", "does not leave Syria"."""
    return not one.near.isdisjoint(other.near)


def _settled(matched: Sequence[tuple[Term, Term | None]]) -> frozenset[int]:
    """The rows in which both negate one word: "does not leave" is not opposed by "do not leave but pull back"."""
    return frozenset(
        row for term, partner in matched if partner and term.denied and partner.denied for row in term.sides
    )


def _is_opposed(
    term: Term, claim: LexicalReading, text: LexicalReading, settled: frozenset[int], *, near: bool
) -> bool:
    """Whether the text holds the opposite of a word that it does not hold itself."""
    return not term.tells_which and any(
        _row_opposed(term, row, text, near=near) and not told_from_the_other_side(term, row, claim, text)
        for row in term.sides
        if row not in settled
    )


def _row_opposed(term: Term, row: int, text: LexicalReading, *, near: bool) -> bool:
    others = [other for other in text.by_row.get(row, ()) if not near or _meet(term, other)]
    sign = _sign(term, row)
    return bool(others) and all(_sign(other, row) == -sign for other in others)


def _agrees(term: Term, claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text tells it in another word about something they share: "remain" for "do not leave"."""
    return any(
        _sign(other, row) == _sign(term, row) and _meet(term, other) and other.root not in claim.by_root
        for row in term.sides
        for other in text.by_row.get(row, ())
    )


def _sign(term: Term, row: int) -> int:
    return -term.sides[row] if term.denied else term.sides[row]


def _back(claim: LexicalReading, text: LexicalReading) -> float:
    if not text.weight:
        return 0.0
    return sum(term.weight for term in text.terms if term.root in claim.by_root) / text.weight


def _numbers(claim: LexicalReading, text: LexicalReading) -> tuple[int, int, int]:
    agree = differ = missing = 0
    for number in claim.numbers:
        if any(same_number(number.value, other.value) for other in text.numbers):
            agree += 1
        elif any(number.unit and number.unit == other.unit for other in text.numbers if not other.is_year):
            differ += 1
        else:
            missing += 1
    return agree, differ, missing


def days_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name weekdays, or both name dates, and none is the same."""
    for first, second in (_by_kind(one, other, weekdays=True), _by_kind(one, other, weekdays=False)):
        if first and second and not first & second:
            return True
    return False


def _by_kind(one: frozenset[str], other: frozenset[str], *, weekdays: bool) -> tuple[set[str], set[str]]:
    first, second = ({day for day in days if day.startswith("w") == weekdays} for days in (one, other))
    return first, second
