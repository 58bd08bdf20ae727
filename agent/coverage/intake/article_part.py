"""The part of a page that is its article, seen from its headline: without stories, comments and pictures in it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from agent.coverage.intake.page_identity import Identity

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

# A paragraph of an article; by-lines are shorter.
_PARAGRAPH = 100
# By-lines and date lines are no longer; teasers may be.
LONGEST_LINE = 200
_LONGEST_STORY = 400
_LONGEST_NAMES = 400
_LONGEST_TEXT = 1600
_HEADLINE_WORDS = 4
_MOST_HEADINGS = 50
SUBHEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_APART = frozenset(
    "article aside nav footer form figure figcaption blockquote iframe noscript template dialog select button svg"
    " video audio del script style head object map meta link img input".split()
)
# What holds stories beside each other, or is none by itself.
_NO_STORIES = frozenset("ul ol dl table tbody p span time a".split())
# Words, and parts of words, in names of classes for what is no part of the article.
_APART_WORDS = frozenset(
    "nav menu ads ad more latest tags video player gallery caption tweet embed event events today clock now".split()
)
_APART_PARTS = re.compile(
    "comment|related|recommend|sidebar|footer|copyright|newsletter|promo|teaser|popular|trending|mostread|readmore"
    "|readalso|alsoread|seealso|ticker|breadcrumb|carousel|disqus|sponsor|advert|weather|expir|deadline"
)
_OF_HEAD = re.compile("(article|entry|post|news|story)head")
_TELLING_OF_OTHERS = frozenset(("with", "has", "no"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
_TO_NO_STORY = re.compile(r"/(?:authors?|tags?|topics?|categor(?:y|ies)|sections?|profile|by)/")


@dataclass
class ArticlePart:
    """What of a page is the article: its heading, and the element that holds its text."""

    tree: "HtmlElement"
    identity: Identity

    @cached_property
    def heading(self) -> "HtmlElement | None":
        """The headline: the heading that is the page's title, the highest that is; else the first in an article."""
        headings = list(islice(self.tree.iter("h1"), _MOST_HEADINGS))
        lower = islice(self.tree.iter("h2", "h3", "h4"), _MOST_HEADINGS)
        titled = (one for some in (headings, lower) for one in some if self.identity.is_title(text_of(one)))
        inside = (one for one in headings if _article_around(one) is not None)
        return next(chain(titled, inside, headings), None)

    @cached_property
    def root(self) -> "HtmlElement | None":
        """What holds the article and as little else as the page tells; the whole body where it marks none."""
        if self.heading is not None:
            around = _article_around(self.heading)
            return self.tree.find(".//body") if around is None else around
        alone = list(self.tree.iter("article")) or list(self.tree.iter("main"))
        return alone[0] if len(alone) == 1 else None

    @cached_property
    def above_heading(self) -> frozenset["HtmlElement"]:
        """The headline, and the elements in which it stands."""
        return frozenset() if self.heading is None else frozenset((self.heading, *self.heading.iterancestors()))

    def size(self, element: "HtmlElement") -> int:
        """How many characters of text stand in an element of the article."""
        return self._sizes.get(element, 0)

    def is_line(self, element: "HtmlElement") -> bool:
        return self.size(element) <= LONGEST_LINE

    def is_paragraph(self, element: "HtmlElement") -> bool:
        """Whether a paragraph of the article stands in it directly."""
        if element in self.above_heading:
            return False
        if element.tag == "p":
            return self.size(element) >= _PARAGRAPH
        own = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        return own >= _PARAGRAPH

    def is_apart(self, element: "HtmlElement") -> bool:
        """Whether it is none of the article's own; never so where the headline stands in it."""
        if element in self.above_heading or element is self.root or element is self._sole_article:
            return False
        return element.tag in _APART or _is_hidden(element) or _is_named_apart(element) or self._is_story(element)

    def stands_over_heading(self, element: "HtmlElement") -> bool:
        """Whether the headline stands right behind it, alone or with a few other words."""
        behind = element.getnext()
        return behind is not None and behind in self.above_heading and self.is_line(behind)

    def stands_by_story(self, element: "HtmlElement") -> bool:
        """Whether a link to a story stands right before or behind it."""
        beside = (one for one in (element.getprevious(), element.getnext()) if one is not None)
        return any(self._leads_to_story(link, _HEADLINE_WORDS - 1) for one in beside for link in one.iter("a"))

    @cached_property
    def _sole_article(self) -> "HtmlElement | None":
        """The one that a page marks, where its headline stands outside of it. One of several may be a teaser."""
        articles = list(islice(self.tree.iter("article"), 2))
        is_whole = len(articles) == 1 and self.size(articles[0]) > 2 * _PARAGRAPH
        return articles[0] if is_whole and not self._is_story(articles[0]) else None

    @cached_property
    def _sizes(self) -> dict["HtmlElement", int]:
        """Counted in one pass: a page can nest its elements as it likes."""
        sizes: dict[HtmlElement, int] = {}
        for element in reversed(list(self.root.iter()) if self.root is not None else []):
            own = len((element.text or "").strip()) if isinstance(element.tag, str) else 0
            sizes[element] = sizes.get(element, 0) + own
            parent = element.getparent()
            sizes[parent] = sizes.get(parent, 0) + sizes[element] + len((element.tail or "").strip())
        return sizes

    def _is_story(self, element: "HtmlElement") -> bool:
        """A small part with a link to a story in it, or a small section with a heading of its own."""
        if self.size(element) > _LONGEST_STORY or element.tag in _NO_STORIES:
            return False
        if element.tag == "section" and any(True for _ in element.iter(*SUBHEADINGS)):
            return True
        fewest = _HEADLINE_WORDS - 1 if element.tag in ("li", "dd", "tr") else _HEADLINE_WORDS
        return any(self._leads_to_story(link, fewest) for link in element.iter("a"))

    def _leads_to_story(self, link: "HtmlElement", fewest_words: int) -> bool:
        href = link.get("href") or ""
        if not href or self.identity.is_own(href) or _TO_NO_STORY.search(href) or "author" in (link.get("rel") or ""):
            return False
        words = text_of(link).split()
        return len(words) >= fewest_words and sum(map(len, words)) >= 3 * fewest_words


def text_of(element: "HtmlElement") -> str:
    """The words of an element on one line, of much text only the beginning; none of a comment in the page."""
    if not isinstance(element.tag, str):
        return ""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST_TEXT:
            break
    return " ".join(" ".join(pieces).split())


def names_of(element: "HtmlElement") -> set[str]:
    """The names of its classes and properties in lower case, and the words in them."""
    value = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "property"))[:_LONGEST_NAMES]
    return {word.lower() for word in _WORD.findall(value)} | {name.lower() for name in value.split()}


def _article_around(heading: "HtmlElement") -> "HtmlElement | None":
    for one in heading.iterancestors():
        if one.tag in ("article", "main") or one.get("role") in ("article", "main"):
            return one
    return None


def _is_named_apart(element: "HtmlElement") -> bool:
    """Names such as `with-sidebar` and `no-comments` tell of the page, and `articleHead` of its own."""
    for name in f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAMES].split():
        words = {word.lower() for word in _WORD.findall(name)}
        plain = re.sub(r"[^a-z]", "", name.lower())
        is_apart = words & _APART_WORDS or _APART_PARTS.search(plain)
        if is_apart and not words & _TELLING_OF_OTHERS and not _OF_HEAD.search(plain):
            return True
    return False


def _is_hidden(element: "HtmlElement") -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style
