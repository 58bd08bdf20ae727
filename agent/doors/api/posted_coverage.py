"""Coverage that is posted as JSON lines: each line by itself, so that one bad line stops no other."""

import json
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from agent.coverage.intake.json_lines import order_in_lines
from agent.coverage.intake.metadata import Caution, Rejection, document
from agent.dates import NumberOrder
from agent.doors.api.complaints import words
from agent.doors.api.problems import ProblemResponse
from agent.models import Document, Frozen

_NAME = "line"


class CoverageDocument(Frozen):
    """One line: a document, with what is known about it. Keys that are not listed are left aside."""

    model_config = ConfigDict(extra="ignore")

    text: Annotated[str, StringConstraints(min_length=1)]
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published_at: str | float | None = None
    language: str | None = None


class PostedDocuments(Frozen):
    """Documents of coverage, each with what is known about it."""

    documents: tuple[CoverageDocument, ...]


class LineResult(Frozen):
    """What became of one line, or of one document. 201: added; 200: it was there; 422: it was not added, and why."""

    line: int = Field(examples=[1], description="Counted from 1.")
    status: int = Field(examples=[201])
    document_id: str | None = Field(None, examples=["d9f2c41e0a7b6d5c4e3f2"])
    detail: str | None = None
    cautions: tuple[str, ...] = Field((), description="What was left out of it.")


class PostedLine(Frozen):
    """A line as it was read: a document, or the reason why there is none."""

    number: int
    document: Document | None = None
    reason: str | None = None
    cautions: tuple[str, ...] = ()


def read_lines(body: bytes) -> Iterator[PostedLine]:
    """Every line that holds something; what does not fit is told and not raised. Blocking."""
    lines = body.split(b"\n")
    order = order_in_lines(lines)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line(number, line, order)


def read_documents(body: bytes) -> Iterator[PostedLine]:
    """The same of a JSON object with `documents`. Raises `ProblemResponse` when it is none. Blocking."""
    try:
        parsed = json.loads(body)
        documents = parsed["documents"]
    except (ValueError, RecursionError) as err:
        raise ProblemResponse(400, f"not usable JSON: {err}"[:300]) from err
    except (KeyError, TypeError):
        documents = None
    if not isinstance(documents, list):
        raise ProblemResponse(422, "documents: a list of documents is needed")
    yield from read_lines(b"\n".join(json.dumps(one).encode() for one in documents))


def _line(number: int, line: bytes, order: NumberOrder | None) -> PostedLine:
    try:
        coverage_document = CoverageDocument.model_validate(json.loads(line))
    except ValidationError as err:
        first = err.errors()[0]
        return PostedLine(number=number, reason=f"{'.'.join(map(str, first['loc'])) or 'the line'}: {words(first)}")
    except (ValueError, RecursionError) as err:
        return PostedLine(number=number, reason=f"not usable JSON: {err}"[:300])
    items = list(document(_NAME, number, order=order, **coverage_document.model_dump()))
    cautions = tuple(item.reason for item in items if isinstance(item, Caution))
    for item in items:
        if isinstance(item, Document):
            return PostedLine(number=number, document=item, cautions=cautions)
        if isinstance(item, Rejection):
            return PostedLine(number=number, reason=item.reason)
    return PostedLine(number=number, reason="there is no document in it")


def results(lines: Iterable[PostedLine], known: frozenset[str]) -> Iterator[LineResult]:
    """`known` are the ids of documents that were there before."""
    seen = set(known)
    for line in lines:
        if line.document is None:
            yield LineResult(line=line.number, status=422, detail=line.reason)
            continue
        status = 200 if line.document.id in seen else 201
        seen.add(line.document.id)
        yield LineResult(line=line.number, status=status, document_id=line.document.id, cautions=line.cautions)
