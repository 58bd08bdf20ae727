"""A script: a PDF on standard input, the text of its pages on standard output as JSON. Run by `apart`."""

import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.layout import LTLayoutContainer, LTTextBox

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
_TURNED = re.compile("[اأإآٱ]ل")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Refused(Exception):
    """Why it is not read."""


def pages_of(data: bytes) -> dict[str, object]:
    """The paragraphs of each page, with the title and the author that the file tells.

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
            raise Refused(f"it has more than {_MOST_PAGES} pages: give those of the article alone")
        pages.append(list(_paragraphs(page)))
        if sum(len(text) for texts in pages for text in texts) > _MOST_CHARACTERS:
            raise Refused(f"it holds more than {_MOST_CHARACTERS:,} characters: give the article alone")
    return {"pages": pages, "title": _told(document.info, "Title"), "author": _told(document.info, "Author")}


def _paragraphs(page: "LTLayoutContainer") -> Iterator[str]:
    """In the order of reading. Text in figures counts where a page has no other: some programs draw pages as one."""
    from pdfminer.layout import LTFigure, LTTextBox

    boxes = [box for box in page if isinstance(box, LTTextBox) and box.get_text().strip()]
    yield from (_text_of(box).strip() for box in _in_order(boxes, _runs_left(boxes)))
    for figure in page if not boxes else ():
        if isinstance(figure, LTFigure):
            yield from _paragraphs(figure)


def _text_of(box: "LTTextBox") -> str:
    return "".join(_on_paper(one.get_text()) for line in box for one in line)


def _on_paper(sign: str) -> str:
    """The letters of a sign as they stand on paper: of one drawn for several, such as lam and alef, they are told as
    they are said. Alef and lam are drawn as one nowhere: these stand as on paper already."""
    if len(sign) == 1 or not _RIGHT_TO_LEFT.search(sign) or _TURNED.fullmatch(sign):
        return sign
    return sign[::-1]


def _runs_left(boxes: "Sequence[LTTextBox]") -> bool:
    """Whether most letters are of a script that runs from right to left."""
    text = "".join(box.get_text() for box in boxes)
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(character.isalpha() for character in text)


def _in_order(boxes: "Sequence[LTTextBox]", runs_left: bool) -> "list[LTTextBox]":
    """Column after column where a gutter runs through all of them, and otherwise what stands above the first gap
    before what stands below it: a headline over two columns comes before both."""
    ordered: list[LTTextBox] = []
    waiting = [list(boxes)] if len(boxes) <= _MOST_BOXES else []
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
    return ordered or list(boxes)


def _height(boxes: "Sequence[LTTextBox]") -> float:
    return max(box.y1 for box in boxes) - min(box.y0 for box in boxes)


def _parted(
    boxes: "Sequence[LTTextBox]", side: "Callable[[LTTextBox], tuple[float, float]]"
) -> "list[list[LTTextBox]]":
    """The boxes between which there is nothing along one side of the page, in order."""
    parts: list[list[LTTextBox]] = []
    edge = 0.0
    for box in sorted(boxes, key=side):
        start, end = side(box)
        if not parts or start > edge + _GAP:
            parts.append([])
            edge = end
        parts[-1].append(box)
        edge = max(edge, end)
    return parts


def _told(info: list[dict[str, object]], name: str) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for one in info:
        told = resolve1(one.get(name))
        if isinstance(told, bytes) and (text := decode_text(told).strip("\x00 ")):
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
        told = pages_of(sys.stdin.buffer.read())
    except Refused as err:
        reason = str(err)
    except PDFEncryptionError:
        reason = "it is locked with a password: save it without one"
    else:
        sys.stdout.buffer.write(json.dumps(told).encode("ascii"))
        return 0
    sys.stderr.buffer.write(reason.encode())
    return _REFUSED


if __name__ == "__main__":
    sys.exit(main())
