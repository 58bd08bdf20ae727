"""Words of a text with their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.text import fold
from agent.text.abbreviations import goes_on

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u0300-\u036f\u0900-\u0903\u093a-\u094f"
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# An Arabic letter in front of figures is a word of its own: «و500». Spaces that part thousands and never words.
_GROUP_SPACES = "\u00a0\u2009\u202f"
_TOKEN = re.compile(
    rf"(?P<word>\d{{1,3}}(?:[{_GROUP_SPACES}]\d{{3}})+(?![\d{_GROUP_SPACES}])(?:[.,٫]\d+)?|\d+(?:[.,٫٬]\d+)*|[\u0621-\u064a]+(?=\d)|[^\W\d_][^\W_{_MARKS}]*(?:[{_MARKS}’'`]*[^\W_]+)*[{_MARKS}]*|[^\W_])"
    rf"|(?P<comma>[,،;؛])|(?P<quote>[\"“”„«»‹›]|(?<!\w)['‘’]|['’](?!\w))|(?P<inner>(?<=\d):(?=\d))"
    rf"|(?P<colon>:)|(?P<other>[^\w\s{_UNSEEN}])"
)
_GOES_ON = re.compile(r"\s?[^\W\d_]")
HYPHENS = frozenset("-‐‑")
# Of an English word that owns something.
POSSESSIVE = ("'s", "’s", "s'", "s’")
COMMA, QUOTE, COLON, OTHER = ",", '"', ":", "."
# What parts an hour from its minutes is no colon before something said.
INNER = "/"
_KINDS = {"word": "", "comma": COMMA, "quote": QUOTE, "inner": INNER, "colon": COLON, "other": OTHER}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark; `mark` is empty for words. `text == whole[start:end]`."""

    text: str
    folded: str
    start: int
    end: int
    mark: str = ""


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """Words, numbers and punctuation marks in order. The full stop of an abbreviation belongs to its word."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if match[0] == "." and found and _is_abbreviation(found[-1], match.end(), text):
            found[-1] = replace(found[-1], text=f"{found[-1].text}.", end=match.end())
            continue
        folded = _folded(match.group()) if kind == "word" else match.group()
        found.append(Word(match.group(), folded, match.start(), match.end(), _KINDS[kind]))
    return tuple(found)


def _is_abbreviation(word: Word, stop: int, text: str) -> bool:
    if word.mark or word.end != stop - 1 or not word.text[-1].isalpha():
        return False
    initial = len(word.text) == 1 and word.text.isupper() and _GOES_ON.match(text, stop) is not None
    return initial or goes_on(text, stop, "und")


def joined(found: Sequence[Word]) -> list[Word]:
    """The words with those that a hyphen joins as one: "al-Mihdar"."""
    parts: list[Word] = []
    for at, word in enumerate(found):
        if len(parts) > 1 and not word.mark and _is_hyphen(found, at - 1) and not parts[-2].mark:
            first = parts[-2]
            text = f"{first.text}{parts[-1].text}{word.text}"
            parts[-2:] = [replace(first, text=text, folded=f"{first.folded}-{word.folded}", end=word.end)]
        else:
            parts.append(word)
    return parts


def _is_hyphen(found: Sequence[Word], at: int) -> bool:
    tight = 0 < at < len(found) - 1 and found[at - 1].end == found[at].start and found[at].end == found[at + 1].start
    return (
        tight and found[at].text in HYPHENS and found[at - 1].text[-1:].isalpha() and found[at + 1].text[:1].isalpha()
    )


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    folded = fold(word).replace('"', "'")
    return folded.replace(" ", "") if folded[:1].isdigit() else folded


def starts_with(some: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    """Whether the words from `at` on are the phrase."""
    if phrase and (at >= len(some) or some[at].folded != phrase[0]):
        return False
    return len(phrase) <= len(some) - at and all(some[at + n].folded == wanted for n, wanted in enumerate(phrase))
