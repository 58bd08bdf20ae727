"""Things that a page describes in its own elements, by microdata or RDFa, in the form of JSON-LD."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_MOST_ELEMENTS, _MOST_THINGS = 2000, 50
_LONGEST_TEXT = 20_000
_ADDRESSES = ("href", "src", "data")
_DEEPEST = 8


def things_of_type(tree: "HtmlElement", name: str) -> list[dict[str, object]]:
    """The outermost things of a type of schema.org; `name` is in lower case."""
    return [_thing(one, _DEEPEST) for one in islice(_outermost(tree, name), _MOST_THINGS)]


def _outermost(tree: "HtmlElement", name: str) -> "Iterator[HtmlElement]":
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if name in types_of(one):
            yield one
        else:
            waiting.extend(one.iterchildren("*", reversed=True))


def types_of(element: "HtmlElement") -> list[str]:
    """The types of a thing in lower case, without where they are defined."""
    items = f"{element.get('itemtype') or ''} {element.get('typeof') or ''}".lower().split()
    return [one.replace(":", "/").rpartition("/")[2] for one in items]


def _thing(element: "HtmlElement", depth: int) -> dict[str, object]:
    """A thing with its properties; one that lies in another belongs to that one."""
    fields: dict[str, object] = {"@type": types_of(element)}
    if element.get("itemid") or element.get("resource"):
        fields["@id"] = element.get("itemid") or element.get("resource")
    waiting = list(element.iterchildren("*"))
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            break
        one = waiting.pop(0)
        names = _properties(one)
        is_thing = one.get("itemscope") is not None or one.get("typeof") is not None
        if names and (depth or not is_thing):
            value = _thing(one, depth - 1) if is_thing else _value(one)
            for name in names:
                _add(fields, name, value)
        if not is_thing:
            waiting[:0] = list(one.iterchildren("*"))
    return fields


def _properties(element: "HtmlElement") -> list[str]:
    items = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
    return [name.replace(":", "/").rpartition("/")[2] for name in items]


def _value(element: "HtmlElement") -> str:
    for name in ("content", "datetime", *_ADDRESSES):
        if element.get(name) is not None:
            return str(element.get(name))
    return str(element.text_content())[:_LONGEST_TEXT]


def _add(fields: dict[str, object], name: str, value: object) -> None:
    before = fields.get(name)
    if before is None:
        fields[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        fields[name] = [before, value]
