"""The structured data of a page: what its scripts of JSON-LD describe, broken ones mended where that is plain."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_ARTICLES = ("article", "blogposting", "socialmediaposting", "discussionforumposting", "report", "claimreview")
_TYPE = re.compile(r'"@type"\s{0,9}:\s{0,9}"(?:https?://schema\.org/)?([A-Za-z]{1,60})"')
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{4,60})"')
# Things that stand in the description of an article and have no date of publication of their own.
_UNDATED = frozenset(
    "organization newsmediaorganization corporation person imageobject webpage website breadcrumblist listitem"
    " place postaladdress contactpoint searchaction entrypoint readaction speakablespecification webpageelement"
    " thing".split()
)
# What a page describes as itself. What else hangs on its parts is about other things: a video, a reviewed claim.
_SELF = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_NODES = 5000
# A string, whole or cut off, or a comment, or a comma too many. What has begun to match one never fails at it.
_MENDABLE = re.compile(r'"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*+[}\]])', re.DOTALL)
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*\Z"
)


@dataclass(slots=True)
class StructuredData:
    """The objects by which a page describes itself, and how many of its scripts were mended or could not be read."""

    nodes: list[dict[str, object]] = field(default_factory=list)
    mended: int = 0
    unread: int = 0


def structured_data(tree: "HtmlElement") -> StructuredData:
    """What all scripts of JSON-LD tell."""
    data = StructuredData()
    for value in _of_scripts(tree, data):
        data.nodes += _nodes(value, _MOST_NODES - len(data.nodes))
    return data


def json_ld_values(tree: "HtmlElement") -> Iterator[object]:
    """What each script of JSON-LD holds, whole."""
    yield from _of_scripts(tree, StructuredData())


def _of_scripts(tree: "HtmlElement", data: StructuredData) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and (text := script.text_content()).strip():
            yield from _values(text, data)


def is_article(name: str) -> bool:
    """Whether a type of schema.org, in lower case, is a kind of article."""
    return name.endswith(_ARTICLES)


def types_of(node: dict[str, object]) -> list[str]:
    """The names of its types in lower case, without where they are defined."""
    return [re.split(r"[/:#]", name)[-1].lower() for name in strings_of(node.get("@type"))]


def strings_of(value: object) -> list[str]:
    """The texts and numbers that stand for a property, bare, in lists, or as typed values."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list):
        return [text for one in value[:100] if not isinstance(one, list) for text in strings_of(one)]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return []
    return [value if isinstance(value, str) else f"{value:.0f}"]


def _values(text: str, data: StructuredData) -> Iterator[object]:
    bare = _WRAPPING.sub("", text)
    for attempt, is_mended in ((bare, False), (unescape(bare) if "&quot;" in bare else bare, True)):
        try:
            values = _parsed(_mended(attempt) if is_mended else attempt)
        except (ValueError, RecursionError):
            continue
        data.mended += is_mended
        yield from values
        return
    if (salvaged := _salvaged(bare)) is not None:
        data.mended += 1
        yield salvaged
    else:
        data.unread += 1


def _salvaged(text: str) -> dict[str, object] | None:
    """Of a script beyond mending, the date of the one article in it; None where it may be that of something else."""
    types = [name.lower() for name in _TYPE.findall(text)]
    others = [name for name in types if not is_article(name)]
    dates = set(_PUBLISHED.findall(text))
    if len(types) - len(others) != 1 or len(dates) != 1 or not _UNDATED.issuperset(others):
        return None
    return {"@type": next(name for name in types if is_article(name)), "datePublished": dates.pop()}


def _parsed(text: str) -> list[object]:
    """One value, or several that stand one after the other."""
    decoder, values = json.JSONDecoder(strict=False), []
    at = 0
    text = text.strip().rstrip(";")
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _mended(text: str) -> str:
    return _MENDABLE.sub(lambda found: found[0] if found[0].startswith('"') else "", text)


def _nodes(value: object, most: int) -> Iterator[dict[str, object]]:
    """The objects that are the page or describe it, outer ones first; deep nesting takes no deep calls."""
    waiting = [value]
    while waiting and most > 0:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one[:most]
        elif isinstance(one, dict):
            most -= 1
            yield one
            waiting[:0] = [one[name] for name in _SELF if isinstance(one.get(name), dict | list)]
