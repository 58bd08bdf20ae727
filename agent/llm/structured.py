"""The schema of an answer as endpoints accept it, and how a model is told of it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from pydantic import BaseModel

from agent.prompts import remark

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# What strict mode understands everywhere. Bounds and lengths are checked by us when the answer is read.
_KEPT = frozenset({"type", "enum", "const", "description", "format", "items", "anyOf", "properties", "$ref", "$defs"})
_FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "uuid"})
_REFERENCE = "#/$defs/"


@lru_cache(maxsize=32)
def strict_schema(answer: type[BaseModel]) -> Mapping[str, Json]:
    """The JSON Schema of an answer in OpenAI's strict dialect: closed objects, everything required, no defaults.

    What is defined for one place alone stands there: that is shorter, and some endpoints know no references.
    Raises `TypeError` for a field that the dialect cannot express, such as a free mapping or a fixed tuple.
    """
    schema: dict[str, Json] = answer.model_json_schema()
    definitions = schema.pop("$defs", {})
    assert isinstance(definitions, dict)
    uses = Counter(_references([schema, *definitions.values()]))
    alone = {_REFERENCE + name: value for name, value in definitions.items() if uses[_REFERENCE + name] == 1}
    shared = {name: _in_place(value, alone) for name, value in definitions.items() if _REFERENCE + name not in alone}
    placed = {key: _in_place(value, alone) for key, value in schema.items()}
    return _strict_object({**({"$defs": shared} if shared else {}), **placed}, answer.__name__)


def instruction(schema: Mapping[str, Json]) -> str:
    """What a model is told where the endpoint does not enforce the schema."""
    shown = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return remark("form", {"schema": shown})


def correction(problem: str, schema: Mapping[str, Json]) -> str:
    """What a model is told about an answer that could not be read."""
    return remark("repair", {"problem": problem, "form": instruction(schema)})


def _references(node: Json) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
        yield reference
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from _references(child)


def _in_place(node: Json, alone: Mapping[str, Json]) -> Json:
    """A schema with each of these definitions where it is referred to."""
    if isinstance(node, list):
        return [_in_place(child, alone) for child in node]
    if not isinstance(node, dict):
        return node
    if isinstance(reference := node.get("$ref"), str) and isinstance(definition := alone.get(reference), dict):
        node = {**definition, **{key: value for key, value in node.items() if key != "$ref"}}
    return {key: _in_place(value, alone) for key, value in node.items()}


def _strict_object(node: dict[str, Json], where: str) -> dict[str, Json]:
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    if isinstance(only := node.get("allOf"), list) and len(only) == 1 and isinstance(only[0], dict):
        node = {**node, **only[0]}
    if "oneOf" in node:
        node["anyOf"] = node["oneOf"]
    if "prefixItems" in node or node.get("additionalProperties"):
        raise TypeError(f"strict JSON Schema has no words for {where}: a free mapping or a fixed tuple")
    strict: dict[str, Json] = {key: _strict(key, value, where) for key, value in node.items() if _keeps(key, value)}
    if node.get("type") == "object":
        properties = strict.setdefault("properties", {})
        strict["required"] = list(properties) if isinstance(properties, dict) else []
        strict["additionalProperties"] = False
    return strict


def _keeps(key: str, value: Json) -> bool:
    return value in _FORMATS if key == "format" else key in _KEPT


def _strict(key: str, value: Json, where: str) -> Json:
    if key in ("properties", "$defs") and isinstance(value, dict):
        return {name: _strict_value(child, f"{where}.{name}") for name, child in value.items()}
    if key in ("items", "anyOf"):
        return _strict_value(value, where)
    return value


def _strict_value(value: Json, where: str) -> Json:
    if isinstance(value, list):
        return [_strict_value(child, where) for child in value]
    return _strict_object(value, where) if isinstance(value, dict) else value
