"""The date line of an article as its readers see it: beside its headline, or below its last paragraph.

What stands elsewhere is another's: a story that is linked, a comment, a picture, the foot of the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from agent.coverage.intake.article_part import LONGEST_LINE, SUBHEADINGS, ArticlePart, names_of, text_of
from agent.coverage.intake.date_address import day_in_address
from agent.coverage.intake.page_identity import Identity
from agent.dates import UnreadDate, find_date, is_date_line, tells_both, tells_change

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

# Dates stand above the first paragraph, or between a deck and the first.
_PARAGRAPHS_OF_HEAD = 1
_MOST_LINES = 200
_LONGEST_LABEL = 60
_LEVELS_OF_LABELS = 3
# In the address of all that was published on a day there are numbers, and a word such as "archive" at most.
_LONGEST_WORD = 12
_YEAR = re.compile(r"\d{4}|\d[-/. ]\d\d\b")
_INLINE = frozenset("span strong b em i small label dt font abbr a".split())
_LINES = frozenset("p div span li td time small em strong header h2 h3 h4 h5 h6 dd font b i center".split())
_DATED = frozenset(
    "date dates datetime dateline time timestamp published publish publication pubdate pub posted byline meta when"
    " submitted fecha datum tarih dt".split()
)
_PUBLISHED = frozenset("published publish pubdate pub posted publication entry-date datepublished".split())
_CHANGED = frozenset("updated update modified modification lastmod edited revised datemodified dateupdated".split())
_CLOCKS = ("datetime", "data-datetime", "data-timestamp", "data-published", "data-date", "data-time", "data-utc")


class Marked(IntEnum):
    """How plainly an element is a date line, by its name or its words; the least is believed first."""

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
    reader = _DateLineReader(ArticlePart(tree, identity), language)
    reader.read()
    for lines in (reader.above, reader.below):
        yield sorted(lines, key=lambda line: line.marked)


def shown_dates(tree: "HtmlElement") -> Iterator[str]:
    """All that may be a date in a page, whoever it is of: it shows how the page writes dates."""
    seen = 0
    for element in tree.iter("time", "span", "div", "p", "li", "td", "small"):
        if seen < _MOST_LINES and (element.tag == "time" or names_of(element) & _DATED):
            seen += 1
            yield text_of(element)[:LONGEST_LINE]


class _DateLineReader:
    """Goes through an article from its beginning to its end."""

    def __init__(self, part: ArticlePart, language: str | None) -> None:
        self.above: list[DateLine] = []
        self.below: list[DateLine] = []
        self._part = part
        self._language = language
        self._looked_at = 0

    def read(self) -> None:
        root = self._part.root
        if root is None:
            return
        # In a page that marks no article, what stands far above the headline is the head of the page.
        begun = root.tag != "body"
        paragraphs, ended = 0, False
        waiting = [root]
        while waiting and self._looked_at < _MOST_LINES:
            element = waiting.pop()
            if not isinstance(element.tag, str) or self._is_passed_over(element):
                continue
            begun = begun or element is self._part.heading or self._part.stands_over_heading(element)
            if begun and self._part.is_paragraph(element):
                paragraphs, ended = paragraphs + 1, False
                self.below.clear()
                continue
            ended = ended or (paragraphs > 0 and element.tag in SUBHEADINGS)
            line = self._line(element) if begun and not ended else None
            if line is None:
                waiting += reversed(element)
            elif paragraphs == 0 or (paragraphs == _PARAGRAPHS_OF_HEAD and line.marked < Marked.AMONG_WORDS):
                self.above.append(line)
            elif not self._part.stands_by_story(element):
                self.below.append(line)

    def _is_passed_over(self, element: "HtmlElement") -> bool:
        if self._part.is_apart(element):
            return True
        if element.tag == "a" and (address := element.get("href")):
            return not (self._part.identity.is_own(address) or self._leads_to_its_day(element, address))
        return self._is_of_change(element)

    def _is_of_change(self, element: "HtmlElement") -> bool:
        """Whether what stands in it is when the article was changed."""
        if not self._part.is_line(element) or not (_clocks(element) or _YEAR.search(text_of(element))):
            return False
        names = names_of(element)
        if names & _CHANGED and not names & _PUBLISHED:
            return not tells_both(text_of(element))
        return tells_change(_label(element))

    def _leads_to_its_day(self, link: "HtmlElement", address: str) -> bool:
        """Whether it is a date that leads to all that was published that day."""
        path = re.sub(r"^https?://[^/]*", "", address)
        if sum(map(str.isalpha, path)) > _LONGEST_WORD:
            return False
        try:
            date = find_date(text_of(link)[:LONGEST_LINE], language=self._language)
        except UnreadDate:
            return False
        return date is not None and date.day == day_in_address(path, self._language)

    def _line(self, element: "HtmlElement") -> DateLine | None:
        """What an element tells that is there to tell a date, and holds no other such element."""
        if not self._part.is_line(element) or element in self._part.above_heading:
            return None
        clocks, text = _clocks(element), text_of(element)
        if not clocks and not _YEAR.search(text):
            return None
        self._looked_at += 1
        marked = _marked(element)
        marked = self._by_its_words(element, text) if marked is None else marked
        if tells_both(text):
            # What it tells to machines may be either.
            clocks = ()
        inner = any(_marked(one) is not None for one in element.iterdescendants("time", "span", "abbr", "div", "p"))
        return None if inner or marked is None else DateLine(marked, clocks, text, self._around(element, text))

    def _around(self, element: "HtmlElement", text: str) -> str:
        """The line that it stands in, where that is one; else with what stands behind it, which may be the time."""
        parent, behind = element.getparent(), element.getnext()
        if parent is not None and self._part.is_line(parent):
            return text_of(parent)
        has_more = behind is not None and behind.tag in (*_INLINE, "time") and self._part.is_line(behind)
        return f"{text} {element.tail or ''} {text_of(behind)}" if has_more else ""

    def _by_its_words(self, element: "HtmlElement", text: str) -> Marked | None:
        if element.tag not in _LINES:
            return None
        try:
            if is_date_line(text, language=self._language, most_other_words=0):
                return Marked.ALONE
            return Marked.AMONG_WORDS if is_date_line(text, language=self._language) else None
        except UnreadDate:
            return None


def _marked(element: "HtmlElement") -> Marked | None:
    names = names_of(element)
    if element.get("pubdate") is not None or names & _PUBLISHED:
        return Marked.AS_PUBLISHED
    if element.tag == "time":
        return Marked.AS_TIME
    return Marked.AS_DATE if names & _DATED else None


def _clocks(element: "HtmlElement") -> tuple[str, ...]:
    """What it tells for machines."""
    items = [element.get(name) for name in _CLOCKS]
    if "datepublished" in names_of(element):
        items.append(element.get("content"))
    return tuple(filter(None, [*items, element.get("title") if element.tag in ("abbr", "time") else None]))


def _label(element: "HtmlElement") -> str:
    """The words right before an element, such as "Last updated:"; those before what it stands in, where there are
    none."""
    for _ in range(_LEVELS_OF_LABELS):
        parent = element.getparent()
        if parent is None:
            return ""
        pieces: list[str] = []
        before = element.getprevious()
        while before is not None and sum(map(len, pieces)) < _LONGEST_LABEL and _may_be_label(before):
            pieces[:0] = [text_of(before), before.tail or ""]
            before = before.getprevious()
        pieces.insert(0, (parent.text or "") if before is None else before.tail or "")
        words = " ".join(pieces).strip()
        if words:
            return words[-_LONGEST_LABEL:]
        element = parent
    return ""


def _may_be_label(element: "HtmlElement") -> bool:
    if not isinstance(element.tag, str):
        return True
    return element.tag in _INLINE or (element.tag in ("div", "p") and len(text_of(element)) <= _LONGEST_LABEL // 2)
