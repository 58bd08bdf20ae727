"""What a stretch of text says of a claim: features of the pair, and one decision over them."""

from dataclasses import dataclass

from agent.analyst.lexical.reading import Reading, Term
from agent.models import Stance

# Settled on the dev parts of public stance sets; evals.stance prints what they give.
_SHARED_TO_CONTRADICT = 0.38
_SHARED_TO_DENY = 0.34
_SHARED_TO_SUPPORT = 0.52
_RARE_TO_SUPPORT = 0.5
_SHARED_TO_QUALIFY = 0.5
_ROOT_ONLY = 0.85
_RARE = 0.9
_CLOSE_NUMBERS = 0.005


@dataclass(frozen=True)
class Features:
    """What is measured of a claim and a stretch of text; shares are of weight, 0 to 1.

    `shared`: of the claim's telling words; `rare`: of its rare ones; `back`: of the text's words that the claim has.
    `opposed`: words of the claim that the text turns into their opposite; `turned`: shared words that only one of
    the two negates; `denied`: only one of the two tells that something is not so.
    """

    shared: float
    rare: float
    back: float
    opposed: float
    turned: float
    denied: bool
    numbers_agree: int
    numbers_differ: int
    numbers_missing: int
    hedged: bool
    size: int


def features_of(claim: Reading, text: Reading) -> Features:
    """The features of one pair; symmetric in nothing, since it is the claim that is asked about."""
    matched = [(term, _partner(term, text)) for term in claim.terms]
    shared = sum(term.weight * _closeness(term, partner) for term, partner in matched if partner)
    rare = [(term, partner) for term, partner in matched if term.weight >= _RARE]
    rare_weight = sum(term.weight for term, _ in rare)
    agree, differ, missing = _numbers(claim, text)
    return Features(
        shared=shared / claim.weight if claim.weight else 0.0,
        rare=sum(term.weight for term, partner in rare if partner) / rare_weight if rare_weight else 1.0,
        back=_back(claim, text),
        opposed=sum(term.weight for term, partner in matched if _is_opposed(term, partner, text)),
        turned=sum(term.weight for term, partner in matched if partner and term.denied != partner.denied),
        denied=text.denies != claim.denies,
        numbers_agree=agree,
        numbers_differ=differ,
        numbers_missing=missing,
        hedged=text.hedges and not claim.hedges,
        size=text.size,
    )


def decide(features: Features) -> Stance:
    """The stance that the features of the best stretch earn. Contradiction asks for a shared subject and a turn."""
    if features.denied and features.shared >= _SHARED_TO_DENY:
        return Stance.CONTRADICTS
    if (features.opposed or features.turned) and features.shared >= _SHARED_TO_CONTRADICT:
        return Stance.CONTRADICTS
    if features.numbers_differ and features.shared >= _SHARED_TO_QUALIFY:
        return Stance.QUALIFIES
    if features.shared >= _SHARED_TO_SUPPORT and features.rare >= _RARE_TO_SUPPORT:
        return Stance.SUPPORTS
    return Stance.UNRELATED


def _partner(term: Term, text: Reading) -> Term | None:
    """The word of the text that stands for the term, of the same polarity where there is one."""
    candidates = text.by_root.get(term.root)
    if not candidates:
        return None
    return next((c for c in candidates if c.denied == term.denied), candidates[0])


def _closeness(term: Term, partner: Term) -> float:
    return 1.0 if term.stem == partner.stem else _ROOT_ONLY


def _is_opposed(term: Term, partner: Term | None, text: Reading) -> bool:
    """Whether the text holds the term's opposite, or affirms a word of its kind where the claim negates it."""
    if not term.sides or partner is not None:
        return False
    sign = -1 if term.denied else 1
    for row, side in term.sides.items():
        others = [(-1 if other.denied else 1) * other.sides[row] for other in text.by_row.get(row, ())]
        if others and all(other == -side * sign for other in others):
            return True
    return False


def _back(claim: Reading, text: Reading) -> float:
    if not text.weight:
        return 0.0
    return sum(term.weight for term in text.terms if term.root in claim.by_root) / text.weight


def _numbers(claim: Reading, text: Reading) -> tuple[int, int, int]:
    agree = differ = missing = 0
    for number in claim.numbers:
        if any(_same(number.value, other.value) for other in text.numbers):
            agree += 1
        elif any(number.unit and number.unit == other.unit for other in text.numbers if not other.is_year):
            differ += 1
        else:
            missing += 1
    return agree, differ, missing


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE_NUMBERS * max(abs(one), abs(other))
