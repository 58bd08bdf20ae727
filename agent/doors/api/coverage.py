"""The coverage that claims are checked against: searching and reading it, adding to it, taking out of it."""

import asyncio
import json
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from agent.coverage.index.stored import StoredDocument
from agent.doors.api.access import Coverer, Keyed, Working
from agent.doors.api.posted_coverage import LineResult, PostedDocuments, read_documents, read_lines, results
from agent.doors.api.problems import Answers, ProblemResponse, answers
from agent.models import Frozen
from agent.service.workspace import SearchResult

router = APIRouter(tags=["coverage"], route_class=Keyed)
_PATH = "/v1/coverage"
_JSON = "application/json"
_MEDIA_TYPES = ("application/x-ndjson", "application/jsonl", "application/ndjson")
_MOST_LINES = 1000
_EXAMPLE = (
    '{"text": "The bridge is open again, drivers said.", "outlet": "The Courier", "published_at": "2026-03-17"}\n'
)
_BODY = {
    "requestBody": {
        "required": True,
        "description": f"Documents, {_MOST_LINES} at most, or the same as JSON lines, one object a line. `text` is "
        "needed; the rest as far as known.",
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{PostedDocuments.__name__}"},
                "example": {"documents": [json.loads(_EXAMPLE)]},
            },
            _MEDIA_TYPES[0]: {"schema": {"type": "string", "pattern": "^\\{"}, "example": _EXAMPLE},
        },
    }
}


class FoundPassages(SearchResult):
    """The nearest first. Passages with one `origin` are copies of one report. `similarity` is null where words alone
    found one, and so are the scores of the leg that did not find it."""


class Added(Frozen):
    """What became of every line, in order."""

    results: tuple[LineResult, ...]


@router.get(
    _PATH + "/search",
    responses=answers(401, 403, 422, 429, 503),
    summary="Search the coverage",
)
async def search_coverage(
    _: Coverer,
    space: Working,
    q: Annotated[str, Query(min_length=1, max_length=2000, description="A claim, a sentence, a few words.")],
    limit: Annotated[int, Query(ge=1, le=1000)] = 10,
    by_origin: Annotated[
        bool, Query(description="Reports come before other passages of one, not documents.")
    ] = False,
) -> FoundPassages:
    """The nearest passages first, whatever their date."""
    found = await space.search(q, limit, by_origin=by_origin)
    return FoundPassages(**dict(found))


_MULTI: Answers = {207: {"description": "Every line has a status of its own.", "model": Added}}


@router.post(
    _PATH,
    status_code=207,
    responses=_MULTI | answers(400, 401, 403, 413, 415, 422, 429, 503),
    openapi_extra=_BODY,
    summary="Add coverage",
)
async def add_coverage(_: Coverer, space: Working, request: Request) -> Added:
    """Adds documents, each by itself: what is told as added stays added, whatever happens to the others."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media_type not in (_JSON, *_MEDIA_TYPES):
        raise ProblemResponse(415, f"coverage is posted as {_JSON}, or as JSON lines, {_MEDIA_TYPES[0]}")
    read = read_documents if media_type == _JSON else read_lines
    lines = await asyncio.to_thread(lambda body: list(read(body)), await request.body())
    if not 0 < len(lines) <= _MOST_LINES:
        raise ProblemResponse(422, f"{len(lines)} lines were sent; 1 to {_MOST_LINES} are taken at a time")
    documents = [line.document for line in lines if line.document is not None]
    put = await space.add(documents)
    return Added(results=tuple(results(lines, put.known)))


@router.get(
    _PATH + "/{document_id}",
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="A document as it will be judged",
)
async def get_coverage(
    document_id: Annotated[
        str,
        Path(
            pattern=r"^d[0-9a-f]{3,20}$",
            examples=["d9f2c41e0a7b6d5c4e3f2"],
            description="The id, or its beginning where no other begins so.",
        ),
    ],
    _: Coverer,
    space: Working,
) -> StoredDocument:
    """In whatever version it is: its text, its date and where that stood, its by-line, whom it goes back to, what was
    left out of it and why."""
    return await space.document(document_id)


@router.delete(
    _PATH + "/{document_id}",
    status_code=204,
    response_class=Response,
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="Take a document out",
)
async def delete_coverage(
    document_id: Annotated[str, Path(pattern=r"^d[0-9a-f]{20}$", examples=["d9f2c41e0a7b6d5c4e3f2"])],
    _: Coverer,
    space: Working,
) -> Response:
    """It is searched no more. Reports that quote it keep their quotes."""
    if not await space.remove([document_id]):
        raise ProblemResponse(404, f"there is no document {document_id!r}")
    return Response(status_code=204)
