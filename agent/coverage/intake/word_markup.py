"""A Word document made plain before it is read: what its readers see stays, in elements that every program knows.

Programs that read these documents take the elements that they know and drop the words in all others: in stretches of
a direction, in fields, under reading aids. Here what is not known is opened, and what is not seen is taken out.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import quoteattr

from agent.coverage.intake.hidden import style_hides
from agent.coverage.intake.safe_xml import child_of, local_name, named_under, parse_xml
from agent.coverage.intake.visibility import TextStyle
from agent.coverage.intake.word_elements import alternative, codes, is_deleted, outermost, sibling, word_tag, words
from agent.coverage.intake.word_styles import WordStyles, value_of
from agent.errors import BadInput

_MAIN = "word/document.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATION}" Target={{}}/></Relationships>'
)
# What says how something looks, and what holds no elements of the text.
_WHOLE = frozenset(
    "rPr pPr tblPr tblGrid trPr tcPr sectPr t tab br noBreakHyphen softHyphen sym"
    " footnoteReference endnoteReference commentReference".split()
)
_ENTERED = frozenset("p r tbl tr tc pict txbxContent object group rect roundrect shape textbox".split())
_DELETED = frozenset(("del", "moveFrom"))
_OTHER_DOCUMENTS = frozenset(("altChunk", "subDoc"))
# By another name it is read.
_RENAMED = {"cr": "br", "ptab": "tab"}
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
# Looking into each of these at every depth would be a square.
_LOOKED_INTO = frozenset(("AlternateContent", "drawing"))
_DEEPEST_LOOK = 12
# A book of five hundred pages has half of them.
_MOST_ELEMENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Plain:
    """A document that says what its readers see. `unseen` is what it hides, `equations` what is no line of letters;
    the rest is counted by kind."""

    data: bytes
    unseen: tuple[str, ...]
    equations: tuple[str, ...]
    left_out: Counter[str]


def made_plain(archive: zipfile.ZipFile) -> Plain:
    """Raises `BadInput` for XML that is broken or hostile, and `KeyError` where there is no document."""
    names = set(archive.namelist())
    main = _main_part(archive, names)
    root = parse_xml(archive.read(main))
    folder = main.rpartition("/")[0]
    styles = next((name for name in (f"{folder}/styles.xml", "word/styles.xml") if name in names), None)
    opened = _Opened(WordStyles(parse_xml(archive.read(styles)) if styles else None))
    body = child_of(root, "body")
    if body is not None:
        _refuse_endless(body)
        opened.open(body)
    parts = {name: archive.read(name) for name in sorted(names) if name.endswith((".xml", ".rels"))}
    edges = [parse_xml(content) for name, content in parts.items() if _EDGE.fullmatch(name)]
    opened.left_out["edges"] = sum(any(map(str.isalpha, words(edge))) for edge in edges)
    # No other part may be read in its place.
    parts["_rels/.rels"] = _RELATIONS.format(quoteattr(main)).encode()
    parts[main] = tostring(root)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return Plain(
        data=into.getvalue(),
        unseen=tuple(filter(None, (" ".join("".join(some).split()) for some in opened.unseen))),
        equations=tuple(filter(str.strip, opened.equations)),
        left_out=opened.left_out,
    )


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The document itself, as the file tells it."""
    result = parse_xml(archive.read("_rels/.rels")) if "_rels/.rels" in names else ()
    targets = (one.get("Target", "").lstrip("/") for one in result if one.get("Type", "").endswith("/officeDocument"))
    return next((target for target in targets if target in names), _MAIN)


def _refuse_endless(body: Element) -> None:
    waiting, seen = [(body, 0)], 0
    while waiting:
        element, depth = waiting.pop()
        depth, seen = depth + (local_name(element) in _LOOKED_INTO), seen + 1
        if depth > _DEEPEST_LOOK or seen > _MOST_ELEMENTS:
            raise BadInput("drawings within drawings, or elements without end")
        waiting += [(one, depth) for one in element]


class _Opened:
    def __init__(self, styles: WordStyles) -> None:
        self.left_out: Counter[str] = Counter()
        self.unseen: list[list[str]] = []
        self.equations: list[str] = []
        self._styles = styles
        self._codes: frozenset[Element] = frozenset()
        # Of the list that is gone through: whether what stood last in it was hidden.
        self._was_hidden = False

    def open(self, body: Element) -> None:
        self._codes = frozenset(codes(body))
        waiting = [(body, self._styles.default)]
        while waiting:
            element, look = waiting.pop()
            kept = list(self._shown(element, look))
            element[:] = kept
            waiting += [(one, self._look(one, look)) for one in kept if local_name(one) in _ENTERED]

    def _look(self, element: Element, around: TextStyle) -> TextStyle:
        match local_name(element):
            case "p":
                return self._styles.of_paragraph(element).over(around)
            case "tbl":
                return self._styles.of_table(element).over(around)
            case _:
                return around

    def _shown(self, parent: Element, look: TextStyle) -> Iterator[Element]:
        """What of an element's children is seen; in place of each that is not known, its own children."""
        waiting = list(reversed(parent))
        self._was_hidden = False
        while waiting:
            element = waiting.pop()
            if self._is_hidden(element, look):
                self._hide(element)
            elif (found := self._opened(element)) is not None:
                waiting += reversed(found)
            else:
                self._was_hidden = self._was_hidden and local_name(element) in _WHOLE
                yield self._as_known(element, look)

    def _is_hidden(self, element: Element, look: TextStyle) -> bool:
        match local_name(element):
            case "r":
                return bool(self._styles.of_run(element).over(look).hidden)
            case "tr":
                return child_of(child_of(element, "trPr"), "hidden") is not None
            case "drawing":
                return any(value_of(one, "hidden") in ("1", "true") for one in named_under(element, "docPr"))
            case _:
                return element.tag.startswith("{urn:schemas-microsoft-com:vml}") and style_hides(element.get("style"))

    def _hide(self, element: Element) -> None:
        if not self._was_hidden:
            self.unseen.append([])
        self.unseen[-1].append(words(element))
        self._was_hidden = True

    def _opened(self, element: Element) -> list[Element] | None:
        """What is read in place of an element; None for one that is known."""
        name = local_name(element)
        if name in _DELETED or is_deleted(element):
            self.left_out["deletions"] += len(element) > 0
            return []
        if name in _OTHER_DOCUMENTS:
            self.left_out["documents"] += 1
            return []
        if element in self._codes:
            return []
        if name in _WHOLE or name in _ENTERED or name in _RENAMED:
            return self._equation(element) if element.tag.endswith("/math}r") else None
        match name:
            case "oMath":
                return self._equation(element)
            case "drawing":
                return self._drawing(element)
            case "imagedata":
                self.left_out["pictures"] += 1
                return []
            case "AlternateContent":
                return alternative(element)
            case "ruby" | "sdt":
                return list(child_of(element, "rubyBase" if name == "ruby" else "sdtContent") or ())
            case _:
                return list(element)

    def _equation(self, element: Element) -> list[Element] | None:
        """One that is a line of letters, as it stands. Of others the letters alone would be something else: of a
        power a number, of a fraction another."""
        runs = [element] if local_name(element) == "r" else list(element)
        if any(local_name(run) not in ("r", "oMathParaPr") for run in runs):
            self.equations.append(" ".join(one.text or "" for one in named_under(element, "t")))
            return []
        line = []
        for run in runs:
            made = Element(word_tag(element, "r"))
            made.extend(one for one in run if local_name(one) == "rPr" and not one.tag.endswith("/math}rPr"))
            SubElement(made, word_tag(element, "t")).text = words(run)
            line.append(made)
        return line

    def _drawing(self, element: Element) -> list[Element] | None:
        """Boxes of text in it as older programs wrote them; a picture is one."""
        boxes = outermost(element, "txbxContent")
        if not boxes:
            # A line or a frame is no picture.
            names = {local_name(one) for one in element.iter()}
            self.left_out["pictures"] += "blip" in names or "wsp" not in names
            return []
        box = Element(sibling(element, "pict"))
        box.extend(boxes)
        return [box]

    def _as_known(self, element: Element, look: TextStyle) -> Element:
        name = local_name(element)
        if name in _RENAMED:
            return Element(sibling(element, _RENAMED[name]))
        if name == "r" and self._styles.of_run(element).over(look).struck:
            properties = child_of(element, "rPr")
            if properties is None:
                properties = Element(sibling(element, "rPr"))
                element.insert(0, properties)
            properties[:] = [one for one in properties if local_name(one) != "strike"]
            SubElement(properties, sibling(element, "strike"))
        return element
