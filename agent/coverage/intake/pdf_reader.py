"""A script: a PDF on standard input, the text of its pages on standard output as JSON. Run by `apart`."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTLayoutContainer, LTTextBox, LTTextLine

_REFUSED = 3
_MOST_MEMORY = 2_000_000_000
_MOST_PAGES = 300
_MOST_CHARACTERS = 2_000_000
# Of one page; more are taken as the library orders them.
_MOST_BOXES = 1000
# Points of empty paper that part what stands on both sides of it.
_GAP = 2.0
# What is less high than this part of its surroundings is no column beside them: the number of a page.
_TALL = 0.15
# A line that stands alone at the edge of a page, with so much empty paper beside it for each point of its height.
_APART = 1.5
_MOST_EDGES = 2
# What is smaller than the letter before it, and higher, is raised.
_SMALLER = 0.85
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A cell that holds nothing but a number, and the longest of the others in its row.
_FIGURE = re.compile(r"[^\w\s]?\s?\d[\d\s.,:/–-]{0,14}\s?[%٪°€$£]?(?<![.,:])")
_LONGEST_CELL = 48
_FEWEST_ROWS = 2
_TURNED = re.compile("[اأإآٱ]ل")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class PdfRefused(Exception):
    """Why it is not read."""


def pages_of(data: bytes) -> dict[str, object]:
    """The paragraphs of each page, with the title and the author that the file tells. Raises `PdfRefused` for one
    that is too long.

    The letters of a line stand in the order of the page, from left to right, whatever they are.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    # With an empty password everybody may read it, and only changing it is locked.
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    pages: list[list[str]] = []
    for page in extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None, all_texts=True)):
        if len(pages) == _MOST_PAGES:
            raise PdfRefused(f"it has more than {_MOST_PAGES} pages: give those of the article alone")
        pages.append(list(_paragraphs(page)))
        if sum(len(text) for texts in pages for text in texts) > _MOST_CHARACTERS:
            raise PdfRefused(f"it holds more than {_MOST_CHARACTERS:,} characters: give the article alone")
    return {"pages": pages, "title": _stated(document.info, "Title"), "author": _stated(document.info, "Author")}


def _paragraphs(page: "LTLayoutContainer") -> Iterator[str]:
    """In the order of reading. Text in figures counts where a page has no other: some programs draw pages as one."""
    from pdfminer.layout import LTFigure, LTTextBox

    boxes = _in_rows([box for box in page if isinstance(box, LTTextBox) and box.get_text().strip()])
    yield from (box.text.strip() for box in _in_order(boxes, _runs_left(boxes)))
    for figure in page if not boxes else ():
        if isinstance(figure, LTFigure):
            yield from _paragraphs(figure)


@dataclass(frozen=True)
class _Box:
    """A text with its place on the page."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str


def _in_rows(boxes: "Sequence[LTTextBox]") -> list[_Box]:
    """The boxes of a page; of a table each row is one, for its cells stand apart on paper."""
    lines = [line for box in boxes for line in box] if len(boxes) <= _MOST_BOXES else []
    rows = _tables(_aligned(lines))
    taken = {line for row in rows for line in row}
    found = [_box_of(row, "  ") for row in rows]
    for box in boxes:
        rest = [line for line in box if line not in taken]
        found += [_box_of(rest, "")] if any(line.get_text().strip() for line in rest) else []
    return found


def _aligned(lines: "Sequence[LTTextLine]") -> "list[list[LTTextLine]]":
    """Lines that stand beside each other, from the top of the page on, each from the left."""
    rows: list[list[LTTextLine]] = []
    for line in sorted((line for line in lines if line.get_text().strip()), key=lambda one: -(one.y0 + one.y1)):
        beside = rows[-1][0] if rows else None
        if beside is not None and abs(beside.y0 + beside.y1 - line.y0 - line.y1) < min(beside.height, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _tables(rows: "Sequence[Sequence[LTTextLine]]") -> "list[Sequence[LTTextLine]]":
    """The rows of tables: short cells beside each other, with numbers among them; and what stands over these."""
    found: list[Sequence[LTTextLine]] = []
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and _has_figure(rows[end]):
            end += 1
        if end - start >= _FEWEST_ROWS:
            over = rows[start - 1] if start else []
            found += [over] if len(over) == len(rows[start]) and _is_short(over) else []
            found += rows[start:end]
        start = max(end, start + 1)
    return found


def _is_short(row: "Sequence[LTTextLine]") -> bool:
    return all(len(line.get_text().strip()) <= _LONGEST_CELL for line in row)


def _has_figure(row: "Sequence[LTTextLine]") -> bool:
    return len(row) > 1 and _is_short(row) and any(_FIGURE.fullmatch(line.get_text().strip()) for line in row)


def _box_of(lines: "Sequence[LTTextLine]", between: str) -> _Box:
    texts = [_text_of(line) for line in lines]
    return _Box(
        min(line.x0 for line in lines),
        min(line.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.y1 for line in lines),
        between.join(text.strip() if between else text for text in texts),
    )


def _text_of(line: "LTTextLine") -> str:
    """Its letters; digits that stand raised come as such, or they would join the number before them."""
    from pdfminer.layout import LTChar

    text, before = "", None
    for one in line:
        sign = _on_paper(one.get_text())
        if isinstance(one, LTChar) and before is not None and sign.isdecimal() and _is_raised(one, before):
            text += sign.translate(_RAISED)
            continue
        text += sign
        if isinstance(one, LTChar) and sign.strip():
            before = one
    return text


def _is_raised(one: "LTChar", before: "LTChar") -> bool:
    return bool(one.size < _SMALLER * before.size and one.y0 + one.y1 > before.y0 + before.y1)


def _on_paper(sign: str) -> str:
    """The letters of a sign as they stand on paper: of one drawn for several, such as lam and alef, they are told as
    they are said. Alef and lam are drawn as one nowhere: these stand as on paper already."""
    if len(sign) == 1 or not _RIGHT_TO_LEFT.search(sign) or _TURNED.fullmatch(sign):
        return sign
    return sign[::-1]


def _runs_left(boxes: Sequence[_Box]) -> bool:
    """Whether most letters are of a script that runs from right to left."""
    text = "".join(box.text for box in boxes)
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(character.isalpha() for character in text)


def _in_order(boxes: Sequence[_Box], runs_left: bool) -> list[_Box]:
    """Column after column where a gutter runs through all of them, and otherwise what stands above the first gap
    before what stands below it: a headline over two columns comes before both."""
    if len(boxes) > _MOST_BOXES:
        return list(boxes)
    head, inner, foot = _edges(boxes)
    ordered = list(head)
    waiting = [inner]
    while waiting:
        some = waiting.pop()
        parts = _parted(some, lambda box: (box.x0, box.x1))
        if len(parts) > 1 and min(map(_height, parts)) > _TALL * _height(some):
            waiting += parts if runs_left else reversed(parts)
            continue
        rows = _parted(some, lambda box: (-box.y1, -box.y0))
        if len(rows) > 1:
            waiting += [[box for row in rows[1:] for box in row], rows[0]]
        else:
            ordered += sorted(some, key=lambda box: (-box.y1, -box.x1 if runs_left else box.x0))
    return [*ordered, *foot]


def _edges(boxes: Sequence[_Box]) -> tuple[list[_Box], list[_Box], list[_Box]]:
    """What stands apart at the head of a page and at its foot, a line each; and what is between."""
    rows = _parted(boxes, lambda box: (-box.y1, -box.y0))
    first, last = 0, len(rows)
    while first < min(_MOST_EDGES, last - 1) and _is_apart(rows[first], rows[first + 1]):
        first += 1
    while last > max(first + 1, len(rows) - _MOST_EDGES) and _is_apart(rows[last - 1], rows[last - 2]):
        last -= 1
    head, inner, foot = rows[:first], rows[first:last], rows[last:]
    return (
        [box for row in head for box in row],
        [box for row in inner for box in row],
        [b for row in foot for b in row],
    )


def _is_apart(row: Sequence[_Box], beside: Sequence[_Box]) -> bool:
    if any("\n" in box.text.strip() for box in row):
        return False
    above, below = sorted((row, beside), key=lambda some: -max(box.y1 for box in some))
    gap = min(box.y0 for box in above) - max(box.y1 for box in below)
    return gap > _APART * _height(row)


def _height(boxes: Sequence[_Box]) -> float:
    return max(box.y1 for box in boxes) - min(box.y0 for box in boxes)


def _parted(boxes: Sequence[_Box], side: Callable[[_Box], tuple[float, float]]) -> list[list[_Box]]:
    """The boxes between which there is nothing along one side of the page, in order."""
    parts: list[list[_Box]] = []
    edge = 0.0
    for box in sorted(boxes, key=side):
        start, end = side(box)
        if not parts or start > edge + _GAP:
            parts.append([])
            edge = end
        parts[-1].append(box)
        edge = max(edge, end)
    return parts


def _stated(info: list[dict[str, object]], name: str) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for one in info:
        result = resolve1(one.get(name))
        if isinstance(result, bytes) and (text := decode_text(result).strip("\x00 ")):
            return text
    return None


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> int:
    logging.disable()
    _bound_memory()
    from pdfminer.pdfdocument import PDFEncryptionError

    try:
        result = pages_of(sys.stdin.buffer.read())
    except PdfRefused as err:
        reason = str(err)
    except PDFEncryptionError:
        reason = "it is locked with a password: save it without one"
    else:
        sys.stdout.buffer.write(json.dumps(result).encode("ascii"))
        return 0
    sys.stderr.buffer.write(reason.encode())
    return _REFUSED


if __name__ == "__main__":
    sys.exit(main())
