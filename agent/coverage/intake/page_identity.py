"""Which of the things that a page describes is the page itself: by its addresses and its headlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from rapidfuzz import fuzz

from agent.coverage.index.address import page_key
from agent.coverage.intake.metadata import is_web_address
from agent.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_ALIKE = 88
_SHORTEST_PART = 15
_LONGEST_TITLE = 400
_LONGEST_ADDRESS = 2000
_MOST_HEADINGS = 20


class Ownership(StrEnum):
    """Of whom a description is. `OPEN`: it does not tell."""

    OWN = "own"
    OPEN = "open"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page is known by: its addresses, the titles in its head, and its main headings."""

    base: str
    keys: frozenset[str]
    titles: tuple[str, ...]
    headings: tuple[str, ...]

    def whose(self, addresses: Iterable[str], headlines: Iterable[str]) -> Ownership:
        """Of whom something is that calls itself by these. An address of the site's front page tells nothing."""
        if any(self.is_headline(one) for one in headlines):
            return Ownership.OWN
        keys = {key for one in addresses if (key := self._key(one)) is not None} if self.keys else set()
        if keys & self.keys:
            return Ownership.OWN
        return Ownership.OTHER if keys else Ownership.OPEN

    def is_own(self, address: str) -> bool:
        """Whether a link leads to the page that it stands in."""
        return address.startswith("#") or self._key(address) in self.keys

    def is_title(self, text: str) -> bool:
        """Whether it is what the page calls itself in its head."""
        words = _plain(text)
        return any(_alike(words, title) for title in self.titles) if words else False

    def is_headline(self, text: str) -> bool:
        """The same, or what one of its main headings says."""
        words = _plain(text)
        return any(_alike(words, title) for title in (*self.titles, *self.headings)) if words else False

    def _key(self, address: str) -> str | None:
        url = _whole(self.base, address)
        return page_key(url) if is_web_address(url) and urlsplit(url).path not in ("", "/") else None


def _whole(base: str, address: str) -> str:
    """An address without what it points to within its page; empty for what is none."""
    try:
        return urldefrag(urljoin(base, address.strip()[:_LONGEST_ADDRESS])).url
    except ValueError:
        return ""


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_PART and shorter in longer) or fuzz.ratio(one, other) >= _ALIKE


def title_of(tree: "HtmlElement", text: str | None) -> str | None:
    """The title that a page's reader found, unless the page calls neither itself nor its headline so: then it is that
    of something that the page describes, such as an entry of a live report."""
    if text and identity_of(tree, ()).is_headline(text):
        return text
    headings = (one.text_content() for one in islice(tree.iter("h1"), 1))
    own = (*_meta(tree, "og:title", "twitter:title"), *headings)
    return next((title for one in own if (title := " ".join(one.split()))), text)


def identity_of(tree: "HtmlElement", addresses: Iterable[str | None]) -> Identity:
    """By the addresses from outside and those that the page names, its titles and its main heading."""
    known = [one for one in (*addresses, *_named(tree)) if one]
    base = next((one for one in known if is_web_address(one)), "")
    keys = frozenset(key for one in known if (key := page_key(_whole(base, one))) is not None)
    titles = dict.fromkeys(_plain(one) for one in _titles(tree))
    headings = dict.fromkeys(_plain(one.text_content()) for one in islice(tree.iter("h1"), _MOST_HEADINGS))
    return Identity(base, keys, tuple(filter(None, titles)), tuple(filter(None, headings)))


def _plain(text: str) -> str:
    return fold(" ".join(text[: 2 * _LONGEST_TITLE].split())[:_LONGEST_TITLE])


def _named(tree: "HtmlElement") -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href")
    yield from _meta(tree, "og:url")


def _titles(tree: "HtmlElement") -> Iterator[str]:
    yield from _meta(tree, "og:title", "twitter:title", "title")
    for element in islice(tree.iter("title"), _MOST_HEADINGS):
        yield element.text_content()


def _meta(tree: "HtmlElement", *names: str) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in names and meta.get("content"):
            yield meta.get("content")
