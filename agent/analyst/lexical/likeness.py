"""When a word has its like in another text: its relative, a word of the same side, another name of a country."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term

_ALIKE = 0.7
# Of short words nearly all letters have to be shared.
_SHORT = 5
_ALIKE_SHORT = 0.8
# Words of so few letters are alike by chance.
_LETTERS = 3


def has_like(term: Term, text: LexicalReading) -> bool:
    if term.root in text.by_root or any(_same_side(term, row, text) for row in term.sides):
        return True
    if term.family and _is_called_by_family(term, text):
        return True
    # "Moscow" for "Russia" replaces nothing.
    if term.places & text.places:
        return True
    return any(_alike(term.stem, other.stem) for other in text.terms)


def _is_called_by_family(term: Term, text: LexicalReading) -> bool:
    """Whether the text calls by the family name alone whom the term is a given name of: "Lorne" for "Ada Lorne"."""
    named = text.by_root.get(term.family, ())
    return any(other.capital and not other.given for other in named)


def is_namesake(claim: LexicalReading, passage: Sequence[LexicalReading]) -> bool:
    """Whether all whom a passage calls by a family name and a given one have another given name than the claim's."""
    return any(
        bool(others) and not any(term.given & given for given in others)
        for term in claim.terms
        if term.given and (others := _given_there(term.root, passage))
    )


def _given_there(family: str, passage: Sequence[LexicalReading]) -> list[frozenset[str]]:
    return [other.given for reading in passage for other in reading.by_root.get(family, ()) if other.given]


def is_like(one: Term, other: Term) -> bool:
    """Whether two words are relatives by what they share, whatever sides they stand on."""
    return one.root == other.root or (min(len(one.stem), len(other.stem)) > _LETTERS and _alike(one.stem, other.stem))


def _same_side(term: Term, row: int, text: LexicalReading) -> bool:
    """ "Remains" is the like of "does not leave"."""
    return any(side_told(other, row) == side_told(term, row) for other in text.by_row.get(row, ()))


def side_told(term: Term, row: int) -> int:
    """The side of a row of opposites that a word tells; a negated word tells the other one."""
    return -term.sides[row] if term.denied else term.sides[row]


@lru_cache(maxsize=1 << 15)
def _alike(one: str, other: str) -> bool:
    enough = _ALIKE if min(len(one), len(other)) >= _SHORT else _ALIKE_SHORT
    return one[:1] == other[:1] and Indel.normalized_similarity(one, other) >= enough
