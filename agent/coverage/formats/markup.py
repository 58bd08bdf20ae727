"""The words of marked-up text: one paragraph a line, for what agencies and feeds send along (XHTML, NITF, HTML)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.coverage.formats.safe_xml import local_name, missing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SILENT = frozenset(("script", "style", "head", "noscript", "template", "iframe", "svg", "figure", "media", "form"))
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q s samp small span strike strong"
    " sub sup time tt u var wbr person org location event chron money num".split()
)


def text_of_html(html: str) -> str:
    """The paragraphs of an HTML fragment; raises `ConfigurationError` without the packages for it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        from lxml.etree import ParserError  # type: ignore[import-untyped]  # ships no types
        from lxml.html import fragment_fromstring  # type: ignore[import-untyped]  # ships no types
    except ImportError as err:
        raise missing() from err
    try:
        return text_of(fragment_fromstring(html, create_parent="div"))
    except (ParserError, ValueError):
        return ""


def text_of(element: "Element") -> str:
    """The paragraphs under an element, empty ones left out; breaks of lines inside of them are only spaces."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(root: "Element") -> Iterator[str]:
    """The text under an element with a break at both ends of every block; deep trees take no deep calls."""
    waiting: list[Element | str] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        name = local_name(one).lower()
        edge = "" if name in _INLINE and name != "br" else "\n"
        inside: list[Element | str] = [edge]
        if name and name not in _SILENT:
            inside.append((one.text or "").replace("\n", " "))
            for child in one:
                inside += [child, (child.tail or "").replace("\n", " ")]
        waiting += reversed([*inside, edge])
