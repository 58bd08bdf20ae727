"""Lists taken apart: "The film stars A, B and C", "killed 12 people and wounded 30", "A, B and C were closed"."""

from collections.abc import Sequence
from itertools import islice

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.items import Items, list_at
from agent.analyst.lexical.clauses.phrases import parts, past_beside
from agent.analyst.lexical.clauses.verbs import denies, english_words, is_finite, is_in, is_past, main_verb
from agent.analyst.lexical.words import COMMA, Word

_SINGULAR = {"are": "is", "were": "was", "have": "has"}
# Of more "and" in one sentence the first tell enough.
_MOST_JOINTS = 12
_LONGEST_TIME = 6
_LONGEST_QUALITY = 2


def listed(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """One clause for each item of a list; none where only all of them together are told of."""
    whole = [Clause(tuple(range(len(words))))]
    verb = 0 if about else main_verb(words, 0, len(words), enclosed(words))
    if verb is None or denies(words) or any(is_in(word, "in_sum") for word in words):
        return whole
    joints = (n for n in range(verb + 1, len(words) - 1) if words[n].folded == "and")
    for joint in islice(joints, _MOST_JOINTS):
        qualities = _qualities(words, joint)
        if qualities:
            return qualities
        items = list_at(words, joint, verb + 1, len(words))
        if items is not None:
            before, after = range(past_beside(words), items.start), _time_after(words, items)
            return [Clause((*before, *item, *after)) for item in items.items]
    return _subjects(words, verb) or whole


def _qualities(words: Sequence[Word], joint: int) -> list[Clause]:
    """ "A small, poor and remote town": each with what they are qualities of."""
    inside = enclosed(words)
    commas = [n for n in range(joint) if words[n].mark == COMMA and not inside[n]]
    runs = [*commas, joint - (words[joint - 1].mark == COMMA)]
    opens = next((n for n in range(runs[0] - 1, -1, -1) if words[n].folded in ("a", "an")), None)
    if not commas or opens is None or opens < runs[0] - _LONGEST_QUALITY - 1 or opens == 0:
        return []
    starts = [opens + 1, *(n + 1 for n in commas)]
    items = [range(a, b) for a, b in zip(starts, runs, strict=True) if a < b]
    last = range(joint + 1, joint + 2 + words[joint + 1].folded.endswith("ly"))
    noun = next(
        (n for n in range(last.stop, len(words)) if parts(words, n) or is_in(words[n], "prepositions")), len(words)
    )
    plain = all(0 < len(one) <= _LONGEST_QUALITY and words[one.start].text.islower() for one in (*items, last))
    if not plain or noun == last.stop or any(is_finite(words, one.start) for one in items):
        return []
    return [Clause((*range(opens + 1), *item, *range(last.stop, len(words)))) for item in (*items, last)]


def _time_after(words: Sequence[Word], items: Items) -> range:
    """ "… in 2014": when it was, is shared by all."""
    rest = range(items.end, len(words))
    value = [words[n] for n in rest if not words[n].mark]
    return rest if value and len(value) <= _LONGEST_TIME and is_in(value[0], "times") else range(0)


def _is_narrower(words: Sequence[Word], items: Items) -> bool:
    """ "The cost of development, construction and maintenance": the list stands under "of"."""
    first, last = items.items[0], items.items[-1]
    return any(is_in(words[n], "prepositions") for n in first) and not any(
        is_in(words[n], "prepositions") for n in last
    )


def _subjects(words: Sequence[Word], verb: int) -> list[Clause]:
    """ "A, B and C were closed": told of each."""
    joint = next((n for n in range(verb - 1, 0, -1) if words[n].folded == "and"), None)
    if any(is_in(word, "collective") for word in words):
        return []
    items = list_at(words, joint, 0, verb) if joint is not None else None
    if items is None or items.start > 0 or items.end != verb or _is_narrower(words, items):
        return []
    said = words[verb]
    singular = _SINGULAR.get(said.folded, said.folded if is_past(said) or is_in(said, "auxiliaries") else None)
    singular = singular or english_words().present_of.get(said.folded)
    if singular is None:
        return []
    link = Word(singular, singular, said.start, said.end)
    after = range(verb, len(words))
    return [Clause((*item, *after), link=link, link_at=verb) for item in items.items] if len(after) > 1 else []
