"""Where a sentence changes hands: the marks that say who speaks the words before or after them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.analyst.lexical.words import QUOTE, Word

Words = Sequence[Word]


class MarkPlacement(StrEnum):
    LEAD = "lead"  # speaker and verb stand before what is said
    TAIL = "tail"  # they stand behind it
    BREAK = "break"  # the same speaker goes on with another statement
    NARRATOR = "narrator"  # nobody speaks: the text goes on by itself
    SHARED = "shared"  # … about the subject of the statement before


@dataclass(frozen=True)
class SpeechMark:
    """`start:end` are positions of words; `who` is empty where the speaker is the one before.

    `act`: the report itself is the statement ("the ministry denied the claim"), so its words belong to the quote.
    """

    place: MarkPlacement
    start: int
    end: int
    who: tuple[Word, ...] = ()
    verb: Word | None = None
    lemma: str | None = None
    act: bool = False


MarkFinder = Callable[[Words], list[SpeechMark]]


def run_back(words: Words, at: int, floor: int, longest: int) -> int:
    """Start of the unbroken run of words that ends before `at`; punctuation and `floor` end it."""
    start = at
    while start > floor and at - start < longest and not words[start - 1].mark:
        start -= 1
    return start


def closes_quote(words: Words, at: int) -> bool:
    """Whether a quotation mark ends a quotation: one is open, and it stands at the word before, not after."""
    if words[at].mark != QUOTE or at == 0:
        return False
    opened = sum(word.mark == QUOTE for word in words[:at]) % 2 == 1
    after = words[at + 1].start if at + 1 < len(words) and not words[at + 1].mark else None
    return opened and words[at - 1].end == words[at].start and after != words[at].end


def without_strays(words: Words, before: str) -> list[Word]:
    """Without a quotation mark that closes, inside a sentence, what none has opened; `before` is what its paragraph
    says before."""
    opened = sum(before.count(mark) for mark in _OPENERS) > sum(before.count(mark) for mark in _CLOSERS)
    opened = opened or before.count('"') % 2 == 1
    kept: list[Word] = []
    for at, word in enumerate(words):
        if word.mark == QUOTE and not opened and _closes_inside(words, at):
            continue
        opened = opened != (word.mark == QUOTE)
        kept.append(word)
    return kept


_OPENERS, _CLOSERS = "«“„‹", "»”›"


def _closes_inside(words: Words, at: int) -> bool:
    """Whether a mark stands at the word before it, and apart from one behind it."""
    if words[at].text in _OPENERS or not 0 < at < len(words) - 1 or words[at + 1].mark:
        return False
    return words[at - 1].end == words[at].start and words[at].end < words[at + 1].start


def inside_quote(words: Words, at: int) -> bool:
    """Whether a quotation is open before a word."""
    return sum(word.mark == QUOTE for word in words[:at]) % 2 == 1
