"""Lines of marked-up text, each word with its place in the tree that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENDS = tuple(".!?؟…۔。！？।")
_CLOSERS = "\"'”’»)]）」』 "


class Break(IntEnum):
    """How much two lines are apart: a line was broken, or a block ended."""

    LINE = 1
    BLOCK = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words as they stand in one node of the tree, from its character `at`; without a node they were put in."""

    text: str
    node: "Element | None" = None
    tail: bool = False
    at: int = 0


@dataclass(frozen=True)
class MarkupLine:
    """`is_row`: it is read from the cells of a table's row."""

    runs: tuple[Run, ...]
    ends: Break
    is_row: bool = False

    @cached_property
    def words(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def stripped(self) -> tuple[Run, ...]:
        """Its runs without the white space at both ends."""
        return tuple(stripped(stripped(self.runs), right=True))


@dataclass(frozen=True, slots=True)
class Left:
    """An element that is not read, with what is in it."""

    element: "Element"
    words: str


@dataclass(frozen=True)
class Lines:
    """`unseen` and `struck`: what the tree holds and its reader does not see, or sees struck out."""

    lines: tuple[MarkupLine, ...] = ()
    unseen: tuple[Left, ...] = ()
    struck: tuple[Left, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        parts = [part for line in self.lines for part in (line.words, between(line))]
        return "".join(parts[:-1])


def between(line: MarkupLine) -> str:
    """What parts a line from the next. Behind a block that ends no sentence stands a blank line, so that it melts
    into no other."""
    return "\n" if line.ends is Break.LINE or ends_sentence(line.words) else "\n\n"


def ends_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith(_ENDS)


def stripped(runs: Sequence[Run], of: str | None = None, *, right: bool = False) -> list[Run]:
    """Runs without some characters, or white space, at their beginning or at their end."""
    kept = list(runs)
    while kept:
        run = kept.pop(-1 if right else 0)
        words = run.text.rstrip(of) if right else run.text.lstrip(of)
        if words:
            moved = run.at if right else run.at + len(run.text) - len(words)
            rest = Run(words, run.node, run.tail, moved)
            return [*kept, rest] if right else [rest, *kept]
    return kept
