"""What is wrong with a request, in words for whoever wrote the request: of JSON, not of the program that reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.models import Frozen

# An answer stays small, however much was wrong.
_MOST = 20
_LONGEST_NAME = 200
# By the validator's kind of error; the others it tells well enough itself.
_WORDS = {
    "dict_type": "a JSON object is needed here",
    "extra_forbidden": "there is no such field",
    "bool_parsing": "true or false is needed here",
    "bool_type": "true or false is needed here",
    "int_parsing": "a whole number is needed here",
    "int_type": "a whole number is needed here",
    "missing": "this is needed",
    "model_attributes_type": "a JSON object is needed here",
    "model_type": "a JSON object is needed here",
    "string_pattern_mismatch": "nothing here has such a name",
    "string_type": "a text is needed here",
    "tuple_type": "a list is needed here",
}
# As pydantic tells an error, and FastAPI passes it on.
Complaint = Mapping[str, Any]


class FieldProblem(Frozen):
    """What is wrong with one part of a request. `pointer` is a JSON Pointer into the body, or names a parameter.

    The empty pointer is the whole body.
    """

    pointer: str
    detail: str


def field_problems(complaints: Sequence[Complaint]) -> tuple[FieldProblem, ...]:
    """The first of them, each with its place."""
    places = [one["loc"] for one in complaints[: _MOST + 1]]
    return tuple(
        FieldProblem(pointer=_pointer(one["loc"]), detail=words(one))
        for one in complaints[:_MOST]
        # A list that was left at its first wrong item is said to be too short as well.
        if not (one["type"] == "too_short" and any(_holds(one["loc"], place) for place in places))
    )


def words(complaint: Complaint) -> str:
    """One complaint, without its place."""
    kind, value = complaint["type"], complaint.get("ctx", {})
    if kind == "missing" and complaint["loc"] == ("body",):
        return "a body is needed: a JSON object"
    if kind == "too_short":
        return f"at least {value['min_length']} are needed here, not {value['actual_length']}"
    if kind == "too_long":
        return f"at most {value['max_length']} may be here"
    return _WORDS.get(kind) or str(complaint["msg"]).removeprefix("Value error, ")


def no_json(complaints: Sequence[Complaint]) -> str | None:
    """Where a body stops being JSON, if that is what is wrong with it."""
    broken = next((one for one in complaints if one["type"] == "json_invalid"), None)
    if broken is None:
        return None
    return f"the body is not JSON: {broken['ctx']['error']}, after {broken['loc'][1]} characters"


def body_unread(complaints: Sequence[Complaint]) -> bool:
    """Whether no JSON was made of the body at all: it came as another media type."""
    return any(one["loc"] == ("body",) and isinstance(one.get("input"), bytes) for one in complaints)


def _holds(outer: tuple[int | str, ...], inner: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _pointer(location: tuple[int | str, ...]) -> str:
    place, *path = (str(part)[:_LONGEST_NAME].replace("~", "~0").replace("/", "~1") for part in location)
    return "".join(f"/{part}" for part in path) if place == "body" else f"{place}: {'/'.join(path)}"
