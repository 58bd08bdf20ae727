"""How a text tells another matter in the claim's own words: as planned, of a former holder, of one of many."""

from collections.abc import Sequence
from itertools import pairwise

from agent.analyst.lexical.likeness import has_like, is_like
from agent.analyst.lexical.polarity import TO_COME
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

# Whom or what a claim is about stands here, before its verb or behind it.
_BEGINS = 2


def is_intended_only(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text only plans, wants or nearly has what the claim tells; who is asked to may stand behind it."""
    both = any(term.intended and any(o.intended for o in text.by_root.get(term.root, ())) for term in claim.terms)
    return any(
        all(partner.intended for partner in partners)
        for term in claim.terms
        if not (term.intended or term.counts or (both and (term.name or term.decisive)))
        and (partners := _told_as(term, text))
    )


def is_turned_about(claim: LexicalReading, text: LexicalReading) -> bool:
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


def is_foretold(claim: LexicalReading, text: LexicalReading) -> bool:
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


def is_narrowed(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether something of the claim's is in the text only one of several, or what is none yet."""
    return any(
        all(other.narrowed for other in others)
        for term in claim.terms
        if not (term.narrowed or term.counts) and (others := text.by_root.get(term.root, ()))
    )


def is_of_a_former(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether an office of the claim's is one in the text that somebody held before: "the former minister"."""
    return any(
        all(other.former for other in others)
        for term in claim.terms
        if term.decisive and not term.former and (others := _told_as(term, text))
    )


def is_of_its_own(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text tells it not of what the claim begins with, nor of whom it names by his office, but of what
    is, or who is, that one's: "the minister's deputy resigned"."""
    begins = [term for term in claim.terms if not term.counts][:_BEGINS]
    subject = next((term for term in begins if term.decisive), begins[0] if begins else None)
    verb_first = load_turns(claim.language).verb_first
    told_of = [
        term
        for term in claim.terms
        if term is subject or term.decisive or (term in begins and (term.given or (verb_first and term.name)))
    ]
    return any(_is_only_an_owner(term, claim, text) for term in told_of if not term.possessive)


def is_left_by_another(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether somebody else left what the claim tells to stay, or the same left something else: "the trucks left the
    factory", of a factory that stays open."""
    begins = [term for term in claim.terms if not term.counts][:_BEGINS]
    departing = [n for n, term in enumerate(text.terms) if _departs(term, claim)]
    if not begins or not departing:
        return False
    places = [n for n, term in enumerate(text.terms) if any(is_like(term, one) for one in begins)]
    return bool(places) and all(_leaves_apart(at, places, claim, text) for at in departing)


def _departs(term: Term, claim: LexicalReading) -> bool:
    opposed = any(other.sides.get(row) == -side for other in claim.terms for row, side in term.sides.items())
    return opposed and term.root in load_turns(claim.language).departing


def _leaves_apart(at: int, places: Sequence[int], claim: LexicalReading, text: LexicalReading) -> bool:
    before = [n for n in range(at) if not (text.terms[n].calendar or text.terms[n].counts)]
    behind = [n for n in range(at + 1, len(text.terms)) if not (text.terms[n].calendar or text.terms[n].counts)]
    if load_turns(claim.language).verb_first and not before:
        before, behind = behind[:1], behind[1:]
    if min(places) > at and before and not any(n in places for n in before):
        return True
    told = [n for n in behind if has_like(text.terms[n], claim)]
    untold = [term for term in claim.terms[_BEGINS:] if not (term.calendar or term.counts or has_like(term, text))]
    return bool(behind and untold) and not told


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
    return any({a, b} == {owner.root, owned.root} for a, b in pairwise(roots)) or not {owner.root, owned.root} <= {
        *roots
    }
