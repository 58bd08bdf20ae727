"""What a passage leaves untold of a claim: words, names, quantities without a like, slots that another word fills."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from agent.analyst.lexical.likeness import has_like, opposed_in
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.roles import passive
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turn_tables import SYNONYMS_FROM
from agent.analyst.lexical.turns import load_turns

Signals = dict[str, float]

_MOST = 4
# Two words this far apart in a text still are beside each other: "the bridge, he said, is closed".
_BESIDE = 4
# With most neighbours kept, names stand the other way round because a clause does.
_KEPT = 0.5


def missing(claim: LexicalReading, best: LexicalReading, passage: Sequence[LexicalReading]) -> Signals:
    """Counts up to four, and shares of the claim's weight or pairs; `best` is the stretch that tells most of it."""
    kept = _pairs_kept(claim, best)
    here = [term for term in claim.terms if not _states(term, claim, best)]
    decisive = [term for term in here if _decides(term)]
    # What stands in a denial alone may be what is denied.
    plain = [reading for reading in passage if claim.denies or not reading.denies]
    # Whom "he" stands for behind another sentence is told where it is certain, and there the best one has his name.
    plain = [] if _tells_of_him(best) else [reading for reading in plain if not _tells_of_him(reading)]
    anywhere = [term for term in here if not any(_states(term, claim, reading) for reading in plain)]
    return {
        "words_missing": _count(term for term in here if not term.name and not term.counts),
        "words_nowhere": _count(term for term in anywhere if not term.name and not term.counts),
        "decisive_missing": _count(decisive),
        "decisive_replaced": float(bool(decisive) and _tells_another(claim, best)),
        "names_missing": _count(term for term in here if term.name),
        "names_met": _count(term for term in claim.terms if term.name and not term.counts and term not in here),
        "names_nowhere": _count(term for term in anywhere if term.name),
        "slots_swapped": min(_MOST, _slots_swapped(claim, best)),
        "edges_swapped": float(_edge_swapped(claim, best, at_end=False) or _edge_swapped(claim, best, at_end=True)),
        "another_beginning": float(_edge_swapped(claim, best, at_end=False) and not _begins_opposed(claim, best)),
        "pairs_kept": kept,
        "both_sides": float(_tells_both_sides(claim, best)),
        "names_reversed": float(kept < _KEPT and _names_reversed(claim, best) and passive(claim) == passive(best)),
        "quantity_differs": float(bool(claim.quantities ^ best.quantities)),
        "quantity_missing": float(bool(claim.quantities_needed - best.quantities)),
    }


def _tells_of_him(reading: LexicalReading) -> bool:
    return bool(reading.words) and reading.words[0].folded in load_turns(reading.language).of_persons


def _tells_both_sides(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text has a word of the claim's and its opposite, which the claim lacks: "X won and Y lost"."""
    opposites = {(row, -side) for row, side in claim.sides_stated}
    return bool((opposites & text.sides_stated) - claim.sides_stated)


def _names_reversed(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether two names stand the other way round: "from Ardent to Meridia", "from Meridia to Ardent"."""
    names = list(dict.fromkeys(term.root for term in claim.terms if term.name and term.root in text.by_root))
    return any(text.roots.index(b) < text.roots.index(a) for a, b in pairwise(names))


def _decides(term: Term) -> bool:
    return any(row < SYNONYMS_FROM for row in term.sides) or term.decisive


def _tells_another(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the text has a word that decides what it tells, and the claim has none like it."""
    return any(_decides(term) and not has_like(term, claim) for term in text.terms)


def _states(term: Term, claim: LexicalReading, text: LexicalReading) -> bool:
    return has_like(term, text) or (term.counts and _counted(claim, text))


def _counted(claim: LexicalReading, text: LexicalReading) -> bool:
    return bool({number.value for number in claim.numbers} & {number.value for number in text.numbers})


def _count(terms: Iterable[Term]) -> float:
    return float(min(_MOST, len({term.root for term in terms})))


def _slots_swapped(claim: LexicalReading, text: LexicalReading) -> float:
    """How often both fill the place between two words that they share with words of which none is shared."""
    at = {root: n for n, root in reversed(list(enumerate(text.roots)))}
    anchors = [(n, at[root]) for n, root in enumerate(claim.roots) if root in at]
    swapped = 0
    for (n, m), (n_next, m_next) in pairwise(anchors):
        filled = claim.terms[n + 1 : n_next]
        others = text.terms[m + 1 : m_next] if m < m_next <= m + 1 + _BESIDE else ()
        swapped += bool(filled and others) and not any(_states(term, claim, text) for term in filled)
    return float(swapped)


def _edge_swapped(claim: LexicalReading, text: LexicalReading, *, at_end: bool) -> bool:
    """Whether both begin, or end, in words of which none is shared: "Calder beat Farrow", "Brindle beat Farrow"."""
    filled, others = _edge(claim, text, at_end=at_end), _edge(text, claim, at_end=at_end)
    return bool(filled and others) and len(others) <= _BESIDE and not any(_states(t, claim, text) for t in filled)


def _begins_opposed(claim: LexicalReading, text: LexicalReading) -> bool:
    """Whether the claim begins with a word that the text turns round."""
    begins = _edge(claim, text, at_end=False)
    return any(any(opposed_in(term, text)) for term in begins)


def _edge(one: LexicalReading, other: LexicalReading, *, at_end: bool) -> list[Term]:
    terms = reversed(one.terms) if at_end else one.terms
    return list(takewhile(lambda term: term.root not in other.by_root, terms))


def _pairs_kept(claim: LexicalReading, text: LexicalReading) -> float:
    """Of the claim's pairs of neighbours, the share that stands beside each other, in that order, in the text."""
    pairs = list(pairwise(claim.roots))
    if not pairs:
        return 1.0
    places: dict[str, list[int]] = {}
    for n, root in enumerate(text.roots):
        places.setdefault(root, []).append(n)
    return sum(_beside(places.get(a, ()), places.get(b, ())) for a, b in pairs) / len(pairs)


def _beside(first: Sequence[int], second: Sequence[int]) -> bool:
    return any(0 < n - m <= _BESIDE for m in first for n in second)
