"""The words of marked-up text: one paragraph a line, for what agencies and feeds send along (XHTML, NITF, HTML)."""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from agent.coverage.intake.reader import read_lines
from agent.coverage.intake.safe_xml import local_name, missing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SILENT = frozenset(
    "script style head noscript template iframe svg figure media form docdata pubdata story.date".split()
)
# What ends a line: the blocks of HTML and those of NITF.
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption footer h1 h2 h3 h4"
    " h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th"
    " thead tr ul br block body.content body.end body.head bq byline credit dateline datasource distributor fn"
    " hedline hl1 hl2 lede nitf nitf-table note para paragraph tagline".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
# Whatever stands in these is part of a sentence, though the sentence may be nothing but tags.
_SENTENCES = frozenset("p h1 h2 h3 h4 h5 h6 hl1 hl2 lede para byline dateline".split())
_ABOVE = frozenset(("header", "hgroup"))
# Notes to editors in the head of NITF have a body of their own.
_HEADS = frozenset(("body.head", "note"))
_KNOWN_TAGS = "|".join(map(re.escape, sorted({*_BLOCKS, *_INLINE, *_SILENT, "img", "title", "meta", "link"})))
_TAG = re.compile(rf"<(?:!doctype\b|\?xml\b|/?(?:{_KNOWN_TAGS})(?:\s[^<>]{{0,2000}})?/?>)", re.IGNORECASE)
_LINE_TAG = re.compile(
    r"</?(?:p|br|div|html|body|nitf|article|section|ul|ol|li|table|tr|h[1-6]|blockquote|block|hl1|para)\b",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,7}|#x[0-9A-Fa-f]{2,6});")
_DECLARED = re.compile(r"\A\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!DOCTYPE[^<>\[]*>\s*)?", re.IGNORECASE)
_DOCUMENT = re.compile(r"<(?:html|nitf|head|body)\b", re.IGNORECASE)
# Marked up, escaped, and escaped again happens; more is somebody's play.
_MOST_LAYERS = 4


class _Part(NamedTuple):
    """An element, and whether it stands within a sentence of its parent."""

    element: "Element"
    in_sentence: bool


def text_of_html(html: str) -> str:
    """The paragraphs of an HTML fragment; raises `ConfigurationError` without the packages for it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        from lxml.etree import ParserError  # type: ignore[import-untyped]  # ships no types
        from lxml.html import document_fromstring, fragment_fromstring  # type: ignore[import-untyped]  # likewise
    except ImportError as err:
        raise missing() from err
    # A declaration of an encoding has no meaning in what is text already, and the parser refuses it.
    text = _DECLARED.sub("", html)
    try:
        if _DOCUMENT.search(text):
            return article_text(document_fromstring(text))
        return text_of(fragment_fromstring(text, create_parent="div"))
    except (ParserError, ValueError):
        return ""


def article_part(root: "Element") -> "Element":
    """In NITF and XHTML the element that holds the article: its headline and its data stand elsewhere."""
    heads = {one for element in root.iter() if local_name(element).lower() in _HEADS for one in element.iter()}
    for name in ("body.content", "body"):
        for element in root.iter():
            if local_name(element).lower() == name and element not in heads:
                return element
    return root


def article_text(root: "Element") -> str:
    """The text of the article in NITF or XHTML, without the keywords and the date that agencies put above it."""
    part = article_part(root)
    return text_of(part, but=_ABOVE) or text_of(part)


def readable(text: str) -> str:
    """A text without the markup that was sent along with it as text, or escaped; raises as `text_of_html`."""
    for _ in range(_MOST_LAYERS):
        if _LINE_TAG.search(text) and is_marked_up(text):
            text = text_of_html(text)
        elif is_marked_up(text):
            text = text_of_html("<br>".join(text.splitlines()))
        elif _ENTITY.search(text):
            text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
        else:
            break
    return text.strip()


def is_marked_up(text: str) -> bool:
    """Whether a text holds tags of HTML or NITF."""
    return _TAG.search(text) is not None


def text_of(element: "Element", *, but: frozenset[str] = frozenset()) -> str:
    """The lines under an element. What is called by one of the names `but` is passed over."""
    return read_lines(element, but=but).text


def words_of(element: "Element | None") -> str | None:
    """The words under an element on one line; None when there are none."""
    return (" ".join(text_of(element).split()) or None) if element is not None else None


def parts_of(element: "Element | None") -> str | None:
    """As `words_of`, of what is put together from parts: a by-line of name and title."""
    if element is None:
        return None
    return " ".join("".join(_pieces(element)).split()).replace(" ,", ",") or None


def _pieces(root: "Element") -> Iterator[str]:
    """The text under an element with a break at both ends of every block, and a space at those of every part; deep
    trees take no deep calls."""
    waiting: list[_Part | str] = [_Part(root, in_sentence=False)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        name = local_name(one.element).lower()
        edge = "\n" if _ends_a_line(name, one) else " " if name not in _INLINE else ""
        inside = _inside(one, name) if name and name not in _SILENT else []
        waiting += reversed([edge, *inside, edge])


def _ends_a_line(name: str, part: _Part) -> bool:
    """Tags of an agency's own stand within a sentence wherever there is one around them."""
    return name in _BLOCKS or bool(name and name not in _INLINE and not part.in_sentence)


def _inside(part: _Part, name: str) -> "list[_Part | str]":
    element, children = part.element, list(part.element)
    texts = [element.text or "", *(child.tail or "" for child in children)]
    flows = name in _SENTENCES or any(text.strip() for text in texts)
    flows = flows or (part.in_sentence and name not in _BLOCKS)
    inside: list[_Part | str] = [_joined(texts[0])]
    for number, child in enumerate(children):
        if _names(child) and _are_two_words(texts[number], child, children[number - 1] if number else None):
            inside.append(" ")
        inside += [_Part(child, flows), _joined(texts[number + 1])]
    return inside


def _are_two_words(between: str, element: "Element", before: "Element | None") -> bool:
    """Whether what a tag names is a word of its own though no space stands before it: a last name after a first
    name, a name after "By". Words that are written together, as "و" and a name are, stay together."""
    if not between:
        return before is not None and _names(before)
    return between[-1].islower() and (element.text or "")[:1].isupper()


def _names(element: "Element") -> bool:
    """Whether a tag says what its words are, and not how they look."""
    name = local_name(element).lower()
    return bool(name) and name not in _INLINE and name not in _BLOCKS and name not in _SILENT


def _joined(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")
