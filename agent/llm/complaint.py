"""What an endpoint says of its own failure. Kinds of servers wrap their words in different JSON; all of them are read
here."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import from_json

from agent.llm.structured import Json

# Where servers put words for people, and where they put words for programs. A request that is sent back as `input`
# is neither: it holds the article.
_WORDS = frozenset(
    "message msg error errors detail details description reason title error_message errormessage error_msg "
    "error_description status_msg statusmessage faultstring fault cause hint raw".split()
)
_CODES = frozenset(
    "code type status status_code statuscode error_code error_type errorcode param loc field innererror".split()
)
# On the way to words.
_WRAPPINGS = frozenset("base_resp metadata fieldviolations innererror response data".split())
_DEEPEST = 6
_MOST_FOUND = 40
_LONGEST = 4_000
_STATUS = re.compile(r"\b[45]\d\d\b")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class Complaint:
    """The failure in the endpoint's own `words`, for a person, and in its `codes`, for a program. Either may be
    empty."""

    words: str
    codes: str = ""

    @property
    def folded(self) -> str:
        """Everything in lower case, to be searched."""
        return f"{self.words} {self.codes}".lower()

    @property
    def status(self) -> int | None:
        """The HTTP status among the codes."""
        found = _STATUS.search(self.codes)
        return int(found[0]) if found else None


def complaint_in(body: Json) -> Complaint:
    """The words and codes of an error in JSON, which may be an object, a list with one, or a bare string, and may be
    nested."""
    found = list(_found(body, is_word=True, depth=0))[:_MOST_FOUND]
    words = dict.fromkeys(text.rstrip(" .") for text, is_word in found if is_word)
    codes = dict.fromkeys(text for text, is_word in found if not is_word)
    return Complaint(". ".join(filter(None, words))[:_LONGEST], " ".join(codes)[:_LONGEST])


def complaint_of(text: str) -> Complaint:
    """The words and codes of the body of an error, which may be JSON, a web page or plain text."""
    text = text.strip()
    try:
        return complaint_in(from_json(text))
    except ValueError:
        return Complaint(_bare(text).rstrip(" ."))


def _found(node: Json, *, is_word: bool, depth: int) -> Iterator[tuple[str, bool]]:
    """Texts in order, each with whether it is for a person."""
    if depth > _DEEPEST:
        return
    if isinstance(node, str):
        yield from _text(node.strip(), is_word=is_word, depth=depth)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield str(node), False
    elif isinstance(node, list):
        for child in node[:_MOST_FOUND]:
            yield from _found(child, is_word=is_word, depth=depth + 1)
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _under(key.lower(), child, depth=depth + 1)


def _text(text: str, *, is_word: bool, depth: int) -> Iterator[tuple[str, bool]]:
    """Gateways pass on what they were told as JSON inside a string."""
    if is_word and text.startswith(("{", "[")):
        try:
            inner: Json = from_json(text)
        except ValueError:
            inner = None
        if inner:
            yield from _found(inner, is_word=True, depth=depth + 1)
            return
    if text:
        yield (_bare(text) if is_word else text), is_word


def _under(key: str, child: Json, *, depth: int) -> Iterator[tuple[str, bool]]:
    if key in _CODES and not isinstance(child, dict):
        yield from _found(child, is_word=False, depth=depth)
    elif key in _WORDS or (key in _WRAPPINGS and isinstance(child, dict | list)):
        yield from _found(child, is_word=True, depth=depth)


def _bare(text: str) -> str:
    """Words without the markup of a web page; of a whole page its title."""
    text = text[:_LONGEST]
    if not text.lstrip().startswith("<"):
        return text
    title = _TITLE.search(text)
    return " ".join(html.unescape(title[1] if title else _TAG.sub(" ", text)).split())
