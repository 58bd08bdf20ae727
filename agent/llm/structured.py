"""The schema of an answer as endpoints accept it, and how a model is told of it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from pydantic import BaseModel

from agent.prompts import remark

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# What strict mode understands everywhere. Bounds and lengths are checked by us when the answer is read.
_KEPT = frozenset({"type", "enum", "const", "description", "format", "items", "anyOf", "properties", "$ref", "$defs"})
_FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "uuid"})


@lru_cache(maxsize=32)
def strict_schema(answer: type[BaseModel]) -> Mapping[str, Json]:
    """The JSON Schema of an answer in OpenAI's strict dialect: closed objects, everything required, no defaults.

    Raises `TypeError` for a field that the dialect cannot express, such as a free mapping or a fixed tuple.
    """
    return _strict_object(answer.model_json_schema(), answer.__name__)


def instruction(schema: Mapping[str, Json]) -> str:
    """What a model is told where the endpoint does not enforce the schema."""
    shown = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return remark("form", {"schema": shown})


def correction(problem: str, schema: Mapping[str, Json]) -> str:
    """What a model is told about an answer that could not be read."""
    return remark("repair", {"problem": problem, "form": instruction(schema)})


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
