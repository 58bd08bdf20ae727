"""Whether a page says of its article that not everybody may read it."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ARTICLES = ("article", "posting", "report", "webpage", "review")
_SELF = ("@graph", "mainEntity", "mainEntityOfPage")
_TIERS = ("locked", "metered", "premium", "paid")
_MOST_NODES = 5000
_LONGEST_SCRIPT = 2_000_000
# Where a page holds what it sells, the element that it names has more characters than this.
_ENOUGH = 200


class Access(StrEnum):
    """How much of an article is free to read. `RESTRICTED`: it is sold, and stands in the page. `WITHHELD`: it is
    sold, and does not stand in the page."""

    FREE = "free"
    RESTRICTED = "restricted"
    WITHHELD = "withheld"


def access_of(root: "Element") -> Access:
    """What the markup of a page says of who may read its article."""
    nodes = [node for node in _nodes(root) if _is_restricted(node.get("isAccessibleForFree"))]
    tiers = {(one.get("content") or "").lower() for one in root.iter("meta") if _names_tier(one)}
    if not nodes and tiers.isdisjoint(_TIERS):
        return Access.FREE
    sold = [part for node in nodes for part in _parts(node.get("hasPart"))]
    held = any(_holds(root, str(part.get("cssSelector") or "")) for part in sold)
    return Access.RESTRICTED if held else Access.WITHHELD


def _is_restricted(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].lower() == "false")


def _names_tier(element: "Element") -> bool:
    return "content_tier" in (element.get("property") or element.get("name") or "")


def _parts(value: object) -> Iterator[dict[str, object]]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and _is_restricted(part.get("isAccessibleForFree")):
            yield part


def _holds(root: "Element", selector: str) -> bool:
    """Whether an element that is named by its class or id holds a text."""
    kind, name = selector.strip()[:1], selector.strip()[1:]
    if kind not in (".", "#") or not name.replace("-", "").replace("_", "").isalnum():
        return False
    if kind == "#":
        named = [one for one in root.iter() if one.get("id") == name]
    else:
        named = [one for one in root.iter() if name in (one.get("class") or "").split()]
    return sum(len("".join(one.itertext()).strip()) for one in named[:100]) > _ENOUGH


def _nodes(root: "Element") -> Iterator[dict[str, object]]:
    """The objects by which a page describes itself."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() and len(text) <= _LONGEST_SCRIPT:
            try:
                parsed = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _described(parsed)


def _described(value: object) -> Iterator[dict[str, object]]:
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            types = node.get("@type")
            names = [str(name).lower() for name in (types if isinstance(types, list) else [types])]
            if any(name.endswith(_ARTICLES) for name in names):
                yield node
            waiting += [node[name] for name in _SELF if name in node]
