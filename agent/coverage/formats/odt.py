"""The words of an OpenDocument text."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.formats.safe_xml import local_name, parse_xml
from agent.coverage.formats.written import Written, row_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# What stands apart from the text, by what it is counted as.
_APART = {
    "note": "notes",
    "annotation": "comments",
    "image": "pictures",
    "tracked-changes": "deletions",
    "table-of-content": "contents",
}
_PARAGRAPHS = ("p", "h")
_MOST_SPACES = 100


def read_odt(archive: zipfile.ZipFile) -> Written:
    """Raises `BadInput` for XML that is broken or hostile, and `KeyError` where there is no content."""
    content = parse_xml(archive.read("content.xml"))
    walk = _Walk(_struck_styles(content))
    body = next((one for one in content.iter() if local_name(one) == "text" and one.tag != f"{_TEXT}text"), None)
    lines = list(walk.lines(body)) if body is not None else []
    told = parse_xml(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else Element("none")
    return Written(
        lines=tuple(line for line in lines if line),
        title=_told(told, "title"),
        author=_told(told, "initial-creator") or _told(told, "creator"),
        left_out=dict(walk.left_out),
    )


def _told(meta: Element, name: str) -> str | None:
    return next((one.text for one in meta.iter() if local_name(one) == name and one.text), None)


def _struck_styles(content: Element) -> frozenset[str]:
    """The names of the styles that strike text through."""
    names = set()
    for style in content.iter(f"{_STYLE}style"):
        for properties in style:
            if properties.get(f"{_STYLE}text-line-through-style", "none") != "none":
                names.add(style.get(f"{_STYLE}name", ""))
    return frozenset(names)


class _Walk:
    def __init__(self, struck: frozenset[str]) -> None:
        self._struck = struck
        self.left_out: Counter[str] = Counter()

    def lines(self, element: Element) -> Iterator[str]:
        for child in element:
            name = local_name(child)
            if name in _APART:
                self._count(child)
            elif name in _PARAGRAPHS:
                yield from filter(None, (line.strip() for line in "".join(self._pieces(child)).split("\n")))
            elif name == "table-row":
                yield row_of([" ".join(self.lines(cell)) for cell in child])
            else:
                yield from self.lines(child)

    def _pieces(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            yield from self._piece(child)
            yield child.tail or ""

    def _piece(self, element: Element) -> Iterator[str]:
        name = local_name(element)
        if name in _APART:
            self._count(element)
        elif name == "span" and element.get(f"{_TEXT}style-name") in self._struck:
            self.left_out["struck"] += 1
        elif name == "s":
            yield " " * min(_MOST_SPACES, _number(element.get(f"{_TEXT}c")))
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name in _PARAGRAPHS:
            # Of a text box that stands within a line.
            yield from ("\n", *self._pieces(element), "\n")
        else:
            yield from self._pieces(element)

    def _count(self, element: Element) -> None:
        name = local_name(element)
        if name == "tracked-changes":
            found = sum(local_name(one) == "deletion" for one in element.iter())
            if found:
                self.left_out["deletions"] += found
        else:
            self.left_out[_APART[name]] += 1


def _number(told: str | None) -> int:
    return int(told) if told is not None and told.isdecimal() and len(told) < 6 else 1
