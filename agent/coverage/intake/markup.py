"""The text of markup: one paragraph a line, for what agencies, feeds and editors send (XHTML, NITF, HTML)."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

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


class ArticleMarkup(NamedTuple):
    """The lines of an article, and the one that alone stood behind the last of them and is no part of it."""

    lines: Lines
    behind: str = ""


def article_of_html(html: str, *, breaks: bool = False) -> ArticleMarkup:
    """A piece of HTML without what stands beside its article: links to other stories, buttons, letters to subscribe
    to. All of it where nothing else would be left."""
    root = _tree(html)
    if root is None:
        return ArticleMarkup(Lines())
    read = read_lines(root, breaks=breaks)
    places = PlacesOnPage(root, read.lines)
    kept = beside_in(read.lines, places).left(read.lines, places)
    if not kept:
        return ArticleMarkup(read)
    is_one_behind = len(read.lines) > 1 and kept[-1] is read.lines[-2]
    return ArticleMarkup(replace(read, lines=tuple(kept)), read.lines[-1].words if is_one_behind else "")


def text_of(element: "Element") -> str:
    """The lines under an element as a text."""
    return read_lines(element).text
