"""What a message is by its looks alone: an article, an address, or something said.

An article is recognised before anything reads it, so that nothing in it is ever taken for an order.
"""

import re
from functools import cache

from agent.chat.actions import Action, ActionName
from agent.messages import ENGLISH, languages, load_words, spoken_for
from agent.text import fold, visible
from agent.text.language import UNKNOWN, detect_language

# An article has this many characters in one line, or the fewer in several.
_ARTICLE_CHARS = 400
_ARTICLE_CHARS_IN_LINES = 250
_LONGEST_LEAD = 200
_URL = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
_QUOTED = re.compile('[«“"„]([^»”"„“«]{2,2000})[»”"“]')
_ENDS_LEAD = re.compile("[:?؟：]\\s*$")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
# Letters that Arabic has not, and letters that the others write otherwise.
_OF_URDU = re.compile("[ٹڈڑںےہ]")
_OF_PERSIAN = re.compile("[پچژگکی]")
_OF_ARABIC = re.compile("[ةىيك]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile("[^\\W\\d_]+")
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
    return next(iter(addresses_in(message)), None)


def addresses_in(message: str) -> list[str]:
    """The web addresses in what was said, in order."""
    return [found.rstrip(_TRAILING) for found in _URL.findall(message)]


def without_address(message: str) -> str:
    return _URL.sub(" ", message)


def quoted_in(message: str) -> str:
    """What stands between quotation marks."""
    found = _QUOTED.search(message)
    return found[1].strip() if found else ""


def without_quoted(message: str) -> str:
    return _QUOTED.sub(" ", message)


def set_apart(message: str) -> list[tuple[int, int]]:
    """Where quotations and web addresses stand."""
    return [found.span() for pattern in (_QUOTED, _URL) for found in pattern.finditer(message)]


def tongue_of(message: str, before: str) -> str:
    """The language that somebody speaks, whatever they quote; `before` where a message does not tell. What is written
    in Latin letters counts as English, unless it is in a language that answers are worded in."""
    spoken = _COMMAND.sub(" ", without_quoted(without_address(visible(message))))
    arabic, latin = len(_ARABIC.findall(spoken)), len(_LATIN.findall(spoken))
    if arabic == latin:
        return "ar" if _ARABIC.search(message.lstrip("/ ")[:1]) else before
    if arabic and latin:
        # Names and terms of the other script are often the longer words.
        words = [bool(_ARABIC.search(word)) for word in _WORD.findall(spoken)]
        arabic, latin = (sum(words), len(words) - sum(words)) if 2 * sum(words) != len(words) else (arabic, latin)
    return _in_arabic_letters(spoken, before) if arabic > latin else _in_latin_letters(spoken, before)


def _in_arabic_letters(spoken: str, before: str) -> str:
    """A few words often do not tell: then by the letters, and by what was spoken before."""
    if (found := detect_language(spoken)) != UNKNOWN:
        return found
    if before != "ar" and not _OF_ARABIC.search(spoken):
        if _OF_URDU.search(spoken):
            return "ur"
        if _OF_PERSIAN.search(spoken):
            return "fa"
    return before if before not in ("ar", "en") and not _OF_ARABIC.search(spoken) else "ar"


def _in_latin_letters(spoken: str, before: str) -> str:
    """Of a few words those that tell a language, as its file has them; what tells nothing is as before."""
    found = detect_language(spoken)
    if found != UNKNOWN:
        return found if found in languages() else ENGLISH
    words = set(_WORD.findall(fold(spoken)))
    fields = {language: len(words & signs) for language, signs in _telling_words().items()}
    best = max(fields, key=lambda language: (fields[language], language == before, language == ENGLISH))
    return best if fields[best] or before in fields else ENGLISH


@cache
def _telling_words() -> dict[str, frozenset[str]]:
    """Of each language that is written in Latin letters."""
    fields = {language: load_words(language, "chat")("telling_words") for language in languages()}
    return {language: frozenset(fold(words).split()) for language, words in fields.items() if _LATIN.search(words)}


def answered_in(tongue: str) -> str:
    """Answers are worded in the languages that there are messages for; English is for everybody else."""
    return spoken_for(tongue)
