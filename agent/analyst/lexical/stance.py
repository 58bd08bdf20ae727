"""What a stretch of text says of a claim: one decision over the features of the pair."""

from agent.analyst.lexical.features import Features
from agent.analyst.lexical.reading import Reading
from agent.models import Stance

# Settled on the dev parts of public stance sets; evals.stance prints what they give.
_SHARED_TO_DENY = 0.3
_MATCHES_TO_DENY = 3
_SHARED_TO_OPPOSE = 0.2
_SHARED_AND_OPPOSED = 0.4
_SHARED_TO_TURN = 0.35
_TURNED = 0.1
_SHARED_TO_QUALIFY = 0.5
_SHARED_TO_SUPPORT = 0.52
# Within one article, whose speakers share all their words, more has to be shared.
_SHARED_WITHIN = 0.5
_TURNED_WITHIN = 0.2
# In a short text about the claim's subject a turn needs no shared neighbour.
_SHORT = 20
_BACK_IN_SHORT = 0.3


def bears(claim: Reading, text: Reading) -> bool:
    """Whether the text shares enough with the claim for any stance; a quick look that spares most pairs the rest."""
    common = claim.by_root.keys() & text.by_root.keys()
    return sum(claim.root_weight[root] for root in common) >= _SHARED_TO_OPPOSE * claim.weight > 0


def decide(features: Features) -> Stance:
    """The stance that the features of one stretch earn. Contradiction asks for a shared subject and a turn."""
    if _contradicts(features):
        return Stance.CONTRADICTS
    differs = features.numbers_differ or features.days_differ
    if differs and features.shared >= _SHARED_TO_QUALIFY:
        return Stance.QUALIFIES
    return Stance.SUPPORTS if features.shared + features.agreed >= _SHARED_TO_SUPPORT else Stance.UNRELATED


def _contradicts(features: Features) -> bool:
    short = features.size <= _SHORT and features.back >= _BACK_IN_SHORT
    opposed = features.opposed if short else features.opposed_near
    turned = features.turned if short else features.turned_near
    shared = features.shared
    if features.denied:
        # "He denied that it is" and "it is not" agree: two turns are none.
        return shared >= _SHARED_TO_DENY and features.matches >= _MATCHES_TO_DENY and not features.turned_near
    if features.agreed:
        return False
    return _opposes(shared, opposed) or (turned >= _TURNED and shared >= _SHARED_TO_TURN)


def _opposes(shared: float, opposed: float) -> bool:
    return opposed > 0 and shared >= _SHARED_TO_OPPOSE and shared + opposed >= _SHARED_AND_OPPOSED


def contests_within(features: Features) -> bool:
    """Whether another statement of the same article contradicts the claim beyond doubt."""
    if features.denied:
        return features.shared >= _SHARED_WITHIN and not features.turned_near
    turned = features.turned_near >= _TURNED_WITHIN and features.shared >= _SHARED_WITHIN
    return turned or _opposes(features.shared, features.opposed_near)
