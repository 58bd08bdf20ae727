"""What a passage says of a claim: a small fitted model over named signals, inside rules that it cannot break."""

from agent.analyst.lexical.features import Features
from agent.analyst.lexical.signals import Signals
from agent.analyst.lexical.weights import load_weights
from agent.models import Stance

_SHARED_TO_CONTEST = 0.2
_BACK_IN_SHORT = 0.3
_SHARED_TO_OPPOSE = 0.2
_SHARED_AND_OPPOSED = 0.4
_SHARED_TO_QUALIFY = 0.5
# Two titles of one frame in which something was replaced: "X wins the cup", "Y wins the cup".
_FRAME = 0.4
_REPLACED = 0.1
# Within one article, whose speakers share all their words, more has to be shared.
_SHARED_WITHIN = 0.5
_TURNED_WITHIN = 0.2


def decide(signals: Signals) -> Stance:
    """The stance that the signals of a passage earn.

    The model proposes. Whatever it says, contradiction asks for a shared subject and something that turns it
    around, and a mere difference of numbers or days is never more than a qualification.
    """
    scores = load_weights().scores(signals)
    if max(scores, key=scores.__getitem__) is Stance.CONTRADICTS and may_contest(signals):
        return Stance.CONTRADICTS
    if qualifies(signals):
        return Stance.QUALIFIES
    return Stance.SUPPORTS if scores[Stance.SUPPORTS] > scores[Stance.UNRELATED] else Stance.UNRELATED


def may_contest(signals: Signals) -> bool:
    """Whether there is a shared subject and a turn: told in words, or a replaced part of one frame."""
    if signals["shared"] < _SHARED_TO_CONTEST or _says_it_otherwise(signals):
        return False
    return any(signals[turn] > 0 for turn in _TURNS) or _is_turned_in_short(signals) or _is_replaced(signals)


def _says_it_otherwise(signals: Signals) -> bool:
    """ "Remains" is no contradiction of "does not leave"."""
    return signals["agreed"] > 0 and not signals["turned_near"]


def _is_turned_in_short(signals: Signals) -> bool:
    """In a sentence about the claim's subject a turn needs no shared neighbour."""
    turned = max(signals["turned"], signals["opposed"]) > 0
    return turned and signals["alone"] > 0 and signals["back"] >= _BACK_IN_SHORT


def qualifies(signals: Signals) -> bool:
    """Whether the subject is shared and what both count or date differs."""
    return _differs(signals) and signals["shared"] >= _SHARED_TO_QUALIFY


def _differs(signals: Signals) -> bool:
    return signals["numbers_differ"] > 0 or signals["days_differ"] > 0


_TURNS = (
    "opposed_near",
    "opposed_elsewhere",
    "turned_near",
    "turned_elsewhere",
    "averted",
    "denied",
    "denied_elsewhere",
)


def _is_replaced(signals: Signals) -> bool:
    same_frame = min(signals["shared"], signals["back"]) >= _FRAME and signals["title_like"] > 0
    return same_frame and signals["swapped"] >= _REPLACED and not _differs(signals)


def contests_within(features: Features) -> bool:
    """Whether another statement of the same article contradicts the claim beyond doubt."""
    if features.denied:
        return features.shared >= _SHARED_WITHIN
    turned = features.turned_near >= _TURNED_WITHIN and features.shared >= _SHARED_WITHIN
    return turned or _opposes(features.shared, features.opposed_near)


def _opposes(shared: float, opposed: float) -> bool:
    return opposed > 0 and shared >= _SHARED_TO_OPPOSE and shared + opposed >= _SHARED_AND_OPPOSED
