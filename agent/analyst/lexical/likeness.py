"""When a word has its like in another text: its relative, a word of the same side, another name of a country."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

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
    """Whether the text calls by the family name alone, or by more of the same given name, whom the term is a given
    name of: "Lorne" or "Alexandra Lorne" for "Alex Lorne"."""
    named = text.by_root.get(term.family, ())
    return any(
        (other.capital and not (other.given or other.family or other.of_others))
        or _is_given(term.root, other.given, text.language)
        for other in named
    )


def is_namesake(claim: LexicalReading, text: LexicalReading, passage: Sequence[LexicalReading]) -> bool:
    """Whether a passage names somebody of the claim's family names by another given name, and the text of it that is
    looked at does not name by his own whom the claim does."""
    return any(
        (_has_other_given(term, passage) or _is_of_others(term, text))
        and not any(_is_same(term, other, text.language) for other in text.by_root.get(term.root, ()))
        for term in claim.terms
        if term.given
    )


def _is_of_others(term: Term, text: LexicalReading) -> bool:
    """Whether the text has the family name only as that of a family, a street or a firm."""
    named = text.by_root.get(term.root, ())
    return bool(named) and all((other.family or other.of_others) and not other.given for other in named)


def _has_other_given(term: Term, passage: Sequence[LexicalReading]) -> bool:
    named = (other for reading in passage for other in reading.by_root.get(term.root, ()))
    return any(other.given and not _is_same(term, other, passage[0].language) for other in named)


def _is_same(term: Term, other: Term, language: str) -> bool:
    return any(_is_given(given, other.given, language) for given in term.given)


def _is_given(one: str, names: frozenset[str], language: str) -> bool:
    """ "Alex" and "A." are "Alexandra"; "Martin" is not "Martina"."""
    shortened = load_turns(language).short_names
    pairs = (sorted((one, name), key=len) for name in names)
    return any(
        short == full or (full.startswith(short.rstrip(".")) and (len(short.rstrip(".")) == 1 or short in shortened))
        for short, full in pairs
    )


def opposed_in(term: Term, text: LexicalReading) -> Iterator[Term]:
    """The words of a text that stand on the other side of an opposition than a word."""
    for row, side in term.sides.items():
        yield from (other for other in text.by_row.get(row, ()) if other.sides[row] == -side)


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
