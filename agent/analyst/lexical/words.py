"""Words of a text with their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.text import fold

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u0300-\u036f\u0900-\u0903\u093a-\u094f"
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN = re.compile(
    rf"(?P<word>\d+(?:[.,٫٬]\d+)*|[^\W\d_][^\W_{_MARKS}]*(?:[{_MARKS}’'`]*[^\W_]+)*[{_MARKS}]*|[^\W_])"
    rf"|(?P<comma>[,،;؛])|(?P<quote>[\"“”„«»‹›]|(?<!\w)['‘’]|['’](?!\w))|(?P<inner>(?<=\d):(?=\d))"
    rf"|(?P<colon>:)|(?P<other>[^\w\s{_UNSEEN}])"
)
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
    """Words, numbers and punctuation marks in order."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        folded = _folded(match.group()) if kind == "word" else match.group()
        found.append(Word(match.group(), folded, match.start(), match.end(), _KINDS[kind]))
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    return fold(word).replace('"', "'")


def starts_with(some: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    """Whether the words from `at` on are the phrase."""
    if phrase and (at >= len(some) or some[at].folded != phrase[0]):
        return False
    return len(phrase) <= len(some) - at and all(some[at + n].folded == wanted for n, wanted in enumerate(phrase))
