"""One thing that is said: the words of a statement that say it, and what it takes over from the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from agent.analyst.lexical.words import QUOTE, Word

_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_NUMBER_SIGNS = frozenset("%٪‰°")


@dataclass(frozen=True)
class Clause:
    """`at` are positions of words, in order; the clause is quoted from the first to the last of them.

    Its own wording has more: `about` in front, the subject that it shares, and at the position `link_at` the word
    `link`: before what stands there ("X is the mayor"), or instead of it where both are the same letters of the text.
    """

    at: tuple[int, ...]
    about: tuple[Word, ...] = ()
    link: Word | None = None
    link_at: int = 0

    @classmethod
    def whole(cls, words: Sequence[Word], about: tuple[Word, ...] = ()) -> Self:
        return cls(tuple(range(len(words))), about)

    @property
    def start(self) -> int:
        return self.at[0]

    @property
    def end(self) -> int:
        return self.at[-1] + 1

    def wording(self, words: Sequence[Word]) -> tuple[Word, ...]:
        said: list[Word] = list(self.about)
        for n in self.at:
            link = self.link if n == self.link_at else None
            if link is not None:
                said.append(link)
            if link is None or link.start != words[n].start:
                said.append(words[n])
        return tuple(said)

    def inside(self, other: "Clause") -> Self:
        """The same clause, told by positions of the words that `other` is a clause of; it begins as that does, or
        shares no subject with it."""
        return replace(
            self,
            at=tuple(other.at[n] for n in self.at),
            about=self.about or (other.about if self.at[0] == 0 else ()),
            link_at=other.at[self.link_at] if self.link else 0,
        )


def trimmed_positions(words: Sequence[Word], at: Iterable[int]) -> tuple[int, ...]:
    """Without the marks at both ends, save what closes a quotation or a bracket that is opened inside."""
    kept = list(at)
    while kept and words[kept[0]].mark and not _opens(words, kept):
        kept.pop(0)
    while kept and words[kept[-1]].mark and not _closes(words, kept):
        kept.pop()
    return tuple(kept)


def _opens(words: Sequence[Word], at: Sequence[int]) -> bool:
    first = words[at[0]]
    return first.text in _OPENS or (first.mark == QUOTE and sum(words[n].mark == QUOTE for n in at) % 2 == 0)


def _closes(words: Sequence[Word], at: Sequence[int]) -> bool:
    last = words[at[-1]]
    balanced = sum(words[n].mark == QUOTE for n in at) % 2 == 0
    return last.text in _CLOSES | _NUMBER_SIGNS or (last.mark == QUOTE and balanced)


def enclosed(words: Sequence[Word]) -> list[bool]:
    """For each word whether it stands in quotation marks or brackets, where nothing is cut."""
    inside: list[bool] = []
    quoted, bracketed = False, 0
    for word in words:
        inside.append(quoted or bracketed > 0 or word.mark == QUOTE or word.text in _OPENS)
        bracketed = max(0, bracketed - (word.text in _CLOSES))
        quoted ^= word.mark == QUOTE
        bracketed += word.text in _OPENS
    return inside
