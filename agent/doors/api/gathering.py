"""Coverage from files and from the web: read by the service, with what came of it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field, StringConstraints, ValidationError

from agent.article import About
from agent.coverage.intake.given import GivenMetadata
from agent.coverage.intake.ingest import ingest
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.doors.api.access import Counted, Coverer, Keyed, Working
from agent.doors.api.posted import Posted
from agent.doors.api.problems import answers
from agent.doors.api.progress_stream import telling
from agent.service.served import ServedWorkspace
from agent.service.workspace import Addresses, TakenAddresses, TellSum

router = APIRouter(tags=["coverage"], route_class=Keyed)
_PATH = "/v1/coverage"
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The file as it is.",
        "content": {
            "application/octet-stream": {"schema": {"type": "string"}, "example": "The bridge is open again."}
        },
    }
}
Line = Annotated[str | None, Query(min_length=1, max_length=1000)]


class WebSources(Posted):
    """Pages, feeds and sitemaps to take coverage from."""

    urls: tuple[Annotated[str, StringConstraints(min_length=1, max_length=4000)], ...] = Field(
        min_length=1, max_length=200, examples=[["https://courier.example/feed.xml"]]
    )
    kind: FileKind | None = Field(None, description="What all of the addresses are, where it is known.")
    limit: int = Field(500, ge=1, le=50_000, description="Pages of each feed or sitemap.")
    since: date | None = Field(None, description="Leave out pages from before this day.")
    withdraw_gone: bool = Field(False, description="Withdraw documents whose pages were removed.")
    every: int | None = Field(None, ge=60, le=10**8, description="Follow feeds and sitemaps, so many seconds apart.")


@router.post(
    _PATH + "/urls",
    response_class=EventSourceResponse,
    responses=answers(400, 401, 403, 413, 415, 422, 429, 503),
    summary="Add coverage from the web",
)
async def add_from_web(posted: WebSources, _: Coverer, __: Counted, space: Working) -> AsyncIterator[ServerSentEvent]:
    """`progress` with the sum so far, `ended` with what came of every address. What was told as added stays, whatever
    happens to the rest; whoever stops reading stops it."""
    addresses = Addresses.model_validate(posted.model_dump())

    async def take(tell: TellSum) -> TakenAddresses:
        return await space.take(addresses, tell)

    async for event in telling(take):
        yield event


async def _given(
    url: Line = None,
    title: Line = None,
    author: Line = None,
    outlet: Line = None,
    published_at: Line = None,
    language: Line = None,
) -> GivenMetadata:
    fields = {
        "url": url,
        "title": title,
        "author": author,
        "outlet": outlet,
        "published_at": published_at,
        "language": language,
    }
    try:
        return GivenMetadata.model_validate(About.model_validate(fields).model_dump())
    except ValidationError as err:
        raise RequestValidationError([{**e, "loc": ("query", *e["loc"])} for e in err.errors()]) from err


@router.post(
    _PATH + "/files",
    openapi_extra=_BODY,
    responses=answers(401, 403, 413, 422, 429, 503),
    summary="Add coverage from a file",
)
async def add_file(
    request: Request,
    _: Coverer,
    space: Working,
    given: Annotated[GivenMetadata, Depends(_given)],
    name: Annotated[
        str, Query(min_length=1, max_length=255, description="What the file is called: its ending tells its kind.")
    ],
) -> Ingested:
    """One file of any kind that `isnad coverage add` reads: JSON lines, text, Markdown, HTML, Word, OpenDocument,
    PDF, an agency's export or a saved feed. What a clipping does not tell of itself is told beside it."""
    return await _ingested(PurePosixPath(name).name, await request.body(), given, space)


async def _ingested(name: str, body: bytes, given: GivenMetadata, space: ServedWorkspace) -> Ingested:
    with tempfile.TemporaryDirectory(prefix="isnad-") as folder:
        path = Path(folder, name)
        await asyncio.to_thread(path.write_bytes, body)
        return _named(await ingest(space, [path], given=given), folder)


def _named(ingested: Ingested, folder: str) -> Ingested:
    """With the file's own name in the place of where it stood meanwhile."""
    return Ingested.model_validate_json(ingested.model_dump_json().replace(f"{folder}/", ""))
