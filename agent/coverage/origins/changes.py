"""What a copy tells otherwise than the text that it copies: a number, a date, a name put in another's place, a "not"
put in or taken out.

Only what stands between the same words on both sides is compared: what else one of the two leaves out, adds or
rewords is no change of fact. Names are told by their capitals, so that they are seen in Latin letters only.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from agent.models import Frozen, Span
from agent.text import fold
from agent.text.negations import count_negations

_MOST_WORDS = 6000
_MOST_CHANGES = 8
_LONGEST_CHANGE = 4
_AROUND = 3
_SAME_SPELLING = 55
_STEM = 4
# "n'" and «ن» in front of a verb deny it.
_LONGEST_PREFIX = 2
_HELPING = frozenset(("do", "does", "did"))
_TOKEN = re.compile(r"\d+(?:[.,٫٬]\d+)*|\w+(?:['’]\w+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class ChangedWording(Frozen):
    """A copy says `says` where the text that it copies has `original`, each at its place in its own text."""

    original: str
    original_at: Span
    says: str
    says_at: Span


class _ComparedWord(NamedTuple):
    shown: str
    key: str
    opens: bool
    at: int


class _Block(NamedTuple):
    """`told[start:end]` and `again[to_start:to_end]`: the same words, or not."""

    same: bool
    start: int
    end: int
    to_start: int
    to_end: int


def changed_facts(witness: str, copy: str) -> tuple[str, ...]:
    """What the copy changed, each as "17 → 71", in the order of the text; at most eight."""
    shown = (f"{change.original} → {change.says}" for change in changes_of(witness, copy))
    return tuple(dict.fromkeys(shown))[:_MOST_CHANGES]


@lru_cache(maxsize=256)
def changes_of(witness: str, copy: str) -> tuple[ChangedWording, ...]:
    """What the copy changed, with the places, in the order of the text."""
    if witness == copy:
        return ()
    value, again = _words(witness), _words(copy)
    names = {word.key for word in value} ^ {word.key for word in again}
    changes = (_change(before, after, names) for before, after in _replaced(value, again))
    return tuple(change for change in changes if change)


def _replaced(
    compared_words: list[_ComparedWord], again: list[_ComparedWord]
) -> Iterator[tuple[list[_ComparedWord], list[_ComparedWord]]]:
    """Short stretches that stand for each other between the same words, or between these and an end."""
    for block in _blocks(compared_words, again):
        before, after = compared_words[block.start : block.end], again[block.to_start : block.to_end]
        if block.same or max(len(before), len(after)) > _LONGEST_CHANGE:
            continue
        if before and after:
            yield before, after
        elif block.end < len(compared_words):
            # A word that is put in or taken out is shown with the one behind it, which both have.
            yield [*before, compared_words[block.end]], [*after, again[block.to_end]]


def _blocks(compared_words: list[_ComparedWord], again: list[_ComparedWord]) -> list[_Block]:
    """Stretches that are the same and stretches that are not: no two of the latter stand side by side."""
    blocks: list[_Block] = []
    for code in Levenshtein.opcodes([word.key for word in compared_words], [word.key for word in again]):
        same = code.tag == "equal" and code.src_end - code.src_start >= _AROUND
        block = _Block(same, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if same or not blocks or blocks[-1].same:
            blocks.append(block)
        else:
            # A word or two that happen to be the same do not part two changes.
            blocks[-1] = blocks[-1]._replace(end=block.end, to_end=block.to_end)
    return blocks


def _change(
    before: Sequence[_ComparedWord], after: Sequence[_ComparedWord], only_one_has: set[str]
) -> ChangedWording | None:
    for kind in (_number, _calendar):
        one, other = [word for word in before if kind(word)], [word for word in after if kind(word)]
        differ = [(a, b) for a, b in zip(one, other, strict=False) if kind(a) != kind(b)]
        if differ and len(one) == len(other):
            return _shown([a for a, _ in differ], [b for _, b in differ])
    if _is_another_name(before, after, only_one_has) or _is_denied_in_one(before, after):
        return _shown(before, after)
    return None


def _shown(before: Sequence[_ComparedWord], after: Sequence[_ComparedWord]) -> ChangedWording:
    return ChangedWording(
        original=" ".join(word.shown for word in before),
        original_at=_place(before),
        says=" ".join(word.shown for word in after),
        says_at=_place(after),
    )


def _place(words: Sequence[_ComparedWord]) -> Span:
    return Span(start=words[0].at, end=words[-1].at + len(words[-1].shown))


def _is_another_name(before: Sequence[_ComparedWord], after: Sequence[_ComparedWord], only_one_has: set[str]) -> bool:
    """Whether a name stands for a name, and each in its own text alone: not one name spelled or called otherwise."""
    both = [*before, *after]
    if not all(_is_name(word) and word.key in only_one_has for word in both) or len(before) != len(after):
        return False
    return all(ratio(a.key, b.key) < _SAME_SPELLING for a, b in zip(before, after, strict=True))


def _is_denied_in_one(before: Sequence[_ComparedWord], after: Sequence[_ComparedWord]) -> bool:
    """ "Are not leaving" for "are leaving", "did not resign" for "resigned"; not "would not say" for "declined to
    say", which is the same in other words."""
    denied, told = (before, after) if any(_denies(word) for word in before) else (after, before)
    if not any(_denies(word) for word in denied) or any(_denies(word) for word in told):
        return False
    left = list(told)
    for word in denied:
        if left and _is_form_of(word, left[0]):
            del left[0]
        elif not _denies(word) and word.key not in _HELPING:
            return False
    return not left


def _denies(word: _ComparedWord) -> bool:
    return count_negations(word.shown) > 0


def _is_form_of(one: _ComparedWord, other: _ComparedWord) -> bool:
    """The same word, one with another ending, or one that denies it by what stands in front: «نمی» for «می»."""
    if _denies(one):
        return len(one.key) - len(other.key) <= _LONGEST_PREFIX and one.key.endswith(other.key)
    return one.key == other.key or (len(other.key) >= _STEM and one.key[:_STEM] == other.key[:_STEM])


def _number(word: _ComparedWord) -> str | None:
    """The number that a word is, however it is written."""
    if not _NUMBER.fullmatch(word.key):
        return None
    whole, point, rest = word.key.rpartition(".")
    if not point or len(rest) == 3:
        return word.key.replace(",", "").replace(".", "").lstrip("0") or "0"
    return f"{whole.replace(',', '').lstrip('0')}.{rest}".rstrip("0").rstrip(".")


def _calendar(word: _ComparedWord) -> str | None:
    """The month or day of the week that a word is, in any of its names."""
    return days_and_months().get(word.key)


def _is_name(word: _ComparedWord) -> bool:
    return not word.opens and word.shown[0].isupper() and not word.shown.isupper() and _calendar(word) is None


def _words(text: str) -> list[_ComparedWord]:
    words: list[_ComparedWord] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        opens = not words or any(mark in between for mark in '.!?\n":«“')
        words.append(_ComparedWord(match[0], fold(match[0]), opens, match.start()))
        end = match.end()
        if len(words) == _MOST_WORDS:
            break
    return words


@lru_cache(maxsize=1)
def days_and_months() -> dict[str, str]:
    """What each name of a month or of a day of the week stands for, the names folded."""
    table = tomllib.loads(files("agent.coverage.origins").joinpath("calendar.toml").read_text(encoding="utf-8"))
    return {fold(name): key for key, names in table["names"].items() for name in names}
