"""Coverage in JSON: lines and files of our own keys, of ninjs, or of JSON Feed."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StrictStr, ValidationError, field_validator

from agent.coverage.intake.agency import agency_document
from agent.coverage.intake.metadata import Item, Rejection, document, fault_of
from agent.coverage.intake.ninjs import is_ninjs, read_ninjs
from agent.coverage.intake.review_feed import is_review_list, review_items
from agent.dates import NumberOrder, order_shown
from agent.errors import BadInput, ConfigurationError, InputFault
from agent.text.decode import decode

_MOST_LINE_BYTES = 16_000_000
_MARKS_OF_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
# What a date may be in, short enough for one; digits of other scripts are often escaped.
_DATE = re.compile(rb'"published_at"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){6,300}")')


class _Line(BaseModel):
    """What a line may hold; other keys are left aside."""

    model_config = ConfigDict(extra="ignore")

    text: StrictStr
    url: StrictStr | None = None
    canonical_url: StrictStr | None = None
    title: StrictStr | None = None
    author: StrictStr | None = None
    outlet: StrictStr | None = None
    published_at: StrictStr | int | float | None = None
    language: StrictStr | None = None
    credits: tuple[StrictStr, ...] = Field(
        default=(), validation_alias=AliasChoices("credits", "credit", "creditline", "credit_line")
    )

    @field_validator("published_at", mode="before")
    @classmethod
    def _no_switch(cls, value: object) -> object:
        """`true` would count as the number 1."""
        return str(value) if isinstance(value, bool) else value

    @field_validator("author", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        """One name or several, bare or as objects with a `name`: so exports of all kinds write it."""
        return ", ".join(_named(value)) or None

    @field_validator("credits", mode="before")
    @classmethod
    def _credited(cls, value: object) -> object:
        return _named(value)


def _named(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in several]
    return [name for name in names if isinstance(name, str)]


def read_json_lines(file: BinaryIO, path: str) -> Iterator[Item]:
    if file.read(2) in _MARKS_OF_OTHER_ENCODINGS:
        yield Rejection(
            path=path, reason="JSON lines are UTF-8, and this is UTF-16. Save it as UTF-8.", code=InputFault.NOT_TEXT
        )
        return
    file.seek(0)
    order = order_in_lines(iter(lambda: file.readline(_MOST_LINE_BYTES), b""))
    file.seek(0)
    number, is_empty = 0, True
    while line := file.readline(_MOST_LINE_BYTES + 1):
        number += 1
        if len(line) > _MOST_LINE_BYTES:
            yield Rejection(
                path=path,
                line=number,
                reason=f"longer than {_MOST_LINE_BYTES // 1_000_000} MB",
                code=InputFault.FILE_TOO_LARGE,
            )
            _skip_line(file, line)
        elif line.strip():
            yield from _json_line(line, path, number, order)
        is_empty = is_empty and not line.strip()
    if is_empty:
        yield Rejection(path=path, reason="there is nothing in it", code=InputFault.EMPTY)


def order_in_lines(lines: Iterable[bytes]) -> NumberOrder | None:
    """Which number is the day in the dates of some lines of JSON, where any of them shows it."""
    return order_shown(value for line in lines for value in _dates_in(line))


def _dates_in(line: bytes) -> Iterator[str]:
    for written in _DATE.findall(line):
        try:
            yield str(json.loads(written))
        except ValueError:
            continue


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_MOST_LINE_BYTES)


def _json_line(line: bytes, path: str, number: int, order: NumberOrder | None) -> Iterator[Item]:
    try:
        parsed = json.loads(decode(line, Path(path).name))
        items = list(read_object(parsed, path, number, order))
    except (BadInput, ConfigurationError) as err:
        yield Rejection(path=path, line=number, reason=str(err), code=fault_of(err))
    except json.JSONDecodeError as err:
        yield Rejection(
            path=path, line=number, reason=f"not JSON: {err.msg} at column {err.colno}", code=InputFault.NOT_JSON
        )
    except (ValueError, RecursionError) as err:
        yield Rejection(path=path, line=number, reason=f"not usable JSON: {err}", code=InputFault.NOT_JSON)
    else:
        yield from items


def read_object(value: object, path: str, line: int | None, order: NumberOrder | None = None) -> Iterator[Item]:
    """The document in one object of our own keys or of ninjs, or the reviews in it; raises `BadInput` when it is none
    of these."""
    if is_review_list(value):
        yield from review_items(value, path, line)
        return
    if is_ninjs(value) and not (isinstance(value, dict) and "text" in value):
        yield from agency_document(read_ninjs(value), path, line)
        return
    try:
        known = _Line.model_validate(value)
    except ValidationError as err:
        raise BadInput(_reason(err), InputFault.UNKNOWN_KIND) from err
    yield from document(path, line, order=order, **known.model_dump())


def _reason(err: ValidationError) -> str:
    problems = []
    for problem in err.errors():
        field = str(problem["loc"][0]) if problem["loc"] else None
        if problem["type"] == "missing":
            problems.append(f"{field!r} is missing")
        else:
            problems.append(f"{field!r}: {problem['msg']}" if field else "not a JSON object")
    return "; ".join(dict.fromkeys(problems))
