"""What elements of HTML, NITF and agencies' own markup are to a reader of their words."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agent.coverage.intake.hidden import is_for_screen_readers
from agent.coverage.intake.raised import Height
from agent.coverage.intake.safe_xml import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SILENT = frozenset(
    "script style head title noscript template iframe svg object embed applet audio video canvas map select textarea"
    " button datalist rp rt rtc form media-reference media-metadata media-producer media-object"
    " docdata pubdata story.date".split()
)
_NO_BREAK = frozenset("script style noscript template svg rp rt rtc".split())
# What ends a line: the blocks of HTML and those of NITF.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section summary"
    " table tbody td tfoot th thead tr ul block body.content body.end body.head bq byline credit dateline datasource"
    " distributor fn hedline hl1 hl2 lede media media-caption nitf nitf-table note para paragraph tagline".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output picture q"
    " ruby rb s samp small source span strike strong sub sup time tt u var wbr".split()
)
# Whatever stands in these is part of a sentence, though the sentence may be nothing but tags.
_SENTENCES = frozenset("p h1 h2 h3 h4 h5 h6 hl1 hl2 lede para byline dateline".split())
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?")
_BLOCK_STYLE = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)


def is_block(name: str, *, flows: bool) -> bool:
    """Whether an element ends a line. Tags of an agency's own stand within a sentence wherever one flows around
    them."""
    return name in BLOCKS or bool(name and name not in _INLINE and not flows)


def is_shown_as_block(element: "Element") -> bool:
    """Whether the page draws it on lines of its own, whatever it is called."""
    return _styled(element, _BLOCK_STYLE)


def breaks_unread(name: str, *, flows: bool) -> bool:
    """Whether an element ends a line even where it is not read itself."""
    return is_block(name, flows=flows) and name not in _NO_BREAK


def flows_within(element: "Element", name: str, children: Sequence["Element"], *, flows: bool) -> bool:
    """Whether the children of an element stand within a sentence."""
    if name in _SENTENCES or (flows and name not in BLOCKS):
        return True
    return any(text and not text.isspace() for text in (element.text, *(child.tail for child in children)))


def is_struck(element: "Element", name: str) -> bool:
    return name in _STRUCK or _styled(element, _STRUCK_STYLE)


def height_of(element: "Element", name: str) -> Height | None:
    """Whether an element stands raised or lowered."""
    if name == "sub":
        return Height.LOWERED
    return Height.RAISED if name == "sup" or (name == "span" and _styled(element, _RAISED_STYLE)) else None


def _styled(element: "Element", style: re.Pattern[str]) -> bool:
    value = element.get("style")
    return value is not None and style.search(value) is not None


def stamp_of(element: "Element") -> str | None:
    """The day and the time that an element tells to programs."""
    stamp = _STAMP.match(element.get("datetime") or "")
    if stamp is None:
        return None
    return " ".join(filter(None, (stamp[1], stamp[2], "UTC" if stamp[3] == "Z" else stamp[3])))


def said_twice(children: Sequence["Element"]) -> set["Element"]:
    """Those that are only read out, where nothing beside them is only looked at."""
    read_out = {child for child in children if is_for_screen_readers(child)}
    return set() if any(child.get("aria-hidden") == "true" for child in children) else read_out


def are_two_words(parent: "Element", before: "Element | None", element: "Element") -> bool:
    """Whether what a tag names is a word of its own though no space stands before it: a last name after a first
    name, a name after "By". Words that are written together, as "و" and a name are, stay together."""
    if not _names(element):
        return False
    between = (parent.text if before is None else before.tail) or ""
    if not between:
        return before is not None and _names(before)
    return between[-1].islower() and (element.text or "")[:1].isupper()


def _names(element: "Element") -> bool:
    """Whether a tag says what its words are, and not how they look."""
    name = local_name(element).lower()
    return bool(name) and name not in _INLINE and name not in BLOCKS and name not in SILENT and name != "br"


def nodes_of(element: "Element") -> Iterator[tuple["Element", bool, str]]:
    """The nodes of an element that hold words, in order: each with whether its words stand behind it."""
    waiting = [(element, False)]
    while waiting:
        node, tail = waiting.pop()
        if value := (node.tail if tail else node.text):
            yield node, tail, value
        if not tail:
            for child in reversed(list(node)):
                waiting += [(child, True), (child, False)]


def spoken(element: "Element") -> str:
    """The words in an element on one line, those of scripts and the like left out."""
    words: list[str] = []
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        node, tail = waiting.pop()
        if tail:
            words.append(node.tail or "")
        elif local_name(node).lower() not in SILENT:
            words.append(node.text or "")
            for child in reversed(list(node)):
                waiting += [(child, True), (child, False)]
    return " ".join(" ".join(words).split())
