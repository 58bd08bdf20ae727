"""Whether two texts tell the same of two, with the parts exchanged: "A took it from B", "B took it from A"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from agent.analyst.lexical.likeness import is_like
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.slots import AGENT, BARE, Slot
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

# Two who stand so far apart are parts of two things that are told.
_TOGETHER = 7
# Where the verb stands between who acts and whom it is done to.
VERB_BETWEEN = frozenset(("en", "es", "fr"))
# Whose words that may not be left untold are all of people.
_OFFICES_ALONE = VERB_BETWEEN | {"tr"}
# Where those stand who act, and whom it is done to: before the verb, or behind one that stands first.
_PLACES_OF_PARTS = MappingProxyType({"en": (0,), "es": (0,), "fr": (0,), "ar": (1, 2)})
# To, from, and whom or what it is done to, as a Turkish noun tells it; letters are folded.
_ENDINGS_OF_CASES = MappingProxyType({"tr": tuple("a e ya ye ı i u yı yi yu dan den tan ten".split())})
_WITHOUT_CAPITALS = frozenset(("ar", "fa"))


@dataclass(frozen=True)
class _Place:
    """One mention of somebody: which word of the text, what tells his part, whether anything does."""

    at: int
    slot: Slot
    passive: bool
    takes_part: bool

    @property
    def by(self) -> str:
        return self.slot.by

    @property
    def order(self) -> tuple[int, int]:
        """Who acts comes before whom it is done to; in a passive sentence whoever stands behind "by" acts."""
        return (0 if self.by == AGENT else int(self.passive), self.at)


def exchanged(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether two who both tell of take each other's part in the text, wherever it names both.

    Nobody does where one meets the other: so does the other.
    """
    if _exchange_their_cases(claim, text):
        return True
    if any(term.root in text.by_root for term in claim.terms if term.root in load_turns(claim.language).mutual):
        return False
    one_verb = claim.roots[:1] == text.roots[:1]
    named = list(_places(text, one_verb=one_verb))
    own = _places(claim, one_verb=one_verb)
    found = [(place, places) for term, place in own if (places := _mentions(term, place, named))]
    for (one, ones), (other, others) in combinations(found, 2):
        if claim.roots[one.at] == claim.roots[other.at] or not _together(one, other):
            continue
        pairs = [(a, b) for a in ones for b in others if a.at != b.at]
        if pairs and all(_are_exchanged(one, other, a, b, claim, text) for a, b in pairs):
            return True
    return False


def _exchange_their_cases(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether what stands bare in the claim has an ending of a case in the text, and something else the other way
    round: "tren kamyona", "kamyon trene"."""
    endings = _ENDINGS_OF_CASES.get(claim.language, ())
    mine, others = _forms(claim), _forms(text)
    return bool(endings) and _takes_a_case(mine, others, endings) and _takes_a_case(others, mine, endings)


def _forms(reading: LexicalReading) -> frozenset[str]:
    return frozenset(word.folded for word, tells in zip(reading.words, reading.telling, strict=True) if tells)


def _takes_a_case(bare: frozenset[str], others: frozenset[str], endings: Sequence[str]) -> bool:
    return any(word not in others and any(word + ending in others for ending in endings) for word in bare)


def passive(reading: LexicalReading) -> bool:
    """Whether somebody is told to act by a word like "by"."""
    return any(slot.by == AGENT for slot in reading.slots)


def _places(reading: LexicalReading, *, one_verb: bool) -> Iterator[tuple[Term, _Place]]:
    turned = passive(reading)
    for at, (term, slot) in enumerate(zip(reading.terms, reading.slots, strict=True)):
        if not (term.counts or term.calendar):
            yield term, _Place(at, slot, turned, takes_part=_takes_part(at, term, slot, reading, one_verb=one_verb))


def _takes_part(at: int, term: Term, slot: Slot, reading: LexicalReading, *, one_verb: bool) -> bool:
    language = reading.language
    # Where the verb stands first both have to begin with it.
    placed = slot.by == BARE and (one_verb or language in VERB_BETWEEN)
    if placed and at in _PLACES_OF_PARTS.get(language, ()):
        return True
    # Without capitals a rare word may be a verb, but for one behind "from"; so may one of a noun's root.
    plain = language in VERB_BETWEEN
    named = (term.name and (plain or slot.by != BARE)) or (language in _OFFICES_ALONE and term.decisive)
    return named or slot.noun or bool(term.places)


def _mentions(term: Term, own: _Place, named: Sequence[tuple[Term, _Place]]) -> Sequence[_Place]:
    """Where the text names somebody whom the claim names; that it is somebody, one of the two has to tell."""
    able = [(other, place) for other, place in named if own.takes_part or place.takes_part]
    same = [place for other, place in able if other.root == term.root]
    return same or [place for other, place in able if is_like(term, other)]


def _together(one: _Place, other: _Place) -> bool:
    return abs(one.at - other.at) <= _TOGETHER


def _are_exchanged(
    one: _Place, other: _Place, a: _Place, b: _Place, claim: LexicalReading, text: LexicalReading
) -> bool:
    if not _together(a, b):
        return False
    if _acts_or_bears(one, other) and _acts_or_bears(a, b):
        if not (_apart(one, other, claim) and _apart(a, b, text)):
            return False
        return (one.order < other.order) != (a.order < b.order)
    return one.by != other.by and (one.by, other.by) == (b.by, a.by)


def _acts_or_bears(one: _Place, other: _Place) -> bool:
    return one.by in (BARE, AGENT) and other.by in (BARE, AGENT)


def _apart(one: _Place, other: _Place, reading: LexicalReading) -> bool:
    """Whether something may be told between two, and not both told together, or one named by the other."""
    first, last = sorted((one.at, other.at))
    between = range(first + 1, last + 1)
    if any(reading.slots[n].joined for n in between):
        return False
    if reading.language in VERB_BETWEEN:
        return any(not (reading.slots[n].capital or reading.slots[n].noun) for n in between[:-1])
    named = [n for n in (first, last) if _is_named(n, reading)]
    if (first, last) == _PLACES_OF_PARTS.get(reading.language):
        # Of a title and a name right behind the verb both are one's.
        return len(named) != 1 or not any(reading.terms[n].decisive for n in (first, last))
    return len(between) > 1 or len(named) != 1


def _is_named(at: int, reading: LexicalReading) -> bool:
    return reading.terms[at].name if reading.language in _WITHOUT_CAPITALS else reading.slots[at].capital
