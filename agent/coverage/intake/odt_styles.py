"""Which words of an OpenDocument text are hidden or struck through by their styles."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.intake.safe_xml import local_name
from agent.coverage.intake.visibility import TextStyle, inherited, layered

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


class OdtStyles:
    """The styles of a document, from its parts in order: those of a later one go first."""

    def __init__(self, *parts: Element) -> None:
        styles = [style for part in parts for style in part.iter(f"{_STYLE}style")]
        defaults = [style for part in parts for style in part.iter(f"{_STYLE}default-style")]
        self._styles = {(_family(style), style.get(f"{_STYLE}name")): style for style in styles}
        self._defaults = {_family(style): style for style in defaults}
        self._known: dict[tuple[str, str | None], TextStyle] = {}

    def of(self, element: Element) -> TextStyle:
        """How the words of a paragraph or of a stretch of text look by its style."""
        family = "paragraph" if local_name(element) in ("p", "h") else "text"
        key = family, element.get(f"{_TEXT}style-name")
        if key not in self._known:
            self._known[key] = layered(map(_look_of, self._chain(*key)))
        return self._known[key]

    def _chain(self, family: str, name: str | None) -> Iterator[Element]:
        """A style, those above it and the default of its family."""
        yield from inherited(
            (family, name), self._styles, lambda style: (family, style.get(f"{_STYLE}parent-style-name"))
        )
        if family in self._defaults:
            yield self._defaults[family]


def _family(style: Element) -> str:
    return style.get(f"{_STYLE}family", "text")


def _look_of(style: Element) -> TextStyle:
    fields = {
        key: value
        for properties in style
        if local_name(properties) == "text-properties"
        for key, value in properties.items()
    }
    display, line = fields.get(f"{_TEXT}display"), fields.get(f"{_STYLE}text-line-through-style")
    if line is None:
        line = fields.get(f"{_STYLE}text-line-through-type")
    return TextStyle(None if display is None else display == "none", None if line is None else line != "none")
