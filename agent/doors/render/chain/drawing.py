"""The chain of transmission as SVG, made here: no script in it, and every foreign text inert."""

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree as Tree

from agent.chain import Chain, ChainLink, ChainNode, ChainRole, ChainSide, ChainWording, branches
from agent.chain.records import COPYING
from agent.chain.tree import depth_first
from agent.doors.render.chain.placing import (
    LINE,
    MARGIN,
    PAD_X,
    PAD_Y,
    SIZE,
    SMALL,
    SMALL_LINE,
    Band,
    Box,
    ChainColumn,
    Picture,
    place,
)
from agent.messages import Words
from agent.text import visible
from agent.text.isolates import isolated

LinkOf = Callable[[ChainNode], str | None]
_SVG = "http://www.w3.org/2000/svg"
_STYLES = ("colours.css", "chain.css")
_SIDE_CLASS = {
    ChainSide.ARTICLE: "s-article",
    ChainSide.CONTRADICTS: "s-contradicts",
    ChainSide.SUPPORTS: "s-supports",
    ChainSide.QUALIFIES: "s-qualifies",
}
# For programs that know no style sheets.
_INK, _PAPER, _RULE = "#1c1e24", "#fffefb", "#7d839a"
_BACK = 24.0
_WIDE = 600.0


def draw_chain(chain: Chain, words: Words, link_of: LinkOf, *, name: str = "chain", alone: bool = False) -> str:
    """The picture in the direction of the words. `name` begins the ids in it, which are those of a page; `alone`: a
    file of its own, with its own colours."""
    return _Drawing(chain, ChainWording(words), link_of, name, alone=alone).text()


class _Drawing:
    def __init__(self, chain: Chain, say: ChainWording, link_of: LinkOf, name: str, *, alone: bool) -> None:
        self._chain = chain
        self._say = say
        self._link_of = link_of
        self._name = name
        self._alone = alone
        self._rtl = say.words.direction == "rtl"
        self._picture: Picture = place(chain, say)
        self._lines = {
            branch.node.id: say.line(branch) for side in branches(chain) for _, branch in depth_first(side.branches)
        }

    def text(self) -> str:
        root = self._root()
        for band in self._picture.bands:
            self._band(root, band)
        for x, value in self._picture.headings:
            self._letters(root, value, x, MARGIN + SMALL, "heading")
        for link in self._picture.links:
            self._link(root, link)
        for box in self._picture.boxes.values():
            self._box(root, box)
        self._legend(root)
        return Tree.tostring(root, encoding="unicode")

    def _root(self) -> Tree.Element:
        picture, say = self._picture, self._say
        width, height = f"{picture.width:.0f}", f"{picture.height:.0f}"
        root = Tree.Element(
            "svg",
            {
                "xmlns": _SVG,
                "class": "chain wide" if picture.width > _WIDE else "chain",
                "viewBox": f"0 0 {width} {height}",
                "width": width,
                "height": height,
                "role": "group",
                "lang": say.words.language,
                "direction": say.words.direction,
                "aria-labelledby": f"{self._name}-title",
                "aria-describedby": f"{self._name}-desc",
                "font-family": "sans-serif",
            },
        )
        _child(root, "title", id=f"{self._name}-title").text = say.heading(self._chain)
        _child(root, "desc", id=f"{self._name}-desc").text = say.summary(self._chain)
        if self._alone:
            _child(root, "style").text = _style()
            _child(root, "rect", width=width, height=height, fill=_PAPER, **{"class": "sheet"})
        return root

    def _x(self, x: float, width: float = 0.0) -> float:
        """Measured from the left, for something that begins so far from the start of the line."""
        return self._picture.width - x - width if self._rtl else x

    def _band(self, root: Tree.Element, band: Band) -> None:
        picture = self._picture
        group = _child(root, "g", **{"class": f"band {_SIDE_CLASS[band.side]}"})
        place = {"x": self._x(picture.band_x, picture.band_width), "width": picture.band_width}
        _shape(group, "rect", fill="none", rx=10, y=band.top, height=band.height, **place)
        inner = picture.band_x + PAD_X + 2
        self._letters(group, band.title, inner, band.top + 17, "side")
        for day in band.days:
            self._letters(group, day.text, inner, day.y, "day")

    def _box(self, root: Tree.Element, box: Box) -> None:
        node = box.node
        value = self._lines.get(node.id, self._say.name(node))
        classes = ["node", f"r-{node.role.value}", _SIDE_CLASS[node.side] if node.side else "s-none"]
        classes += ["uncounted"] if not node.independent and node.role is not ChainRole.ARTICLE else []
        classes += ["marked"] if node.changed or node.corrected else []
        target = self._link_of(node)
        attributes = {"class": " ".join(classes)}
        if target is not None:
            attributes |= {"href": visible(target), "aria-label": value}
        group = _child(root, "a" if target is not None else "g", **attributes)
        _child(group, "title").text = value
        self._frame(group, box)
        # What a font makes wider than was reckoned ends at the frame.
        room = {"x": self._x(box.x, box.width), "width": box.width}
        inside = _shape(group, "svg", y=box.y, height=box.height, **room)
        y = PAD_Y + SIZE - 1
        size = SMALL if box.column is ChainColumn.COPIES else SIZE
        for line in box.name:
            self._inside(inside, isolated(line), box.width, y, "name", size)
            y += LINE
        y += SMALL - SIZE
        for note in box.notes:
            self._inside(inside, note.text, box.width, y, "change" if note.marked else "note", SMALL)
            y += SMALL_LINE

    def _frame(self, group: Tree.Element, box: Box) -> None:
        round_ = box.height / 2 if box.node.role in (ChainRole.PERSON, ChainRole.ANONYMOUS, ChainRole.GROUP) else 6
        dash = {"stroke-dasharray": "4 3"} if box.node.role in (ChainRole.ANONYMOUS, ChainRole.GROUP) else {}
        _shape(
            group,
            "rect",
            x=self._x(box.x, box.width),
            y=box.y,
            width=box.width,
            height=box.height,
            rx=min(round_, 18),
            fill=_PAPER,
            stroke=_RULE,
            **{"class": "frame"},
            **dash,
        )
        if box.column is ChainColumn.REPORTS and box.node.role is not ChainRole.MORE:
            edge = {"x": self._x(box.x, 5), "y": box.y + 6, "width": 5, "height": box.height - 12}
            _shape(group, "rect", fill=_RULE, rx=2, **{"class": "edge"}, **edge)

    def _inside(self, parent: Tree.Element, text: str, width: float, y: float, kind: str, size: float) -> None:
        x = width - PAD_X - 2 if self._rtl else PAD_X + 2
        _shape(parent, "text", x=x, y=y, fill=_INK, **{"class": kind, "font-size": f"{size:g}"}).text = text

    def _letters(self, parent: Tree.Element, text: str, x: float, y: float, kind: str) -> None:
        _shape(parent, "text", x=self._x(x), y=y, fill=_INK, **{"class": kind, "font-size": f"{SMALL:g}"}).text = text

    def _link(self, root: Tree.Element, link: ChainLink) -> None:
        boxes = self._picture.boxes
        source, target = boxes[link.source], boxes[link.target]
        classes = ["link", f"b-{link.bond.value}"]
        classes.append(_SIDE_CLASS[target.node.side] if target.node.side else "s-none")
        if link.bond in COPYING:
            classes.append("copied")
        elif not target.node.independent and target.node.role is not ChainRole.ARTICLE:
            classes.append("uncounted")
        group = _child(root, "g", **{"class": " ".join(classes), "aria-hidden": "true"})
        path, tip = self._path(source, target)
        dash = {"stroke-dasharray": "5 4"} if "uncounted" in classes else {}
        _shape(group, "path", d=path, fill="none", stroke=_RULE, **dash)
        _shape(group, "path", d=tip, fill=_RULE, **{"class": "tip"})

    def _path(self, source: Box, target: Box) -> tuple[str, str]:
        x2, y2 = target.x, target.middle
        if source.column < target.column:
            x1, y1 = source.end, source.middle
            bend = (x2 - x1) / 2
            curve = self._curve(x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 4, y2)
        elif source.column is ChainColumn.COPIES:
            x1, y1 = source.x + 6, source.y + source.height
            curve = f"M{self._at(x1, y1)}L{self._at(x1, y2)}L{self._at(x2 - 4, y2)}"
        else:
            x1, y1 = source.x, source.middle + source.height / 4
            back = min(x1, x2) - _BACK
            curve = self._curve(x1, y1, back, y1, back, y2, x2 - 4, y2)
        tip = f"M{self._at(x2, y2)}L{self._at(x2 - 7, y2 - 3.5)}L{self._at(x2 - 7, y2 + 3.5)}Z"
        return curve, tip

    def _curve(self, *places: float) -> str:
        start, *rest = [self._at(x, y) for x, y in zip(places[::2], places[1::2], strict=True)]
        return f"M{start}C{' '.join(rest)}"

    def _at(self, x: float, y: float) -> str:
        return f"{self._x(x):.1f},{y:.1f}"

    def _legend(self, root: Tree.Element) -> None:
        x, y = MARGIN, self._picture.legend
        kinds = {
            "told": True,
            "copied": any(link.bond in COPYING for link in self._chain.links),
            "uncounted": self._has_uncounted(),
        }
        for kind in (name for name, shown in kinds.items() if shown):
            group = _child(root, "g", **{"class": f"link s-none {kind}"})
            dash = {"stroke-dasharray": "5 4"} if kind == "uncounted" else {}
            line = f"M{self._at(x, y - 4)}L{self._at(x + 26, y - 4)}"
            _shape(group, "path", d=line, fill="none", stroke=_RULE, **dash)
            text = self._say.words(f"chain.legend.{kind}")
            self._letters(group, text, x + 32, y, "note")
            x += 160

    def _has_uncounted(self) -> bool:
        return any(self._say.standing(node) for node in self._chain.nodes)


def _child(parent: Tree.Element, tag: str, **attributes: str) -> Tree.Element:
    return Tree.SubElement(parent, tag, attributes)


def _shape(parent: Tree.Element, tag: str, **attributes: float | str) -> Tree.Element:
    fields = {name: value if isinstance(value, str) else f"{value:.4g}" for name, value in attributes.items()}
    return Tree.SubElement(parent, tag, fields)


@lru_cache(maxsize=1)
def _style() -> str:
    folder = files("agent.doors").joinpath("templates")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in _STYLES)
