"""Lists: where the items stand that commas and "and" join."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.analyst.lexical.clauses.clause import enclosed
from agent.analyst.lexical.clauses.phrases import parts, phrase_before
from agent.analyst.lexical.clauses.verbs import english_words, first_finite, is_finite, is_in, is_plural
from agent.analyst.lexical.words import COMMA, Word

_LONGEST_ITEM = 12
_LONGEST_OF_TWO = 8
_NO_ITEM = frozenset("but then so where when while with as not also such including".split())


@dataclass(frozen=True)
class Items:
    """`items` are stretches of words, each `(start, end)`; the list ends at `end`."""

    items: tuple[range, ...]

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].stop


def list_at(words: Sequence[Word], joint: int, floor: int, ceiling: int, *, opens: bool = False) -> Items | None:
    """The list that "and" at `joint` closes, between two positions; None where it joins something else.

    `opens`: the first item begins where the stretch does.
    """
    inside = enclosed(words)
    if inside[joint] or words[joint].folded != "and" or joint + 1 >= ceiling or _is_name(words, joint):
        return None
    last = _last(words, joint + 1, ceiling, inside)
    commas = _commas(words, joint, floor, inside)
    if last is None:
        return None
    if not commas:
        first = _first_of_two(words, joint, floor, last)
        return Items((range(first, joint), last)) if first is not None else None
    bounds = [*commas, joint]
    middle = [range(a + 1, b - (words[b - 1].mark == COMMA)) for a, b in pairwise(bounds)]
    middle = [one for one in middle if len(one)]
    first = floor if opens else _start(words, commas[0], floor, middle[0] if middle else last)
    items = (range(first, commas[0]), *middle, last)
    led = [_kind(words[one.start]) == "preposition" for one in (*middle, last)]
    fits = first < commas[0] and len(set(led)) == 1 and all(_is_item(words, one, inside) for one in items)
    return Items(items) if fits and len(items) > 1 and (middle or _alike(words, items[0], last)) else None


def _is_name(words: Sequence[Word], joint: int) -> bool:
    three = tuple(word.folded for word in words[joint - 1 : joint + 2])
    return three in english_words().names


def _last(words: Sequence[Word], start: int, ceiling: int, inside: Sequence[bool]) -> range | None:
    end = next((n for n in range(start, ceiling) if words[n].mark in (COMMA, ":") and not inside[n]), ceiling)
    end = next(
        (n for n in range(start + 1, end) if not inside[n] and words[n].folded in ("and", "while", "but")), end
    )
    while end > start and words[end - 1].mark and not inside[end - 1]:
        end -= 1
    verb = first_finite(words, start, end, inside)
    return range(start, end) if start < end and verb is None and end - start <= _LONGEST_ITEM else None


def _commas(words: Sequence[Word], joint: int, floor: int, inside: Sequence[bool]) -> list[int]:
    """The commas between the items, in order: back from "and" as long as what they part is short and no clause."""
    found: list[int] = []
    at = joint - (words[joint - 1].mark == COMMA)
    if at < joint:
        found.append(at)
    before = joint if at == joint else at
    for n in range(before - 1, floor, -1):
        if inside[n]:
            continue
        if words[n].mark == COMMA:
            if before - n > _LONGEST_ITEM or first_finite(words, n + 1, before, inside) is not None:
                break
            found.insert(0, n)
            before = n
            if words[n + 1].folded in _NO_ITEM and len(found) > 1:
                found.pop(0)
                break
        elif parts(words, n):
            break
    return found


def _start(words: Sequence[Word], end: int, floor: int, model: range) -> int:
    """Where the first item begins: with the kind of word that the next one begins with."""
    kind = _kind(words[model.start])
    if kind in ("number", "preposition"):
        same = (n for n in range(end - 1, floor - 1, -1) if _kind(words[n]) == kind)
        begins = next((n for n in same if kind == "number" or words[n].folded == words[model.start].folded), end)
        return begins if end - begins <= _LONGEST_ITEM else end
    of = any(words[n].folded == "of" for n in model)
    return max(phrase_before(words, end, of=of, bare=True), floor)


def _kind(word: Word) -> str:
    if word.text[-1:].isdigit() or is_in(word, "numbers"):
        return "number"
    if is_in(word, "determiners"):
        return "determiner"
    if is_in(word, "prepositions"):
        return "preposition"
    return "name" if word.text[:1].isupper() or word.mark else "word"


def _is_item(words: Sequence[Word], item: range, inside: Sequence[bool]) -> bool:
    if not 0 < len(item) <= _LONGEST_ITEM or is_in(words[item.start], "relatives"):
        return False
    if words[item.start].folded in _NO_ITEM:
        return False
    gerund = words[item.start].folded in english_words().gerunds
    return not gerund and not any(is_finite(words, n) for n in item if not inside[n])


def _first_of_two(words: Sequence[Word], joint: int, floor: int, last: range) -> int | None:
    """Of "X and Y" the start of X, where both are of one kind and neither can be a part of one name."""
    kind = _kind(words[last.start])
    if len(last) > _LONGEST_OF_TWO or (kind == "word" and not _are_many(words, joint, last)):
        return None
    model = _start(words, joint, floor, last)
    first = range(model, joint)
    if not 0 < len(first) <= _LONGEST_OF_TWO:
        return None
    if kind == "name":
        full = len(first) > 1 and len(last) > 1 and all(words[n].text[:1].isupper() for n in first)
        return model if full and not is_in(words[model], "determiners") else None
    return model if _kind(words[model]) == kind else None


def _are_many(words: Sequence[Word], joint: int, last: range) -> bool:
    """ "soldiers and civilians": two things, and no quality of one."""
    return all(is_plural(words[n]) for n in (joint - 1, last.start)) and len(last) == 1


def _alike(words: Sequence[Word], one: range, other: range) -> bool:
    return _kind(words[one.start]) == _kind(words[other.start])
