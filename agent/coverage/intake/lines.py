"""Lines of marked-up text, each word with its place in the tree that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENDS = tuple(".!?؟…۔。！？।።။។")
_CLOSERS = "\"'”’»)]）」』 "


class Break(IntEnum):
    """How a line ends: with a line break within its block, or with the end of the block."""

    LINE = 1
    BLOCK = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one node of the tree; with `tail`, of the text behind it. `at` is the offset of their first character
    in that text. Words without a node were put in by the reader."""

    text: str
    node: "Element | None" = None
    tail: bool = False
    at: int = 0


@dataclass(frozen=True)
class MarkupLine:
    """One line of text with the runs that it is made of. `is_row` is true where it was read from the cells of one row
    of a table."""

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
class OmittedElement:
    """An element that the reader leaves out, with what is in it."""

    element: "Element"
    words: str


@dataclass(frozen=True)
class Lines:
    """The lines of a page. `unseen` is what the tree holds and a reader does not see, `struck` what is shown struck
    out."""

    lines: tuple[MarkupLine, ...] = ()
    unseen: tuple[OmittedElement, ...] = ()
    struck: tuple[OmittedElement, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        parts = [part for line in self.lines for part in (line.words, between(line))]
        return "".join(parts[:-1])


def between(line: MarkupLine) -> str:
    """The white space between a line and the next. A blank line follows a block that does not end in a full stop, so
    that the next sentence does not become part of it."""
    return "\n" if line.ends is Break.LINE or ends_sentence(line.words) else "\n\n"


def ends_sentence(words: str) -> bool:
    """Whether a line ends with a mark that ends a sentence."""
    return words.rstrip(_CLOSERS).endswith(_ENDS)


def stripped(runs: Sequence[Run], of: str | None = None, *, right: bool = False) -> list[Run]:
    """The runs without the characters `of`, or without white space, at their beginning, or with `right` at their
    end."""
    kept = list(runs)
    while kept:
        run = kept.pop(-1 if right else 0)
        words = run.text.rstrip(of) if right else run.text.lstrip(of)
        if words:
            moved = run.at if right else run.at + len(run.text) - len(words)
            rest = Run(words, run.node, run.tail, moved)
            return [*kept, rest] if right else [rest, *kept]
    return kept
