"""Whether a text pairs the parts of a claim otherwise: "imports rose, exports fell", "imports fell, exports rose"."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from agent.analyst.lexical.likeness import is_like, side_told
from agent.analyst.lexical.numbers import same_number
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term

# Which part of its text a word stands in, by the number of the word; parts are counted from 0.
_Parts = Mapping[int, int]


def paired_otherwise(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether what two parts of the claim tell apart stands crosswise in two parts of the text.

    Parts are what stands between commas and "and"; a word that either tells twice shows nothing.
    """
    if not (_has_parts(claim) and _has_parts(text)):
        return False
    crossing = _cells(claim, text)
    for first, second in combinations({one for one, _ in crossing}, 2):
        mine, others = ({part for one, part in crossing if one == row} for row in (first, second))
        if len(mine & others) > 1:
            return True
    return False


def _cells(claim: LexicalReading, text: LexicalReading) -> frozenset[tuple[int, int]]:
    """The parts of the claim with those of the text that have a word of theirs."""
    own, told = _parts(claim), _parts(text)
    places = [(n, list(_told_at(term, text))) for n, term in enumerate(claim.terms) if not term.calendar]
    told_once = {found[0]: n for n, found in places if len(found) == 1}
    once = [(n, found[0]) for n, found in places if len(found) == 1 and told_once[found[0]] == n]
    again = {n for n, at in once if claim.roots.count(claim.roots[n]) > 1}
    return frozenset((own[n], told[at]) for n, at in once if n not in again)


def _has_parts(reading: LexicalReading) -> bool:
    return any(slot.parted for slot in reading.slots[1:])


def _parts(reading: LexicalReading) -> _Parts:
    part, found = 0, {}
    for n, slot in enumerate(reading.slots):
        part += n > 0 and slot.parted
        found[n] = part
    return found


def _told_at(term: Term, text: LexicalReading) -> Iterator[int]:
    same = [n for n, other in enumerate(text.terms) if other.root == term.root]
    mates = [n for n, other in enumerate(text.terms) if _same_side(term, other)]
    like = [n for n, other in enumerate(text.terms) if is_like(term, other)]
    yield from same or mates or like


def _same_side(one: Term, other: Term) -> bool:
    return any(side_told(one, row) == side_told(other, row) for row in one.sides.keys() & other.sides.keys())


def counted_of_another(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text has the claim's number in another part than what the claim tells it of, which has one of its
    own there: "wheat rose by 9 percent and rice by 4"."""
    if not (claim.terms and claim.numbers) or _has_parts(claim) or not _has_parts(text):
        return False
    about = next((term for term in claim.terms if not (term.counts or term.calendar)), None)
    told = _parts(text)
    ours = {told[n] for n, term in enumerate(text.terms) if about and term.root == about.root}
    return bool(ours) and any(
        _is_of_another(number.value, ours, text, told) for number in claim.numbers if not number.is_year
    )


def _is_of_another(value: float, ours: set[int], text: LexicalReading, told: _Parts) -> bool:
    parts = [(told[n], float(term.root)) for n, term in enumerate(text.terms) if _is_plain(term)]
    with_it = {part for part, other in parts if same_number(value, other)}
    of_ours = any(part in ours and not same_number(value, other) for part, other in parts)
    return bool(with_it) and with_it.isdisjoint(ours) and of_ours


def _is_plain(term: Term) -> bool:
    return term.counts and term.root.replace(".", "", 1).isdecimal()
