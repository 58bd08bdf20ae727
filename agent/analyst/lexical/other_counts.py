"""Whether two count the same thing, and otherwise."""

from agent.analyst.lexical.likeness import has_like
from agent.analyst.lexical.numbers import same_number
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.same_matter import untold
from agent.analyst.lexical.terms import Term

# Words around a figure that tell what it is about.
_AROUND = 4

_AS_RARE_AS_PEOPLE = 1.2


def figures_dispute(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether both count one thing, and otherwise: one unit, and the words around the figures meet."""
    if not _other_figures(one, other):
        return False
    around, others = _around_figures(one), _around_figures(other)
    if untold(around, other) and untold(others, one):
        return False
    return any(has_like(term, other) for term in around) and any(has_like(term, one) for term in others)


def counts_otherwise(one: LexicalReading, other: LexicalReading) -> bool:
    """The same of somebody who tells his own count, and need not say of what: whoever is answered tells who won,
    or names people at most, who are told by rare words."""
    counted = [term for term in _around_figures(one) if term.weight < _AS_RARE_AS_PEOPLE]
    return _other_figures(one, other) and (one.only_one or not untold(counted, other))


def _other_figures(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether both have a figure of one unit, and none of that unit is the same."""
    mine, others = _by_unit(one), _by_unit(other)
    return any(
        not any(same_number(a, b) for a in mine[unit] for b in others[unit]) for unit in mine.keys() & others.keys()
    )


def _by_unit(reading: LexicalReading) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for number in reading.numbers:
        if number.unit and not number.is_year:
            found.setdefault(number.unit, []).append(number.value)
    return found


def _around_figures(reading: LexicalReading) -> list[Term]:
    """The telling words near a figure, the names and what is counted left out."""
    units = {number.unit for number in reading.numbers}
    at = [n for n, term in enumerate(reading.terms) if term.counts]
    near = sorted({m for n in at for m in range(max(0, n - _AROUND), min(len(reading.terms), n + _AROUND + 1))})
    terms = (reading.terms[n] for n in near)
    return [term for term in terms if not (term.counts or term.places or term.root in units)]
