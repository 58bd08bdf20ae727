"""Block quotes with whoever speaks in them: the words and the name stand together."""

import re
from typing import TYPE_CHECKING

from agent.coverage.intake.lines import ends_sentence
from agent.coverage.intake.safe_xml import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

QUOTES = ("blockquote", "bq")
_SIGNS = ("footer", "cite", "figcaption", "credit", "block-credit")
_QUOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:block|pull)?-?quote(?:$|[\s_-])|(?:^|\s)(?:zitat|citation|cita)(?:$|\s)", re.I
)
_SIGN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|attribution|speaker|cite|caption|credit|source|byline|name|signature|auteur|autor)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# Of what stands behind a quotation, fewer names tell: an author there may be the article's.
_SIGNS_BEHIND, _BOXES_BEHIND = ("cite", "figcaption"), ("p", "div", "span")
_BEHIND_CLASS = re.compile(r"(?:^|[\s_-])(?:attribution|speaker|cite|quotee?)(?:$|[\s_-])", re.IGNORECASE)
_BOXES = ("aside", "div", "figure", "section")
_LONGEST_SIGN = 200
_DASH = re.compile(r"\s*[—–―‒-]\s*\w")
_OPENS = "\"'“”„«»‹›‘’「『"


def is_quote(element: "Element", name: str) -> bool:
    """Whether an element is a quotation set apart, by its name or, where it holds a signature, by its class."""
    if name in QUOTES:
        return True
    if name == "figure":
        return any(next(element.iter(quote), None) is not None for quote in QUOTES)
    if name not in _BOXES or not _QUOTE_CLASS.search(element.get("class") or ""):
        return False
    return bool(signs_of(element))


def signs_of(quote: "Element") -> list["Element"]:
    """The elements that name the speaker, outermost ones only."""
    found: list[Element] = []
    waiting = [(child, quote, before) for child, before in _with_before(quote)]
    while waiting:
        element, parent, before = waiting.pop()
        if _is_sign(element) and _stands_alone(element, before, own=parent is quote):
            found.append(element)
        else:
            waiting += [(child, element, words) for child, words in _with_before(element)]
    return found


def _with_before(parent: "Element") -> list[tuple["Element", str]]:
    """The children, last first, each with the words right before it."""
    pairs = []
    before = parent.text or ""
    for child in parent:
        pairs.append((child, before))
        before = child.tail or "".join(child.itertext())[-1:] or before
    return pairs[::-1]


def _is_sign(element: "Element") -> bool:
    name = local_name(element).lower()
    flag = name in _SIGNS or (name and _SIGN_CLASS.search(element.get("class") or "") is not None)
    return bool(flag) and 0 < len("".join(element.itertext()).strip()) <= _LONGEST_SIGN


def _stands_alone(element: "Element", before: str, *, own: bool) -> bool:
    """Whether it is a signature and not the title of a work in the middle of a sentence."""
    if (element.tail or "").strip(" \t\n\r.,—–-"):
        return False
    last = before.rstrip()[-1:]
    return own or not last or not last.isalnum()


def signs_behind(quote: "Element", beside: "Element") -> bool:
    """Whether the element right behind a quotation names its speaker: one that is made for that, or a short paragraph
    that begins with a dash and ends no sentence."""
    if local_name(quote).lower() not in QUOTES or (quote.tail or "").strip():
        return False
    name, words = local_name(beside).lower(), "".join(beside.itertext()).strip()
    if not 0 < len(words) <= _LONGEST_SIGN or (beside.tail or "").strip():
        return False
    if name in _SIGNS_BEHIND:
        return True
    if name not in _BOXES_BEHIND:
        return False
    return _BEHIND_CLASS.search(beside.get("class") or "") is not None or (
        is_signature(words) and not ends_sentence(words)
    )


def is_signature(words: str) -> bool:
    """Whether a line of its own names the speaker: it is short, and begins with a dash."""
    return len(words) <= _LONGEST_SIGN and _DASH.match(words) is not None


def is_marked(words: str) -> bool:
    """Whether a quotation has its own quotation marks."""
    return words.lstrip()[:1] in _OPENS
