"""Structured answers: the schema as endpoints accept it, and the way back from what a model wrote."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from agent.llm.exchange import T
from agent.prompts import remark

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# What strict mode understands everywhere. Bounds and lengths are checked by us when the answer is read.
_KEPT = frozenset({"type", "enum", "const", "description", "format", "items", "anyOf", "properties", "$ref", "$defs"})
_FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "uuid"})
_SHOWN_ERRORS = 5
# Reading from every brace of a hostile answer would take time with the square of its length.
_MOST_STARTS = 500


class Malformed(Exception):
    """The answer cannot be used; the text says why, in words that a model can act on.

    `form`: it is not JSON of the asked form at all, rather than a wrong value in the right form.
    """

    def __init__(self, problem: str, *, form: bool = True) -> None:
        super().__init__(problem)
        self.form = form


@lru_cache(maxsize=32)
def strict_schema(answer: type[BaseModel]) -> Mapping[str, Json]:
    """The JSON Schema of an answer in OpenAI's strict dialect: closed objects, everything required, no defaults.

    Raises `TypeError` for a field that the dialect cannot express, such as a free mapping or a fixed tuple.
    """
    return _strict_object(answer.model_json_schema(), answer.__name__)


def parse(text: str, answer: type[T]) -> T:
    """The answer within a model's words: bare, in a code fence, or with talk around it. Raises `Malformed`."""
    try:
        return answer.model_validate_json(text)
    except ValidationError as err:
        problem = _explained(err)
    for found in _objects(text):
        try:
            return answer.model_validate_json(json.dumps(found))
        except ValidationError as err:
            # A bare answer that breaks off holds whole objects, too; what is wrong with it is that it breaks off.
            problem = problem if text.lstrip().startswith("{") else _explained(err)
    raise Malformed(problem)


def holds_json(text: str) -> bool:
    """Whether a complete JSON object stands in the text."""
    return next(_objects(text), None) is not None


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


def _objects(text: str) -> Iterator[dict[str, Json]]:
    """Every complete JSON object in a text that is not inside another one, in order."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            at += 1
        except RecursionError:
            return
        else:
            yield found
        at = text.find("{", at)


def _explained(err: ValidationError) -> str:
    problems = [f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in err.errors(include_url=False)]
    more = len(problems) - _SHOWN_ERRORS
    return "; ".join(problems[:_SHOWN_ERRORS]) + (f"; and {more} more" if more > 0 else "")
