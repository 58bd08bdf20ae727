"""The words of a message as they are compared: folded, with their places, without what Arabic writes onto them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.text import fold, visible

# Harakat and tatweel belong to the word that they stand in.
_WORD = re.compile("[\\w\u0610-\u061a\u064b-\u065f\u0670]+")
_MOST_WORDS = 2000
_CLITICS = ("و", "ف", "ب", "ل", "ك")
_ARTICLE = "ال"
_SHORTEST_STEM = 2

Cue = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageWord:
    """A word of a message as it is compared, and where it stands."""

    folded: str
    start: int
    end: int

    @property
    def forms(self) -> tuple[str, ...]:
        """The word, and what is left of it without its clitics."""
        return _forms(self.folded)

    def is_(self, cue: str) -> bool:
        return cue in _forms(self.folded)

    def begins(self, cue: str) -> bool:
        return any(form.startswith(cue) for form in _forms(self.folded))


def words_of(message: str) -> list[MessageWord]:
    """The first words of a message; places are those in `visible(message)`."""
    found = _WORD.finditer(visible(message))
    return [MessageWord(fold(m[0]), m.start(), m.end()) for m, _ in zip(found, range(_MOST_WORDS), strict=False)]


def cue_of(text: str) -> Cue:
    return tuple(word.folded for word in words_of(text))


def place_of(cues: Iterable[Cue], words: Sequence[MessageWord]) -> tuple[int, int] | None:
    """Where one of these stands first: from which word to which, end exclusive. The longest wins."""
    found = [(start, -len(cue)) for cue in cues for start in _places(cue, words)]
    if not found:
        return None
    start, length = min(found)
    return start, start - length


def says(cues: Iterable[Cue], words: Sequence[MessageWord]) -> bool:
    return place_of(cues, words) is not None


def _places(cue: Cue, words: Sequence[MessageWord]) -> Iterator[int]:
    first, *others = cue
    for start, word in enumerate(words[: max(len(words) - len(others), 0)]):
        if word.is_(first) and all(words[start + n].is_(part) for n, part in enumerate(others, 1)):
            yield start


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *_stems(word))))


def _stems(word: str) -> Iterator[str]:
    """The word without what Arabic writes onto its front."""
    bare = [word, *(word[1:] for clitic in _CLITICS if word.startswith(clitic))]
    # ل and ال grow together: للمكتب.
    if word.startswith("لل"):
        bare += [word[2:], f"{_ARTICLE}{word[2:]}"]
    for one in bare:
        for stem in (one, one.removeprefix(_ARTICLE)):
            if len(stem) >= _SHORTEST_STEM:
                yield stem
