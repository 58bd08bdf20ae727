"""Holds JSON-LD against what schema.org defines and what Google documents, as far as both concern what we write."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

Item = Mapping[str, Any]


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("schema_org.toml").read_text("utf-8"))


def against_schema(told: Item) -> list[str]:
    """What is wrong with a document by the definitions of schema.org; references within it are followed."""
    if told.get("@context") != "https://schema.org":
        return ["the context is not https://schema.org"]
    items: list[Item] = told.get("@graph", [told])
    known = {item["@id"]: item for item in items if "@id" in item}
    return [flaw for item in items for flaw in _flaws(item, known, item.get("@type", "?"))]


def missing_of_google(told: Item, level: str) -> list[str]:
    """Which properties that Google requires or recommends are not there, as `Type.property`."""
    items: list[Item] = told.get("@graph", [told])
    known = {item["@id"]: item for item in items if "@id" in item}
    wanted = _facts()["google"][level]
    return [
        f"{kind}.{name}"
        for item in _reviews_with_parts(items, known)
        for kind in [item.get("@type")]
        for name in wanted.get(kind, ())
        if name not in item
    ]


def _reviews_with_parts(items: list[Item], known: Mapping[str, Item]) -> Iterator[Item]:
    for item in items:
        if item.get("@type") == "ClaimReview":
            parts = (item.get("reviewRating"), item.get("itemReviewed"))
            yield from (item, *(_there(part, known) for part in parts if part is not None))


def _there(item: Item, known: Mapping[str, Item]) -> Item:
    return known.get(item["@id"], item) if set(item) == {"@id"} else item


def _flaws(item: Item, known: Mapping[str, Item], path: str) -> Iterator[str]:
    kinds = [*_line_of(str(item.get("@type")))]
    if kinds[-1] != "Thing":
        yield f"{path}: there is no type {item.get('@type')!r}"
    for name, value in item.items():
        if name.startswith("@"):
            continue
        defined = _facts()["properties"].get(name)
        if defined is None or not set(defined["of"]) & set(kinds):
            yield f"{path}.{name}: {kinds[0]} has no such property"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _flaws_of(one, defined["is"], known, f"{path}.{name}")


def _flaws_of(value: object, allowed: list[str], known: Mapping[str, Item], path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        there = _there(value, known)
        if not set(allowed) & {*_line_of(str(there.get("@type")))}:
            yield f"{path}: {there.get('@type')} where {allowed} may stand"
        yield from _flaws(there, known, path)
    elif not any(_is_of(value, one) for one in allowed):
        yield f"{path}: {value!r} is none of {allowed}"


def _line_of(kind: str) -> Iterator[str]:
    while True:
        yield kind
        if kind not in _facts()["parents"]:
            return
        kind = _facts()["parents"][kind]


def _is_of(value: object, kind: str) -> bool:
    if kind == "Number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str) or not value.strip():
        return False
    forms = {"URL": _ADDRESS, "Date": _DAY, "DateTime": _MOMENT}
    return kind == "Text" or (kind in forms and forms[kind].fullmatch(value) is not None)
