"""A piece of HTML that is no page: the body of a post, as an editor sends it. All of it is the article."""

import re

from agent.coverage.intake.markup import lines_of_html
from agent.coverage.intake.page_body import PageBody
from agent.coverage.intake.shortcodes import without_shortcodes
from agent.models import Frozen

_OF_PAGES = re.compile(r"<!doctype\b|<(?:html|head|body)\b", re.IGNORECASE)
_HEAD_CHARACTERS = 4096
_TITLE = re.compile(r"<h1(?:\s[^<>]{0,500})?>([^<>]{1,500})</h1>", re.IGNORECASE)


class Fragment(Frozen):
    """`title` is the heading of the first order, where there is one."""

    body: PageBody
    title: str | None = None


def is_whole_page(html: str) -> bool:
    """Whether it begins as pages do; most editors send no more than what stands in their body."""
    return _OF_PAGES.search(html[:_HEAD_CHARACTERS]) is not None


def read_fragment(html: str) -> Fragment:
    """All that a reader of the piece sees. Raises `ConfigurationError` without the packages for it."""
    read = lines_of_html(without_shortcodes(html))
    heading = _TITLE.search(html)
    return Fragment(
        body=PageBody(
            text=read.text,
            unseen=tuple(one.words for one in read.unseen),
            struck=tuple(one.words for one in read.struck),
        ),
        title=lines_of_html(heading[1]).text if heading else None,
    )
