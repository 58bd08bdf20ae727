"""The paragraphs of a block, and where claims stand in them.

A paragraph is known by its letters: its text without white space. They are the same in what is stored, what was sent
and what an editor shows, however each of them lays the text out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, NamedTuple

Block = Mapping[str, str]
# What JavaScript takes for white space, and what stands for nothing.
_SPACE = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ufffc]+")
# A tag that is begun and never ended: to the parser it is text, and looked at again letter by letter.
_NEVER_ENDED = re.compile(r"<[a-zA-Z/!?][^>]*\Z")
_APART = frozenset(
    "address article aside blockquote caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li"
    " main ol p pre section table tbody td tfoot th thead tr ul".split()
)


class Paragraph(NamedTuple):
    """`start` is its place in the text content of its block, in code points, as the service counts them."""

    start: int
    text: str


class Mark(NamedTuple):
    """A claim in a paragraph, half open, in letters of it."""

    claim: str
    start: int
    end: int


def letters_of(text: str) -> str:
    return _SPACE.sub("", text)


def paragraphs_of(block: Block) -> Iterator[Paragraph]:
    """Those with letters, top to bottom."""
    found = _HtmlParagraphs(block["html"]).found if block.get("html") else _lines(block.get("text", ""))
    return (one for one in found if letters_of(one.text))


def marks_in(paragraph: Paragraph, spans: Iterable[Mapping[str, Any]]) -> Iterator[Mark]:
    """`spans` are the service's, of the block that the paragraph is of, each with the `words` that its claim rests
    on. Where other words stand there is no mark: nothing is said of words that the claim is not about."""
    for span in spans:
        start = max(span["start"] - paragraph.start, 0)
        end = min(span["end"] - paragraph.start, len(paragraph.text))
        within = letters_of(paragraph.text[start:end]) if start < end else ""
        if within and any(within in words for words in span["words"]):
            at = len(letters_of(paragraph.text[:start]))
            yield Mark(span["claim_id"], at, at + len(within))


def _lines(text: str) -> Iterator[Paragraph]:
    at = 0
    for line in text.split("\n"):
        yield Paragraph(at, line)
        at += len(line) + 1


class _HtmlParagraphs(HTMLParser):
    """Text content, ended wherever a browser begins another paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._words: list[str] = []
        self._at = 0
        whole = html.replace("\r\n", "\n").replace("\r", "\n")
        ended = whole.rfind(">") + 1
        self.feed(whole[:ended] + _NEVER_ENDED.sub("", whole[ended:]))
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _APART:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in _APART:
            self._end()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _end(self) -> None:
        text = "".join(self._words)
        self.found.append(Paragraph(self._at, text))
        self._at += len(text)
        self._words = []
