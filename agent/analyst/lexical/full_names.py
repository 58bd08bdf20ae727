"""Names of several words: which of them stand before which family name, and who else has it."""

from collections.abc import Sequence
from typing import NamedTuple

from agent.analyst.lexical.turns import PolarityWords
from agent.analyst.lexical.words import POSSESSIVE, Word
from agent.dates import is_calendar_word

_MOST_NAMES = 4


class NameParts(NamedTuple):
    """Of one word: where the family name stands that it is a given name to, and where its own given names do.

    `of_others`: it is that of a family, a street, a firm ("the Lorne brothers").
    """

    family: int | None = None
    given: tuple[int, ...] = ()
    of_others: bool = False


ALONE = NameParts()


def name_parts(
    found: Sequence[Word], telling: Sequence[bool], stands: Sequence[bool], turns: PolarityWords, language: str
) -> dict[int, NameParts]:
    """For every word of a name of two and more: "Ada Lorne"; nothing for "Mr Lorne", "Mayor Lorne", "New Linden".

    `stands`: the words that tell an office, or who acts, and are no part of a name.
    """
    parts: dict[int, NameParts] = {}
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and _may_be_name(found, end, telling, stands, language):
            end += 1
        chain = [n for n in range(at, end) if found[n].folded.rstrip(".") not in turns.titles]
        if 1 < len(chain) <= _MOST_NAMES and not any(found[n].folded in turns.before_places for n in chain):
            parts |= {n: NameParts(family=chain[-1]) for n in chain[:-1]}
            parts[chain[-1]] = NameParts(given=tuple(chain[:-1]))
        elif len(chain) == 1 and _is_of_others(found, chain[0], turns):
            parts[chain[0]] = NameParts(of_others=True)
        at = end + 1
    return parts


def _is_of_others(found: Sequence[Word], at: int, turns: PolarityWords) -> bool:
    beside = (*found[max(0, at - 1) : at], *found[at + 1 : at + 2])
    return any(word.folded in turns.bearers for word in beside) and not found[at].text.endswith(POSSESSIVE)


def _may_be_name(
    found: Sequence[Word], at: int, telling: Sequence[bool], stands: Sequence[bool], language: str
) -> bool:
    word = found[at]
    return (
        telling[at]
        and not stands[at]
        and word.text[:1].isupper()
        and not word.text.isupper()
        and not is_calendar_word(word.folded, language)
    )
