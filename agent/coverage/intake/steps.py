"""What is to be read of a tree, step by step: a table row by row, a list of terms each with what is told of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import Break, Run
from agent.coverage.intake.safe_xml import local_name
from agent.coverage.intake.tables import Row, rows_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST_TERM, _LONGEST_TOLD = 80, 300
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")


@dataclass(frozen=True, slots=True)
class ElementVisit:
    """An element to be read. `inner`: only what is in it, without its edges; `flows`: within a sentence."""

    element: "Element"
    depth: int = 0
    tables: int = 0
    quoted: bool = False
    inner: bool = False
    flows: bool = False

    def to(self, element: "Element", *, flows: bool = False) -> "ElementVisit":
        """A visit to something within."""
        return ElementVisit(element, self.depth + 1, self.tables, quoted=self.quoted, flows=flows)

    def into(self, element: "Element", *, tables: int = 0, quoted: bool = False) -> "ElementVisit":
        """A visit to all that is in something within."""
        return ElementVisit(element, self.depth + 1, self.tables + tables, quoted=self.quoted or quoted, inner=True)


@dataclass(frozen=True, slots=True)
class NodeWords:
    """The words of a node: the first ones in an element, or those right behind it."""

    element: "Element"
    tail: bool


@dataclass(frozen=True, slots=True)
class Flat:
    """While it lasts, breaks are spaces: within a cell. `row`: what is read is a row."""

    by: int
    row: bool = False


@dataclass(frozen=True, slots=True)
class Preformatted:
    """While it lasts, line ends are line ends."""

    by: int


@dataclass(frozen=True, slots=True)
class EndQuote:
    """`first` is the number of the quotation's first line."""

    first: int
    signs: tuple["Element", ...]
    visit: ElementVisit


@dataclass(frozen=True, slots=True)
class EndSign:
    """`first` is the number of the signature's first run."""

    first: int


Step = ElementVisit | NodeWords | Flat | Preformatted | EndQuote | EndSign | Break | Run


def steps_of_table(visit: ElementVisit) -> Iterator[Step]:
    for child in visit.element:
        if local_name(child).lower() == "caption":
            yield visit.to(child)
    for row in rows_of(visit.element):
        if row.is_data:
            yield from (Break.BLOCK, Flat(1, row=True), *_in_a_line(visit, row), Flat(-1), Break.BLOCK)
        else:
            for cell in row.cells:
                yield from (Break.BLOCK, visit.into(cell.element, tables=1), Break.BLOCK)


def _in_a_line(visit: ElementVisit, row: Row) -> Iterator[Step]:
    """ "Northbank 17 (dead), 4 (missing)": the name of the row, and each figure with the head of its column."""
    lines = [" ".join("".join(cell.element.itertext()).split()) for cell in row.cells]
    comma = "، " if _ARABIC.search("".join(lines)) else ", "
    for number, (cell, words) in enumerate(zip(row.cells, lines, strict=True)):
        if number:
            yield Run(comma if number > 1 or row.is_head else ": " if lines[0][-1:].isdecimal() else " ")
        yield visit.into(cell.element, tables=1)
        if number and cell.head and cell.head.casefold() not in words.casefold():
            yield Run(f" ({cell.head})")


def steps_of_terms(visit: ElementVisit) -> Iterator[Step]:
    """The terms of a list with what is told of each, where that is short."""
    children = [one for child in visit.element for one in ([child] if not _is_group(child) else list(child))]
    joined: set[Element] = set()
    for child, following in zip_longest(children, children[1:]):
        if child in joined:
            continue
        if following is not None and _belong_together(child, following):
            joined.add(following)
            colon = "" if "".join(child.itertext()).rstrip().endswith((":", "：")) else ":"
            term, value = visit.into(child), visit.into(following)
            yield from (Break.BLOCK, Flat(1), term, Run(colon + " "), value, Flat(-1), Break.BLOCK)
        else:
            yield visit.to(child)


def _is_group(element: "Element") -> bool:
    return local_name(element).lower() == "div"


def _belong_together(term: "Element", element: "Element") -> bool:
    if (local_name(term).lower(), local_name(element).lower()) != ("dt", "dd"):
        return False
    lengths = [len("".join(one.itertext()).strip()) for one in (term, element)]
    return 0 < lengths[0] <= _LONGEST_TERM and 0 < lengths[1] <= _LONGEST_TOLD
