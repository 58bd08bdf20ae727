"""Names that stand in quotation marks: «شركة «نورس»», "the newspaper “Harbour Post”", « la compagnie « Mouette » ».

Quotation marks elsewhere hold what somebody said. A name is one word with its marks, for whoever looks for speakers.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from agent.analyst.lexical.words import QUOTE, Word

_LONGEST_NAME = 5


def with_names(
    words: Sequence[Word], houses: Collection[str], *, noun_first: bool = True, naming: Collection[str] = ()
) -> tuple[list[Word], list[int]]:
    """The words, each name in quotation marks as one of them, and where each of these stood; then their number.

    A name stands beside a noun of `houses` ("company", "newspaper"), behind it where `noun_first`, or before a word of
    `naming` ("called"). What a sentence
    ends with is no name: «وقالت شركة «سنعود»» quotes.
    """
    found: list[Word] = []
    places: list[int] = []
    at = 0
    while at < len(words):
        closing = _closing(words, at)
        named = closing is not None and (
            _is_beside(words, at, closing, houses, noun_first=noun_first)
            or (closing + 1 < len(words) and words[closing + 1].folded in naming)
        )
        end = closing + 1 if closing is not None and named else at + 1
        found.append(_as_one(words[at:end]) if named else words[at])
        places.append(at)
        at = end
    return found, [*places, len(words)]


def _closing(words: Sequence[Word], at: int) -> int | None:
    """Where a short stretch in quotation marks that looks like a name is closed."""
    if words[at].mark != QUOTE:
        return None
    end = next((n for n in range(at + 1, min(len(words), at + 2 + _LONGEST_NAME)) if words[n].mark), at)
    name = words[at + 1 : end]
    return end if name and words[end].mark == QUOTE and not name[0].text[:1].islower() else None


def _is_beside(words: Sequence[Word], at: int, closing: int, houses: Collection[str], *, noun_first: bool) -> bool:
    if all(word.mark for word in words[closing + 1 :]):
        return False
    if noun_first:
        return at > 0 and words[at - 1].folded in houses
    return words[closing + 1].folded in houses


def _as_one(words: Sequence[Word]) -> Word:
    text = words[0].text
    for before, word in pairwise(words):
        text += ("" if before.end == word.start else " ") + word.text
    folded = " ".join(word.folded for word in words if not word.mark)
    return Word(text, folded, words[0].start, words[-1].end)
