"""The text of markup: one paragraph a line, for what agencies, feeds and editors send (XHTML, NITF, HTML)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.coverage.intake.beside import beside_in
from agent.coverage.intake.lines import Lines
from agent.coverage.intake.page_places import PlacesOnPage
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
    root = _tree(html)
    return read_lines(root, breaks=breaks) if root is not None else Lines()


def _tree(html: str) -> "Element | None":
    try:
        from lxml.etree import ParserError  # type: ignore[import-untyped]  # ships no types
        from lxml.html import HTMLParser, fragment_fromstring  # type: ignore[import-untyped]  # ships no types
    except ImportError as err:
        raise missing() from err
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root: Element = fragment_fromstring(html.encode("utf-8", "replace"), create_parent="div", parser=parser)
    except (ParserError, ValueError):
        return None
    return root


def article_of_html(html: str) -> str:
    """The text of an article that comes as a piece of HTML along with other things: see `article_lines`."""
    return article_lines(html).text if "<" in html or "&" in html else html.strip()


def article_lines(html: str, *, breaks: bool = False) -> Lines:
    """The lines of a piece of HTML without what stands beside its article: links to other stories, buttons, letters
    to subscribe to. All of them where nothing else would be left."""
    root = _tree(html)
    if root is None:
        return Lines()
    read = read_lines(root, breaks=breaks)
    places = PlacesOnPage(root, read.lines)
    beside = places.within(beside_in(read.lines, places))
    kept = tuple(line for line in read.lines if places.element_of(line) not in beside)
    return replace(read, lines=kept) if kept else read


def text_of(element: "Element") -> str:
    """The lines under an element as a text."""
    return read_lines(element).text
