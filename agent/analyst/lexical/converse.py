"""Deeds of two told from the other one's side: "A sold it to B", "B bought it from A"."""

from collections.abc import Iterable

from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.roles import VERB_BETWEEN
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns


def told_from_the_other_side(term: Term, row: int, claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether a verb and its opposite are no denial, as somebody else does what the text tells: who lost, not who
    won."""
    if term.root not in load_turns(claim.language).converse:
        return False
    does = _who(term, claim)
    return bool(does) and all(does.isdisjoint(_who(other, text)) for other in text.by_row.get(row, ()))


def _who(verb: Term, reading: LexicalReading) -> frozenset[str]:
    """The roots of who does it: what stands before the verb, or right behind one that stands first."""
    at = next(n for n, term in enumerate(reading.terms) if term is verb)
    before = _plain(reading.terms[:at])
    if not before:
        return frozenset(_plain(reading.terms[at + 1 :])[:1])
    return frozenset(before if reading.language in VERB_BETWEEN else before[:1])


def _plain(terms: Iterable[Term]) -> list[str]:
    return [term.root for term in terms if not (term.calendar or term.counts)]
