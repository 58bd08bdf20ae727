"""Who signs an entry of a feed: all of them, for the agency may be the second, and by name, not by address."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedparser import FeedParserDict  # type: ignore[import-untyped]  # ships no types

# RSS has "desk@post.example (Ada Pilot)", mail programs "Ada Pilot <desk@post.example>".
_NAMED_BEHIND = re.compile(r"\s*[^\s@()<>]{1,100}@[^\s@()<>]{1,200}\s*\(([^()]{1,200})\)\s*")
_NAMED_BEFORE = re.compile(r"\s*([^<>]{1,200}?)\s*<[^\s@<>]{1,100}@[^\s@<>]{1,200}>\s*")
_MOST_NAMES = 12


def author_of(entry: "FeedParserDict") -> str | None:
    """The names of all who sign it. The reader of feeds keeps the last one alone as its `author`."""
    several = [one.get("name") or "" for one in entry.get("authors") or ()]
    return joined(several if len(several) > 1 else [entry.get("author") or ""])


def joined(names: Iterable[str]) -> str | None:
    """Several names as one by-line; None without any."""
    bare = dict.fromkeys(filter(None, map(_bare, names)))
    return ", ".join(list(bare)[:_MOST_NAMES]) or None


def _bare(name: str) -> str:
    found = _NAMED_BEHIND.fullmatch(name) or _NAMED_BEFORE.fullmatch(name)
    return (found[1] if found else name).strip()
