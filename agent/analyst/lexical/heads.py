"""Whether a text tells it of something else, which only has to do with what the claim tells it of: "an amendment to
the budget" for the budget."""

from agent.analyst.lexical.likeness import has_like, is_like
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.slots import BARE
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

# Where what is made of something is named behind it: "the budget committee", "bütçe tasarısı".
_HEAD_BEHIND = frozenset(("en", "tr"))


def told_of_a_part(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether something that the claim tells by itself has in the text, wherever it is told, only to do with another
    that the claim lacks."""
    return any(
        all(_has_a_head(at, n, claim, text) for n in places)
        for at, term in enumerate(claim.terms)
        if claim.slots[at].by == BARE
        and not (term.counts or term.calendar or term.places)
        and (places := [n for n, other in enumerate(text.terms) if is_like(term, other)])
    )


def told_of_the_owner(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether what the claim tells of something of somebody's is told of him: "Marsh's daughter won", "Marsh won"."""
    return any(
        not text.terms[n].possessive
        for at, term in enumerate(claim.terms)
        if term.possessive and _is_unlike_next(at, claim, text)
        for n, other in enumerate(text.terms)
        if is_like(term, other)
    )


def _is_unlike_next(at: int, claim: LexicalReading, text: LexicalReading) -> bool:
    behind = claim.terms[at + 1 : at + 2]
    return any(not has_like(term, text) for term in behind)


def _has_a_head(own: int, at: int, claim: LexicalReading, text: LexicalReading) -> bool:
    turns = load_turns(text.language)
    before = text.terms[at - 1] if at else None
    if before and not _is_unlike(before, claim, text):
        before = None
    if before and text.slots[at].by in turns.of_what and before.root not in turns.amounts:
        return before.root in turns.made_of or _is_inserted(own, at, claim, text)
    if text.language in _HEAD_BEHIND:
        return any(
            term.root in turns.made_of and slot.by == BARE and not slot.joined and _is_unlike(term, claim, text)
            for term, slot in zip(text.terms[at + 1 : at + 2], text.slots[at + 1 : at + 2], strict=True)
        )
    return bool(before) and before is not None and before.root in turns.made_of


def _is_inserted(own: int, at: int, claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether but for the word before it the text tells it behind the same word as the claim does, or first."""
    mine, others = claim.terms[max(0, own - 1) : own], text.terms[max(0, at - 2) : at - 1]
    return len(mine) == len(others) and all(is_like(a, b) for a, b in zip(mine, others, strict=True))


def _is_unlike(term: Term, claim: LexicalReading, text: LexicalReading) -> bool:
    return not (term.counts or term.calendar or term.denied or has_like(term, claim))
