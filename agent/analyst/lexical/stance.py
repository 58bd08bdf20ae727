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
# Of the claim's weight, what a passage that supports it may leave untold.
_UNTOLD = 0.2
# … and less where another word stands in its place: "tonnes of wheat", "tonnes of oil".
_UNTOLD_AND_REPLACED = 0.15
# … and one that turns it plainly.
_UNTOLD_OF_A_PLAIN_TURN = 0.15
# … where the model proposes support, and more where it is one word and a number, a name or a day that both tell shows
# the event.
_UNTOLD_OF_A_PROPOSAL = 0.25
_ONE_WORD_OF_THE_EVENT = 0.5
_UNTOLD_OF_A_REPORT = 0.2
# … where something else of the event is met, though one name is not told.
_ONE_NAME = 0.45
# … where next to nothing stands in the place of what is untold.
_UNREPLACED = 0.5
_IN_ITS_PLACE = 0.2
# Another word in a slot may be as much of the claim, and as rare.
_SWAPPED = 0.2
_ORDINARY = 1.2
# Of the claim's weight, what the stretch has to tell where the rest stands around it.
_STATED_THERE = 0.65
# … and where it has the claim's number as well.
_TOLD_THERE_OF_A_NUMBER = 0.3
_SHARED_TO_TAKE_BACK = 0.4
_UNTOLD_TO_CONTEST = 0.5
_UNTOLD_TO_CONTEST_A_DENIAL = 0.55
# What is denied may be something else of the same thing, where no word is turned.
_UNTOLD_OF_WHAT_IS_DENIED = 0.35
# Two titles of one frame in which something was replaced: "X wins the cup", "Y wins the cup".
_FRAME = 0.4
_REPLACED = 0.1
# Within one article, whose speakers share all their words, more has to be shared.
_SHARED_WITHIN = 0.5
_TURNED_WITHIN = 0.2


def decide(signals: Signals) -> Stance:
    """The stance that the signals of a passage earn.

    The model proposes. Whatever it says, contradiction asks for a shared subject and something that turns it
    around, support for every word of weight, and a mere difference of numbers or days is never more than a
    qualification.
    """
    if signals.get("rejected", 0.0) > 0:
        return Stance.CONTRADICTS if signals["lost"] <= _UNTOLD_OF_A_REPORT else Stance.UNRELATED
    scores = load_weights().scores(signals)
    if max(scores, key=scores.__getitem__) is Stance.CONTRADICTS and may_contest(signals):
        return Stance.CONTRADICTS
    if takes_back(signals):
        return Stance.CONTRADICTS
    if earns_support(signals, scores[Stance.SUPPORTS]):
        return Stance.SUPPORTS
    close = scores[Stance.SUPPORTS] > scores[Stance.UNRELATED]
    return Stance.QUALIFIES if qualifies(signals, close=close) else Stance.UNRELATED


def takes_back(signals: Signals) -> bool:
    """Whether a source withdraws the number that the claim tells: "we wrote fourteen", "eleven, not fourteen"."""
    withdrawn = signals["taken_back"] or (signals["corrects"] and signals["number_negated"])
    return withdrawn > 0 and signals["numbers_agree"] > 0 and signals["shared"] >= _SHARED_TO_TAKE_BACK


def earns_support(signals: Signals, proposed: float) -> bool:
    """Whether the passage tells the claim: its words, its names, numbers, days and quantities, as they stand.

    All in one stretch, or the most of it there and every other word around it. A hedge, an accusation, a question,
    a negation or a denial of only one of the two, another word in a slot: each of them alone is enough to refuse.
    Where the model proposes support (`proposed` above 0), some ordinary words may be untold, the more the surer it
    is that both are about one event.
    """
    if any(signals[objection] > 0 for objection in _OBJECTIONS) or _is_turned(signals):
        return False
    if signals["negated_alone"] > 0 and signals["agreed"] == 0:
        return False
    if signals["slots_swapped"] > 0:
        return _is_the_same_report(signals) or _swaps_an_ordinary_word(signals)
    little = signals["lost"] <= (_UNTOLD if _is_nothing_replaced(signals) else _UNTOLD_AND_REPLACED)
    flag = little and signals["names_missing"] == 0 == signals["decisive_replaced"]
    enough = _TOLD_THERE_OF_A_NUMBER if signals["numbers_agree"] > 0 else _STATED_THERE
    around = signals["words_nowhere"] == 0 == signals["names_nowhere"] and signals["shared"] >= enough
    return flag or around or _is_the_same_report(signals) or (proposed > 0 and _is_nearly_stated(signals))


def _is_nothing_replaced(signals: Signals) -> bool:
    return signals["edges_swapped"] == 0 and signals["swapped"] <= _REPLACED


def _swaps_an_ordinary_word(signals: Signals) -> bool:
    """Whether another word in one slot may be another way to put it: an everyday word within all the rest."""
    whole = (
        signals["names_missing"] == 0 == max(signals["decisive_missing"], signals["edges_swapped"])
        and signals["slots_swapped"] == 1
    )
    return whole and signals["lost"] <= _SWAPPED and signals["lost_rarest"] <= _ORDINARY


def _is_the_same_report(signals: Signals) -> bool:
    """Whether every name, two numbers and the day are met, and little else is untold."""
    met = signals["numbers_agree"] > 1 and min(signals["names_met"], signals["days_agree"]) > 0
    return met and signals["names_missing"] == 0 and signals["lost"] <= _UNTOLD_OF_A_REPORT


def _is_nearly_stated(signals: Signals) -> bool:
    if max(signals["decisive_missing"], signals["edges_swapped"]) > 0:
        return False
    if signals["names_missing"] > 0:
        return _knows_the_event(signals) and signals["names_missing"] == 1 and signals["lost"] <= _ONE_NAME
    lost = signals["lost"]
    if lost <= _UNTOLD_OF_A_PROPOSAL or (signals["swapped"] <= _IN_ITS_PLACE and lost <= _UNREPLACED):
        return True
    of_the_event = _knows_the_event(signals) or signals["numbers_agree"] > 0
    return of_the_event and signals["words_missing"] <= 1 and lost <= _ONE_WORD_OF_THE_EVENT


def _knows_the_event(signals: Signals) -> bool:
    """Whether a name of the claim's is met, or its number and day."""
    return signals["names_met"] > 0 or min(signals["numbers_agree"], signals["days_agree"]) > 0


# What stands between a passage and support, whatever else they share.
_OBJECTIONS = (
    "numbers_missing",
    "numbers_differ",
    "numbers_otherwise",
    "days_differ",
    "months_differ",
    "quantity_missing",
    "both_sides",
    "names_reversed",
    "another_place",
    "place_missing",
    "of_another",
    "hedged",
    "asks",
    "denied",
    "under_denial",
    "averted",
    "intended",
    "foretold",
    "narrowed",
    "of_its_own",
    "of_a_former",
    "in_other_words",
    "roles_exchanged",
    "paired_otherwise",
    "told_of_a_part",
    "bygone",
    "counted_of_another",
    "rates_differ",
    "excepted",
    "still_to_come",
    "turned_about",
    "of_a_namesake",
    "of_another_named",
    "another_subject",
)


def _is_turned(signals: Signals) -> bool:
    return signals["turned"] > 0 and not _says_it_otherwise(signals)


def turns_plainly(signals: Signals) -> bool:
    """Whether next to nothing is untold, and a shared word is negated or turned in only one of the two."""
    return signals["lost"] <= _UNTOLD_OF_A_PLAIN_TURN and max(signals["turned_near"], signals["opposed_near"]) > 0


def may_contest(signals: Signals) -> bool:
    """Whether there is a shared subject and a turn: told in words, or a replaced part of one frame."""
    if signals["shared"] < _SHARED_TO_CONTEST or _says_it_otherwise(signals) or _is_beside(signals):
        return False
    return any(signals[turn] > 0 for turn in _TURNS) or _is_turned_in_short(signals) or _is_replaced(signals)


def _is_beside(signals: Signals) -> bool:
    """An open question, another thing of the kind, or a turn of something else: most of the claim is untold."""
    if any(signals[name] for name in _OF_ANOTHER_THING):
        return True
    negated = max(signals[name] for name in ("claim_negated", "text_negated", "denied", "denied_elsewhere"))
    if negated == 0 and max(signals[name] for name in _OF_ANOTHER) > 0:
        # "Closed for lorries", "open for buses".
        return True
    # A claim that denies an act is often told in other words than the report of it.
    reported = min(signals["claim_negated"], signals["opposed_near"]) > 0 == signals["text_negated"]
    untold = _UNTOLD_TO_CONTEST_A_DENIAL if reported else _UNTOLD_TO_CONTEST
    if max(signals[turn] for turn in _TURNS_OF_WORDS) == 0:
        untold = _UNTOLD_OF_WHAT_IS_DENIED
    return signals["lost"] - signals["opposed"] > untold


_OF_ANOTHER_THING = ("asks", "another_thing", "another_which", "of_another_named")
_OF_ANOTHER = ("another_setting", "days_differ", "of_its_own", "another_beginning", "opposed_of_another")


def _says_it_otherwise(signals: Signals) -> bool:
    """ "Remains" is no contradiction of "does not leave", but who denies that it remains contradicts it."""
    return signals["agreed"] > 0 and not max(signals["turned_near"], signals["denied"])


def _is_turned_in_short(signals: Signals) -> bool:
    """In a sentence about the claim's subject a turn needs no shared neighbour."""
    turned = max(signals["turned"], signals["opposed"]) > 0
    return turned and signals["alone"] > 0 and signals["back"] >= _BACK_IN_SHORT


def qualifies(signals: Signals, *, close: bool) -> bool:
    """Whether the subject is shared and what both count or date differs, or a close text hedges or widens it.

    What is only untold qualifies nothing: a reader would be told of another estimate, scope or date.
    """
    differs = _differs(signals) or (close and max(signals["hedged"], signals["quantity_missing"]) > 0)
    return differs and signals["shared"] >= _SHARED_TO_QUALIFY


def _differs(signals: Signals) -> bool:
    return max(signals[name] for name in ("numbers_differ", "days_differ", "months_differ")) > 0


_TURNS_OF_WORDS = ("opposed_near", "opposed_elsewhere", "turned_near", "turned_elsewhere", "averted")
_TURNS = (*_TURNS_OF_WORDS, "denied", "denied_elsewhere")


def _is_replaced(signals: Signals) -> bool:
    same_frame = min(signals["shared"], signals["back"]) >= _FRAME and signals["title_like"] > 0
    return (
        same_frame
        and min(signals["slots_swapped"], signals["names_missing"]) > 0
        and signals["swapped"] >= _REPLACED
        and signals["in_other_words"] == 0
        and not (_differs(signals) or signals["numbers_missing"])
    )


def contests_within(features: Features, *, same_years: bool) -> bool:
    """Whether another statement of the same article contradicts the claim beyond doubt.

    "Opened in 1968" and "is to close" are of two times, and oppose nothing.
    """
    if features.denied:
        return features.shared >= _SHARED_WITHIN
    turned = features.turned_near >= _TURNED_WITHIN and features.shared >= _SHARED_WITHIN
    return turned or (same_years and _opposes(features.shared, features.opposed_near))


def _opposes(shared: float, opposed: float) -> bool:
    return opposed > 0 and shared >= _SHARED_TO_OPPOSE and shared + opposed >= _SHARED_AND_OPPOSED
