"""Which words of a Word document are hidden or struck through, by themselves or by their styles."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from agent.coverage.intake.safe_xml import child_of, local_name
from agent.coverage.intake.visibility import PLAIN, TextStyle, inherited, layered

_OFF = ("false", "0", "off", "none")


class WordStyles:
    """The styles of a document; `root` is that of its styles part, None where it has none."""

    def __init__(self, root: Element | None) -> None:
        found = [one for one in root if local_name(one) == "style"] if root is not None else []
        self._styles: Mapping[str, Element] = {value_of(one, "styleId") or "": one for one in found}
        defaults = child_of(child_of(root, "docDefaults"), "rPrDefault")
        self.default = look_of(child_of(defaults, "rPr"))
        ordinary = (one for one in found if value_of(one, "default") and value_of(one, "type") == "paragraph")
        self._paragraph = value_of(next(ordinary, None), "styleId")
        self._known: dict[str, TextStyle] = {}

    def of_paragraph(self, paragraph: Element) -> TextStyle:
        return self._named(named(child_of(paragraph, "pPr"), "pStyle") or self._paragraph)

    def of_table(self, table: Element) -> TextStyle:
        return self._named(named(child_of(table, "tblPr"), "tblStyle"))

    def of_run(self, run: Element) -> TextStyle:
        """How a stretch of text looks by its own word, and then by that of its style."""
        properties = next(
            (one for one in run if local_name(one) == "rPr" and not one.tag.endswith("/math}rPr")), None
        )
        return look_of(properties).over(self._named(named(properties, "rStyle")))

    def _named(self, name: str | None) -> TextStyle:
        if name is None:
            return PLAIN
        if name not in self._known:
            chain = inherited(name, self._styles, lambda style: named(style, "basedOn") or "")
            self._known[name] = layered(look_of(child_of(style, "rPr")) for style in chain)
        return self._known[name]


def look_of(properties: Element | None) -> TextStyle:
    hidden = _is_on(child_of(properties, "vanish"))
    struck = [_is_on(child_of(properties, name)) for name in ("strike", "dstrike")]
    return TextStyle(hidden, None if struck == [None, None] else any(struck))


def named(properties: Element | None, name: str) -> str | None:
    """What a property names: a style."""
    return value_of(child_of(properties, name), "val")


def value_of(element: Element | None, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    result = element.items() if element is not None else ()
    return next((value for key, value in result if key.rpartition("}")[2] == name), None)


def _is_on(element: Element | None) -> bool | None:
    return None if element is None else (value_of(element, "val") or "true").lower() not in _OFF
