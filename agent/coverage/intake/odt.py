"""The words of an OpenDocument text."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.intake.odt_styles import OdtStyles
from agent.coverage.intake.office_text import Written, row_of
from agent.coverage.intake.safe_xml import local_name, parse_xml
from agent.coverage.intake.visibility import PLAIN, TextStyle

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_EDGES = frozenset(f"{_STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left"))
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# What stands apart from the text, by what it is counted as.
_APART = {
    "note": "notes",
    "annotation": "comments",
    "image": "pictures",
    "tracked-changes": "deletions",
    "table-of-content": "contents",
}
# Reading aids, and what is told of a picture or of a program to programs.
_SILENT = frozenset(("ruby-text", "title", "desc", "script", "forms", "event-listeners"))
_PARAGRAPHS = ("p", "h")
_ROWS_UNSEEN = ("collapse", "filter")
_MOST_SPACES = 100
_SPACES = re.compile(r"[ \t\r\n]+")


def read_odt(archive: zipfile.ZipFile) -> Written:
    """Raises `BadInput` for XML that is broken or hostile, and `KeyError` where there is no content."""
    names = archive.namelist()
    content = parse_xml(archive.read("content.xml"))
    shared = parse_xml(archive.read("styles.xml")) if "styles.xml" in names else Element("none")
    walk = _Walk(OdtStyles(shared, content))
    edges = (one for one in shared.iter() if one.tag in _EDGES)
    walk.left_out["edges"] = sum(any(map(str.isalpha, "".join(edge.itertext()))) for edge in edges)
    body = next((one for one in content.iter() if local_name(one) == "text" and one.tag != f"{_TEXT}text"), None)
    lines = list(walk.lines(body, PLAIN)) if body is not None else []
    result = parse_xml(archive.read("meta.xml")) if "meta.xml" in names else Element("none")
    return Written(
        lines=tuple(line for line in lines if line),
        title=_property(result, "title"),
        author=_property(result, "initial-creator") or _property(result, "creator"),
        left_out=dict(walk.left_out),
        unseen=tuple(filter(None, (" ".join("".join(words).split()) for words in walk.unseen))),
        equations=tuple(filter(str.strip, walk.equations)),
    )


def _property(meta: Element, name: str) -> str | None:
    return next((one.text for one in meta.iter() if local_name(one) == name and one.text), None)


class _Walk:
    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._was_hidden = False
        self.left_out: Counter[str] = Counter()
        self.unseen: list[list[str]] = []
        self.equations: list[str] = []

    def lines(self, element: Element, look: TextStyle) -> Iterator[str]:
        for child in element:
            name = local_name(child)
            if name in _SILENT:
                continue
            if name in _APART:
                self._count(child)
            elif _says_hidden(child):
                self._hide(_words(child))
            elif name in _PARAGRAPHS:
                yield from self._paragraph(child, look)
            elif name == "table-row":
                yield row_of([" ".join(self.lines(cell, look)).replace("\n", " ") for cell in child])
            else:
                yield from self.lines(child, look)

    def _paragraph(self, paragraph: Element, look: TextStyle) -> Iterator[str]:
        """A line that was broken within it stays in it."""
        if any(local_name(one) == "hidden-paragraph" and _says_hidden(one) for one in paragraph.iter()):
            self._hide(_words(paragraph))
            return
        look = self._styles.of(paragraph).over(look)
        self.left_out["struck"] += bool(look.struck)
        text = "".join(self._pieces(paragraph, look))
        self._was_hidden = False
        for lines in re.split(r"\n\s*\n", text):
            yield "\n".join(filter(None, (line.strip() for line in lines.split("\n"))))

    def _pieces(self, element: Element, look: TextStyle) -> Iterator[str]:
        yield from self._said(element.text, look)
        for child in element:
            yield from self._piece(child, look)
            yield from self._said(child.tail, look)

    def _said(self, text: str | None, look: TextStyle) -> Iterator[str]:
        if not text:
            return
        if look.hidden:
            self._hide(text)
        elif not look.struck:
            self._was_hidden = self._was_hidden and text.isspace()
            yield _SPACES.sub(" ", text)

    def _piece(self, element: Element, look: TextStyle) -> Iterator[str]:
        name = local_name(element)
        if name in _SILENT:
            return
        if name in _APART:
            self._count(element)
        elif _says_hidden(element):
            self._hide(_words(element))
        elif name == "math":
            self.equations.append(_words(element))
        elif name == "s":
            yield from self._space(" " * min(_MOST_SPACES, _number(element.get(f"{_TEXT}c"))), look)
        elif name in ("tab", "line-break"):
            yield from self._space("\t" if name == "tab" else "\n", look)
        elif name in _PARAGRAPHS:
            # Of a text box that stands within a line.
            yield from ("\n\n", *self._pieces(element, self._styles.of(element).over(look)), "\n\n")
        else:
            inner = self._styles.of(element).over(look) if name in ("span", "a") else look
            self.left_out["struck"] += bool(inner.struck and not look.struck)
            yield from self._pieces(element, inner)

    def _space(self, space: str, look: TextStyle) -> Iterator[str]:
        if look.hidden:
            self._hide(space)
        elif not look.struck:
            yield space

    def _hide(self, words: str) -> None:
        if not self._was_hidden:
            self.unseen.append([])
        self.unseen[-1].append(words)
        self._was_hidden = True

    def _count(self, element: Element) -> None:
        name = local_name(element)
        if name == "tracked-changes":
            found = sum(local_name(one) == "deletion" for one in element.iter())
            if found:
                self.left_out["deletions"] += found
        else:
            self.left_out[_APART[name]] += 1


def _says_hidden(element: Element) -> bool:
    """Whether a field, a section, a drawing or a row says of itself that it is not seen."""
    display, hidden = element.get(f"{_TEXT}display"), element.get(f"{_TEXT}is-hidden")
    if "none" in (display, element.get(f"{_DRAW}display")) or element.get(f"{_TABLE}visibility") in _ROWS_UNSEEN:
        return True
    return hidden == "true" and display in (None, "condition")


def _words(element: Element) -> str:
    """All words in an element, or those that a field holds back."""
    items = [*element.itertext(), *(one.get(f"{_TEXT}string-value", "") for one in element.iter() if not one.text)]
    return f"{' '.join(items)} "


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 6 else 1
