"""The article in the tree of a page: all of it, and nothing of what stands beside it.

Trafilatura tells which lines of a page are its article. It drops some that are, such as rows of tables, captions and
corrections; they are put back from the element that the others stand in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from agent.coverage.intake.beside import beside_in, is_beside, may_be_beside
from agent.coverage.intake.captions import caption_of, is_caption
from agent.coverage.intake.lines import Lines, MarkupLine, between, ends_sentence
from agent.coverage.intake.live import begins_with_time, times_of_entries
from agent.coverage.intake.noted import lines_of_notes
from agent.coverage.intake.offers import Offers, offers_in
from agent.coverage.intake.page_places import PlacesOnPage
from agent.coverage.intake.quoted import QUOTES
from agent.coverage.intake.reader import read_lines
from agent.coverage.intake.traced import traced
from agent.models import Frozen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_WHOLE = ("html", "body", "article", "main")
_CONTAINERS = frozenset("html body article main section div center form td".split())
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_KINDS = frozenset(
    ("li", "dd", "dt", "td", "th", "figcaption", "caption", "blockquote", "p", "pre", *_HEADINGS, "h1")
)
_LISTED = frozenset("li dd dt blockquote caption".split())
# The element that holds at least this share of what trafilatura gave is the article's.
_MOST = 0.85
_LINKED, _MOSTLY_LINKED, _ALL_LINKED, _SEVERAL, _LINKS_A_LINE = 0.3, 0.5, 0.8, 3, 0.4
# A short page gives trafilatura too little to tell by; then the page's own elements do.
_SHORT = 250
_FEWEST_WORDS = 4
_SEVERAL_ENTRIES = 2
_SHORTEST_PULLED = 20
_MARKS = " \"'“”„«»‹›‘’"


class PageBody(Frozen):
    """`cut`: the page offers the rest of the article for sale. `beside`: the lines of the article's own element that
    are no part of it; `unseen` and `struck`: words in it that a reader does not see, or sees struck out."""

    text: str
    cut: bool = False
    beside: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()


def article_in(root: "HtmlElement", *, restricted: bool = False) -> PageBody | None:
    """The article under the root of a page, whose tree is used up by it; None when there is none. `restricted`: the
    page says that it is not free."""
    read = read_lines(root)
    places = PlacesOnPage(root, read.lines)
    offers = offers_in(read.lines, places, restricted=restricted)
    beside = beside_in(read.lines, places)
    gone = places.within((*beside.elements, *offers.boxes))
    sold = set(map(id, offers.lines))
    lines = [
        one for one in beside.left(read.lines, places) if id(one) not in sold and places.element_of(one) not in gone
    ]
    tops: list[HtmlElement] = [one for one in gone if places.parent.get(one) not in gone]
    for element in tops:
        element.drop_tree()
    found = traced(root, lines)
    if found.elsewhere is not None:
        return PageBody(text=found.elsewhere, cut=offers.cut)
    chosen = _BodyCandidate(places, lines, found.lines)
    if not (text := chosen.text()):
        return None
    return chosen.body(text, read, offers)


@dataclass(frozen=True, slots=True)
class _ElementRole:
    """What an element is within its article: what kind of line stands in it, and whether it is no part of it."""

    branch: "Element"
    kind: str = ""
    quoted: bool = False
    caption: bool = False
    aside: bool = False
    beside: bool = False
    perhaps: bool = False


class _BodyCandidate:
    """The lines of an article: those that were found, and those that belong to them."""

    def __init__(self, places: PlacesOnPage, lines: Sequence[MarkupLine], found: Sequence[MarkupLine]) -> None:
        self._places = places
        self._lines = lines
        self._found = set(map(id, found))
        if sum(len(line.words) for line in found) < _SHORT and (frame := self._frame()) is not None:
            self.container = frame
            self._found &= set(map(id, places.lines_in(frame)))
        else:
            self.container = self._around(found)
        self._inside = set(map(id, places.lines_in(self.container)))
        self._weights = places.weighed(line for line in lines if id(line) in self._found)
        self._notes = lines_of_notes(lines, places, self.container)
        near = [one for one in lines if id(one) in self._inside]
        self._times = times_of_entries(near, self._found, self._weights, places)
        self._standing = places.handed_down(self._stands)
        self._said = "\n".join(line.words for line in lines if id(line) in self._found)

    def _frame(self) -> "Element | None":
        """The element by which a page tells itself where its article is."""
        for name in ("article", "main"):
            frames = [one for one in self._places.order if one.tag == name and self._places.length(one)]
            titled = [one for one in frames if next(one.iter("h1"), None) is not None]
            if titled or len(frames) == 1:
                return (titled or frames)[0]
        return next((one for one in self._places.order if one.get("itemprop") == "articleBody"), None)

    def _around(self, found: Sequence[MarkupLine]) -> "Element":
        """The innermost element with most of what was found."""
        weights = self._places.weighed(found)
        container = self._places.root
        while True:
            inner = [one for one in container if one.tag in _CONTAINERS]
            heaviest = max(inner, key=lambda one: weights[one], default=None)
            if heaviest is None or weights[heaviest] < _MOST * weights[self._places.root]:
                return container
            container = heaviest

    def text(self) -> str:
        """The article; empty when there is none. Entries of live reports stand apart."""
        _worded_lines = self._worded_lines
        timed = [line for line, _ in _worded_lines if begins_with_time(line)]
        entries = {*self._times, *(map(id, timed) if len(timed) >= _SEVERAL_ENTRIES else ())}
        parts = [words for _, words in _worded_lines[:1]]
        for (last, _), (line, words) in pairwise(_worded_lines):
            parts += ["\n\n" if id(line) in entries else between(last), words]
        return "".join(parts)

    @cached_property
    def _worded_lines(self) -> list[tuple[MarkupLine, str]]:
        return [(line, words) for line in self._kept() if (words := self._words(line))]

    def body(self, text: str, read: Lines, offers: Offers) -> PageBody:
        """The text with what stood in the article's element and is not in it."""
        places, value = self._places, {id(line) for line, _ in self._worded_lines}
        within = places.within([self.container])
        sold = places.within(offers.boxes)
        others = [line for line in places.lines_in(self.container) if id(line) not in value]
        beside = [line.words for line in others if places.element_of(line) not in sold]
        return PageBody(
            text=text,
            cut=offers.cut,
            beside=tuple(words for words in beside if len(words.split()) >= _FEWEST_WORDS),
            unseen=tuple(one.words for one in read.unseen if one.element in within),
            struck=tuple(one.words for one in read.struck if one.element in within),
        )

    def _kept(self) -> Iterator[MarkupLine]:
        """Headings are kept with what they stand over."""
        headings: list[MarkupLine] = []
        seen: set[str] = set()
        for line in self._lines:
            known = id(line) in self._found or id(line) in self._notes or id(line) in self._times
            if not known and (id(line) not in self._inside or line.words in seen or not self._may_belong(line)):
                continue
            if not known and self._of(line).kind in _HEADINGS:
                headings.append(line)
            elif known or self._belongs(line):
                seen.add(line.words)
                yield from (*headings, line)
                headings = []

    def _words(self, line: MarkupLine) -> str:
        if id(line) in self._times:
            return self._times[id(line)]
        return caption_of(line, self._places) if self._of(line).caption and not line.is_row else line.words

    def _may_belong(self, line: MarkupLine) -> bool:
        standing, linked = self._of(line), self._places.linked_share(line)
        if standing.beside:
            return False
        if line.is_row:
            # Names in a table are links often enough; a number before a link is the place of a story among others.
            return linked < _ALL_LINKED or (not line.words[0].isdecimal() and any(map(str.isdecimal, line.words)))
        if standing.perhaps or linked >= _MOSTLY_LINKED or self._leads_away(standing.branch):
            return False
        return not self._is_repeated(line)

    def _leads_away(self, branch: "Element") -> bool:
        """Whether an element is a list of other stories, each with a link and some words."""
        links = self._places.links_in(branch)
        crowded = links >= _SEVERAL and links >= _LINKS_A_LINE * len(self._places.lines_in(branch))
        return crowded or self._places.linked_share_of(branch) >= _LINKED

    def _is_repeated(self, line: MarkupLine) -> bool:
        """Whether a quotation is pulled out of the article, which has it as well."""
        words = line.words.strip(_MARKS)
        pulled = self._of(line).quoted or self._of(line).aside
        return pulled and len(words) >= _SHORTEST_PULLED and words in self._said

    def _belongs(self, line: MarkupLine) -> bool:
        """Whether a line that trafilatura dropped is the article's by what it is."""
        count = len(line.words.split())
        standing = self._of(line)
        if line.is_row or standing.kind in _LISTED or standing.caption or standing.quoted:
            return count > 1 or standing.kind == "caption"
        return count >= _FEWEST_WORDS and ends_sentence(line.words)

    def _of(self, line: MarkupLine) -> _ElementRole:
        return self._standing[self._places.element_of(line)]

    def _stands(self, element: "Element", above: _ElementRole | None) -> _ElementRole:
        """What holds for an element within the article's own, or for one that is beyond it."""
        name = str(element.tag)
        if above is None or element is self.container or name in _WHOLE:
            return _ElementRole(branch=element)
        return _ElementRole(
            kind=name if name in _KINDS else above.kind,
            quoted=above.quoted or name in QUOTES,
            caption=above.caption or is_caption(element),
            aside=above.aside or name == "aside",
            beside=above.beside or is_beside(element, name),
            perhaps=above.perhaps or may_be_beside(element, name),
            # The largest element around in which nothing was found.
            branch=element if self._weights[self._places.parent[element]] else above.branch,
        )
