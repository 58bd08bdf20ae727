"""Tables read row by row: every figure beside the name of its row, and with the head of its column."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.coverage.intake.safe_xml import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PARTS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
# What is longer is no figure but an article laid out by means of a table.
_LONGEST_CELL = 300
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote article section pre dd".split())
_MOST_SPANNED = 100
# A cell that reaches over many rows is told in each, which is no way to make much of little.
_MOST_REPEATED = 2000
_FOR_LAYOUT = ("presentation", "none")


@dataclass(frozen=True)
class Cell:
    """`head` is the name of its column, empty where that has none."""

    element: "Element"
    head: str = ""


@dataclass(frozen=True)
class Row:
    """`cells` are those with something in them. `is_data`: they are read as one line; `is_head`: they are names."""

    cells: tuple[Cell, ...]
    is_data: bool
    is_head: bool


def rows_of(table: "Element") -> list[Row]:
    """The rows of a table, without those of tables within it."""
    laid_out = table.get("role") in _FOR_LAYOUT
    items = list(_rows(table))
    heads: dict[int, str] = {}
    spanned: dict[int, tuple[Element, int]] = {}
    rows: list[Row] = []
    in_head = True
    repeated = 0
    for number, (row, part) in enumerate(items):
        if repeated > _MOST_REPEATED:
            spanned.clear()
        placed = _placed(row, spanned)
        repeated += len(placed) - len(row)
        filled = [(column, cell) for column, cell in placed if any(map(str.isalnum, _words(cell)))]
        short = not laid_out and bool(filled) and all(_is_short(cell) for _, cell in filled)
        following = items[number + 1][0] if number == 0 and len(items) > 1 else None
        in_head = in_head and (_is_head(row, part) or _is_above_figures(filled, following))
        if in_head and short:
            _learn(heads, placed)
        data = short and (in_head or len(filled) > 1)
        known = {} if in_head else heads
        rows.append(Row(tuple(Cell(cell, known.get(column, "")) for column, cell in filled), data, is_head=in_head))
    return rows


def _rows(table: "Element") -> Iterator[tuple["Element", str]]:
    for child in table:
        name = local_name(child).lower()
        if name == "tr":
            yield child, ""
        elif name in _PARTS:
            for row in child:
                if local_name(row).lower() == "tr":
                    yield row, name


def _placed(row: "Element", spanned: dict[int, tuple["Element", int]]) -> list[tuple[int, "Element"]]:
    """The cells of a row by their columns; one that reaches down from an earlier row stands in this one too."""
    placed: list[tuple[int, Element]] = []
    column, last = 0, max(spanned, default=-1)
    cells = deque(cell for cell in row if local_name(cell).lower() in _CELLS)
    while cells or column <= last:
        if column in spanned:
            cell, left = spanned.pop(column)
            placed.append((column, cell))
            if left > 1:
                spanned[column] = cell, left - 1
            column += 1
        elif cells:
            cell = cells.popleft()
            placed.append((column, cell))
            deep = _span(cell, "rowspan", _MOST_SPANNED)
            if deep > 1:
                spanned[column] = cell, deep - 1
            column += _span(cell, "colspan", _MOST_SPANNED)
        else:
            column += 1
    return placed


def _span(cell: "Element", name: str, most: int) -> int:
    text = (cell.get(name) or "").strip()
    return min(int(text), most) or 1 if text.isdecimal() and len(text) < 6 else 1


def _is_head(row: "Element", part: str) -> bool:
    names = [local_name(cell).lower() for cell in row if local_name(cell).lower() in _CELLS]
    return part == "thead" or (len(names) > 1 and all(name == "th" for name in names))


def _is_above_figures(filled: list[tuple[int, "Element"]], following: "Element | None") -> bool:
    """Whether a first row of plain cells names the columns of figures below it."""
    if following is None or len(filled) < 2 or any(_has_digit(cell) for _, cell in filled):
        return False
    below = [cell for cell in following if local_name(cell).lower() in _CELLS]
    return any(_has_digit(cell) for cell in below[1:])


def _has_digit(cell: "Element") -> bool:
    return any(character.isdecimal() for character in _words(cell))


def _learn(heads: dict[int, str], placed: list[tuple[int, "Element"]]) -> None:
    """Names of columns; under a head over several columns each has that name and its own."""
    for column, cell in placed:
        words = _words(cell)
        for covered in range(column, column + _span(cell, "colspan", _MOST_SPANNED)):
            above = heads.get(covered, "")
            heads[covered] = f"{above} {words}".strip() if words not in above else above


def _is_short(cell: "Element") -> bool:
    blocks = sum(local_name(one).lower() in _BLOCKS for one in cell.iter())
    nested = any(local_name(one).lower() == "table" for one in cell.iter())
    return not nested and blocks < 2 and len(_words(cell)) <= _LONGEST_CELL


def _words(cell: "Element") -> str:
    return " ".join("".join(cell.itertext()).split())
