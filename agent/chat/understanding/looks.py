"""What a message is by its looks alone: an article, an address, or something said.

An article is recognised before anything reads it, so that nothing in it is ever taken for an order.
"""

import re
from typing import Literal

from agent.chat.actions import Action, ActionName
from agent.text import visible

Language = Literal["ar", "en"]

# An article has this many characters in one line, or the fewer in several.
_ARTICLE_CHARS = 400
_ARTICLE_CHARS_IN_LINES = 250
_LONGEST_LEAD = 200
_URL = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
_QUOTED = re.compile('[«“"„]([^»”"„“«]{2,2000})[»”"“]')
_ENDS_LEAD = re.compile("[:?؟：]\\s*$")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile("[A-Za-z]")
_COMMAND = re.compile(r"^\s*/\S*")
_TRAILING = ".,;:!?)]}،؛؟"


def is_article(text: str) -> bool:
    """Whether a message is long enough to be one: length and lines, and nothing of what it says."""
    lines = sum(1 for line in text.splitlines() if line.strip())
    return len(text.strip()) >= (_ARTICLE_CHARS_IN_LINES if lines > 1 else _ARTICLE_CHARS)


def recognised(message: str) -> Action | None:
    """Verifying a pasted article, or the page at an address that stands alone; None for what is said."""
    text = message.strip()
    if _URL.fullmatch(text):
        return Action(name=ActionName.VERIFY, url=text)
    if not is_article(text):
        return None
    first, _, rest = text.partition("\n")
    if rest and len(first) <= _LONGEST_LEAD and _ENDS_LEAD.search(first) and is_article(rest):
        return Action(name=ActionName.VERIFY, words=rest.strip("\n"), lead=first.strip())
    return Action(name=ActionName.VERIFY, words=text)


def address_in(message: str) -> str | None:
    """The first web address in what was said."""
    found = _URL.search(message)
    return found[0].rstrip(_TRAILING) if found else None


def without_address(message: str) -> str:
    return _URL.sub(" ", message)


def quoted_in(message: str) -> str:
    """What stands between quotation marks."""
    found = _QUOTED.search(message)
    return found[1].strip() if found else ""


def without_quoted(message: str) -> str:
    return _QUOTED.sub(" ", message)


def language_of(message: str, before: Language) -> Language:
    """The language that somebody speaks, whatever they quote; `before` where a message does not tell."""
    spoken = _COMMAND.sub(" ", without_quoted(without_address(visible(message))))
    arabic, latin = len(_ARABIC.findall(spoken)), len(_LATIN.findall(spoken))
    if arabic == latin:
        return "ar" if _ARABIC.search(message.lstrip("/ ")[:1]) else before
    return "ar" if arabic > latin else "en"
