"""The text of markup: one paragraph a line, for what agencies, feeds and editors send (XHTML, NITF, HTML)."""

from typing import TYPE_CHECKING

from agent.coverage.intake.lines import Lines
from agent.coverage.intake.reader import read_lines
from agent.coverage.intake.safe_xml import missing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def text_of_html(html: str) -> str:
    """The lines of an HTML fragment as a text; raises `ConfigurationError` without the packages for it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    return lines_of_html(html).text


def lines_of_html(html: str, *, breaks: bool = False) -> Lines:
    """The lines of an HTML fragment, all of them; raises `ConfigurationError` without the packages for it."""
    try:
        from lxml.etree import ParserError  # type: ignore[import-untyped]  # ships no types
        from lxml.html import HTMLParser, fragment_fromstring  # type: ignore[import-untyped]  # ships no types
    except ImportError as err:
        raise missing() from err
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = fragment_fromstring(html.encode("utf-8", "replace"), create_parent="div", parser=parser)
    except (ParserError, ValueError):
        return Lines()
    return read_lines(root, breaks=breaks)


def text_of(element: "Element") -> str:
    """The lines under an element as a text."""
    return read_lines(element).text
