"""What is named as a part of a whole: "… several towns, including A, B and C"."""

from collections.abc import Sequence

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.items import list_at
from agent.analyst.lexical.clauses.phrases import past_beside, phrase_before
from agent.analyst.lexical.clauses.verbs import denies, english_words, first_finite
from agent.analyst.lexical.words import COMMA, Word, starts_with

_SUCH_AS = ("such", "as")


def examples(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """The whole without its examples, and with each of them."""
    inside = enclosed(words)
    firsts = {phrase[0] for phrase in english_words().examples}
    for n in range(1, len(words) - 2):
        if words[n].folded not in firsts:
            continue
        phrase = next((p for p in english_words().examples if starts_with(words, n, p)), None)
        if (
            phrase is None
            or inside[n]
            or denies(words)
            or not (about or first_finite(words, 0, n, inside) is not None)
        ):
            continue
        items = _items(words, n + len(phrase), inside)
        if len(items) > 1 and items[-1].stop == len(words):
            whole = n - (words[n - 1].mark == COMMA)
            # "Factors such as diet" are diet; what "including" belongs to may stand further in front.
            named = phrase_before(words, whole, bare=True) if phrase == _SUCH_AS else n + len(phrase)
            begin = range(past_beside(words), named)
            return [Clause(tuple(range(whole))), *(Clause((*begin, *item)) for item in items)]
    return [Clause(tuple(range(len(words))))]


def _items(words: Sequence[Word], start: int, inside: Sequence[bool]) -> list[range]:
    joints = [n for n in range(start, len(words)) if words[n].folded in ("and", "or") and not inside[n]]
    if not joints:
        return []
    found = list_at(
        [*words[: joints[-1]], _and(words[joints[-1]]), *words[joints[-1] + 1 :]],
        joints[-1],
        start,
        len(words),
        opens=True,
    )
    if found is None:
        return []
    return [range(start, found.items[0].stop), *found.items[1:]]


def _and(joint: Word) -> Word:
    return Word("and", "and", joint.start, joint.end)
