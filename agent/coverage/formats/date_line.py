"""The date line of an article as its readers see it: beside its headline, or below its last paragraph.

What stands elsewhere is another's: a story that is linked, a comment, a picture, the foot of the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agent.coverage.formats.date_address import day_in_address
from agent.coverage.formats.page_identity import Identity
from agent.dates import UnreadDate, find_date, is_date_line, tells_change

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_LONGEST_LINE = 200
# A paragraph of an article; by-lines are shorter.
_PARAGRAPH = 100
# Dates stand above the first of them, or between a deck and the first.
_PARAGRAPHS_OF_HEAD = 1
_LONGEST_STORY = 400
_HEADLINE_WORDS = 4
_MOST_LINES = 200
_LONGEST_WORD = 12
_MOST_HEADINGS = 50
_MOST_WORDS_BEFORE = 60
_LEVELS_BEFORE = 3
_APART = frozenset(
    "aside nav footer form figure figcaption blockquote iframe noscript template dialog select button svg video audio"
    " del script style head object map".split()
)
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol dl table tbody p span time".split())
_INLINE = frozenset("span strong b em i small label dt font abbr time a".split())
_BLOCKS = frozenset("p div span li td time small em strong header h2 h3 h4 h5 h6 dd font b i center".split())
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
_YEAR = re.compile(r"\d{4}|\d[-/. ]\d\d\b")
# Words, and parts of words, in names of classes for what is no part of the article.
_APART_WORDS = frozenset(
    "nav menu ads ad more latest tags video player gallery caption tweet embed event events today clock now".split()
)
_APART_PARTS = re.compile(
    "comment|related|recommend|sidebar|footer|copyright|newsletter|promo|teaser|popular|trending|mostread|readmore"
    "|readalso|alsoread|seealso|ticker|breadcrumb|carousel|disqus|sponsor|advert|weather|expir|deadline"
)
_OF_HEAD = re.compile("(article|entry|post|news|story)head")
_AS_A_WHOLE = frozenset(("with", "has", "no"))
_DATED = frozenset(
    "date dates datetime dateline time timestamp published publish publication pubdate pub posted byline meta when"
    " submitted fecha datum tarih dt".split()
)
_PUBLISHED = frozenset("published publish pubdate pub posted publication entry-date datepublished".split())
_CHANGED = frozenset("updated update modified modification lastmod edited revised datemodified dateupdated".split())
_CLOCKS = ("datetime", "data-datetime", "data-timestamp", "data-published", "data-date", "data-time", "data-utc")
_OTHER_LINKS = re.compile(r"/(?:author|authors|tags?|topics?|categor(?:y|ies)|sections?|profile|by)/")


class Marked(IntEnum):
    """How plainly an element is a date line; the least is believed first."""

    AS_PUBLISHED = 0
    AS_TIME = 1
    AS_DATE = 2
    ALONE = 3
    AMONG_WORDS = 4


@dataclass(frozen=True, slots=True)
class DateLine:
    """What may tell the date of an article: values for machines, the words, and the words of all that they are in."""

    marked: Marked
    clocks: tuple[str, ...]
    text: str
    around: str


def date_lines(tree: "HtmlElement", identity: Identity, language: str | None) -> Iterator[list[DateLine]]:
    """The date lines beside the article's headline, and then those below its last paragraph; of both, the most
    plainly marked first."""
    article = _Article(tree, identity, language)
    article.read()
    for lines in (article.above, article.below):
        yield sorted(lines, key=lambda line: line.marked)


def shown_dates(tree: "HtmlElement") -> Iterator[str]:
    """All that may be a date in a page, whoever it is of: it shows how the page writes dates."""
    seen = 0
    for element in tree.iter("time", "span", "div", "p", "li", "td", "small"):
        if seen < _MOST_LINES and (element.tag == "time" or _names(element) & _DATED):
            seen += 1
            yield _text(element)[:_LONGEST_LINE]


@dataclass
class _Article:
    """The part of a page in which the headline stands, read from its beginning to its end."""

    tree: "HtmlElement"
    identity: Identity
    language: str | None
    above: list[DateLine] = field(default_factory=list)
    below: list[DateLine] = field(default_factory=list)
    looked_at: int = 0

    @cached_property
    def heading(self) -> "HtmlElement | None":
        """The headline: the heading that is the page's title, the highest that is; else the first in an article."""
        headings = list(islice(self.tree.iter("h1"), _MOST_HEADINGS))
        lower = islice(self.tree.iter("h2", "h3", "h4"), _MOST_HEADINGS)
        titled = (one for some in (headings, lower) for one in some if self.identity.is_title(_text(one)))
        inside = (one for one in headings if _article_around(one) is not None)
        return next(chain(titled, inside, headings), None)

    @cached_property
    def root(self) -> "HtmlElement | None":
        if self.heading is not None:
            around = _article_around(self.heading)
            return self.tree.find(".//body") if around is None else around
        alone = list(self.tree.iter("article")) or list(self.tree.iter("main"))
        return alone[0] if len(alone) == 1 else None

    @cached_property
    def above_heading(self) -> frozenset["HtmlElement"]:
        """The elements in which the headline stands, and itself."""
        return frozenset() if self.heading is None else frozenset((self.heading, *self.heading.iterancestors()))

    @cached_property
    def sole_article(self) -> "HtmlElement | None":
        """The one that a page has, where its headline stands outside of it."""
        articles = list(islice(self.tree.iter("article"), 2))
        is_whole = len(articles) == 1 and self.sizes.get(articles[0], 0) > 2 * _PARAGRAPH
        return articles[0] if is_whole and not self._is_story(articles[0]) else None

    @cached_property
    def sizes(self) -> dict["HtmlElement", int]:
        """How much text stands in each element, counted in one pass."""
        sizes: dict[HtmlElement, int] = {}
        for element in reversed(list(self.root.iter()) if self.root is not None else []):
            own = len((element.text or "").strip()) if isinstance(element.tag, str) else 0
            sizes[element] = sizes.get(element, 0) + own
            parent = element.getparent()
            sizes[parent] = sizes.get(parent, 0) + sizes[element] + len((element.tail or "").strip())
        return sizes

    def read(self) -> None:
        if self.root is None:
            return
        # In a page that marks no article, what stands far above the headline is the head of the page.
        begun = self.root.tag != "body"
        paragraphs, ended = 0, False
        waiting = [self.root]
        while waiting and self.looked_at < _MOST_LINES:
            element = waiting.pop()
            if not isinstance(element.tag, str) or self._is_apart(element):
                continue
            begun = begun or element is self.heading or self._stands_over_heading(element)
            if begun and self._is_paragraph(element):
                paragraphs, ended = paragraphs + 1, False
                self.below.clear()
                continue
            ended = ended or (paragraphs > 0 and element.tag in _HEADINGS)
            line = self._line(element) if begun and not ended else None
            if line is None:
                waiting += reversed(element)
            elif paragraphs == 0 or (paragraphs == _PARAGRAPHS_OF_HEAD and line.marked < Marked.AMONG_WORDS):
                self.above.append(line)
            elif not self._stands_by_story(element):
                self.below.append(line)

    def _stands_over_heading(self, element: "HtmlElement") -> bool:
        behind = element.getnext()
        return behind is not None and behind in self.above_heading and self.sizes.get(behind, 0) <= _LONGEST_LINE

    def _is_paragraph(self, element: "HtmlElement") -> bool:
        if element in self.above_heading:
            return False
        if element.tag == "p":
            return self.sizes.get(element, 0) >= _PARAGRAPH
        own = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        return own >= _PARAGRAPH

    def _is_apart(self, element: "HtmlElement") -> bool:
        """Whether it is none of the article's own; never so where the headline stands in it."""
        if element in self.above_heading or element is self.root:
            return False
        if element is self.sole_article:
            return False
        if element.tag in _APART or element.tag == "article" or _is_hidden(element) or _is_named_apart(element):
            return True
        if element.tag == "a" and element.get("href"):
            return not (self.identity.is_own(element.get("href")) or self._leads_to_its_day(element))
        return self._is_story(element) or self._is_of_change(element)

    def _is_story(self, element: "HtmlElement") -> bool:
        """A small part with a link to a story in it, or a section with a heading of its own."""
        if self.sizes.get(element, 0) > _LONGEST_STORY or element.tag in _LISTS:
            return False
        if element.tag == "section" and any(True for _ in element.iter(*_HEADINGS)):
            return True
        fewest = _HEADLINE_WORDS - 1 if element.tag in ("li", "dd", "tr") else _HEADLINE_WORDS
        return any(self._leads_to_story(link, fewest) for link in element.iter("a"))

    def _stands_by_story(self, element: "HtmlElement") -> bool:
        beside = (one for one in (element.getprevious(), element.getnext()) if one is not None)
        return any(self._leads_to_story(link, _HEADLINE_WORDS - 1) for one in beside for link in one.iter("a"))

    def _leads_to_story(self, link: "HtmlElement", fewest_words: int) -> bool:
        href = link.get("href") or ""
        if not href or self.identity.is_own(href) or _OTHER_LINKS.search(href) or "author" in (link.get("rel") or ""):
            return False
        words = _text(link).split()
        return len(words) >= fewest_words and sum(map(len, words)) >= 3 * fewest_words

    def _is_of_change(self, element: "HtmlElement") -> bool:
        """Whether what stands in it is when the article was changed."""
        if self.sizes.get(element, 0) > _LONGEST_LINE or not (_clocks(element) or _YEAR.search(_text(element))):
            return False
        names = _names(element)
        return bool(names & _CHANGED and not names & _PUBLISHED) or tells_change(_lead(element))

    def _leads_to_its_day(self, link: "HtmlElement") -> bool:
        """Whether it is a date that leads to all that was published that day."""
        path = urlsplit(link.get("href")[:_LONGEST_LINE]).path
        if sum(map(str.isalpha, path)) > _LONGEST_WORD:
            return False
        try:
            told = find_date(_text(link)[:_LONGEST_LINE], language=self.language)
        except UnreadDate:
            return False
        return told is not None and told.day == day_in_address(path, self.language)

    def _line(self, element: "HtmlElement") -> DateLine | None:
        """What an element tells that is there to tell a date, and holds no other such element."""
        if self.sizes.get(element, 0) > _LONGEST_LINE or element in self.above_heading:
            return None
        clocks, text = _clocks(element), _text(element)
        if not clocks and not _YEAR.search(text):
            return None
        self.looked_at += 1
        marked = _marked(element)
        marked = self._by_its_words(element, text) if marked is None else marked
        inner = any(_marked(one) is not None for one in element.iterdescendants("time", "span", "abbr", "div", "p"))
        return None if inner or marked is None else DateLine(marked, clocks, text, self._around(element, text))

    def _around(self, element: "HtmlElement", text: str) -> str:
        """The line that it stands in, where that is one; else with what stands behind it, which may be the time."""
        parent, behind = element.getparent(), element.getnext()
        if parent is not None and self.sizes.get(parent, 0) <= _LONGEST_LINE:
            return _text(parent)
        has_more = behind is not None and behind.tag in _INLINE and self.sizes.get(behind, 0) <= _LONGEST_LINE
        return f"{text} {element.tail or ''} {_text(behind)}" if has_more else ""

    def _by_its_words(self, element: "HtmlElement", text: str) -> Marked | None:
        if element.tag not in _BLOCKS:
            return None
        try:
            if is_date_line(text, language=self.language, most_other_words=0):
                return Marked.ALONE
            return Marked.AMONG_WORDS if is_date_line(text, language=self.language) else None
        except UnreadDate:
            return None


def _article_around(heading: "HtmlElement") -> "HtmlElement | None":
    for one in heading.iterancestors():
        if one.tag in ("article", "main") or one.get("role") in ("article", "main"):
            return one
    return None


def _marked(element: "HtmlElement") -> Marked | None:
    names = _names(element)
    if element.get("pubdate") is not None or names & _PUBLISHED:
        return Marked.AS_PUBLISHED
    if element.tag == "time":
        return Marked.AS_TIME
    return Marked.AS_DATE if names & _DATED else None


def _clocks(element: "HtmlElement") -> tuple[str, ...]:
    """What it tells for machines."""
    told = [element.get(name) for name in _CLOCKS]
    return tuple(filter(None, [*told, element.get("title") if element.tag in ("abbr", "time") else None]))


def _names(element: "HtmlElement") -> set[str]:
    """The words in the names of its classes and properties, in lower case, and these names themselves."""
    told = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "property"))[:_LONGEST_STORY]
    return {word.lower() for word in _WORD.findall(told)} | {name.lower() for name in told.split()}


def _is_named_apart(element: "HtmlElement") -> bool:
    for name in f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_STORY].split():
        words = {word.lower() for word in _WORD.findall(name)}
        plain = re.sub(r"[^a-z]", "", name.lower())
        is_apart = words & _APART_WORDS or _APART_PARTS.search(plain)
        if is_apart and not words & _AS_A_WHOLE and not _OF_HEAD.search(plain):
            return True
    return False


def _is_hidden(element: "HtmlElement") -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def _lead(element: "HtmlElement") -> str:
    """The words right before an element, which may be a label for it, such as "Last updated:"."""
    for _ in range(_LEVELS_BEFORE):
        parent = element.getparent()
        if parent is None:
            return ""
        pieces: list[str] = []
        before = element.getprevious()
        while before is not None and sum(map(len, pieces)) < _MOST_WORDS_BEFORE and _may_be_label(before):
            pieces[:0] = [_text(before), before.tail or ""]
            before = before.getprevious()
        pieces.insert(0, (parent.text or "") if before is None else before.tail or "")
        words = " ".join(pieces).strip()
        if words:
            return words[-_MOST_WORDS_BEFORE:]
        element = parent
    return ""


def _may_be_label(element: "HtmlElement") -> bool:
    if not isinstance(element.tag, str):
        return True
    is_short = element.tag in ("div", "p") and len(_text(element)) <= _MOST_WORDS_BEFORE // 2
    return element.tag != "time" and (element.tag in _INLINE or is_short)


def _text(element: "HtmlElement") -> str:
    """Its words on one line; of much text, only the beginning. A comment in the page has none."""
    if not isinstance(element.tag, str):
        return ""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 4 * _LONGEST_STORY:
            break
    return " ".join(" ".join(pieces).split())
