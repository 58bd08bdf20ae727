"""Sources of coverage: which are switched on, and what they know of the claims of a report."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field, StringConstraints

from agent.doors.api.access import Counted, Coverer, Keyed, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted_gather import GatherRequest
from agent.doors.api.problems import answers
from agent.doors.api.progress_stream import telling
from agent.doors.api.reports import RunId
from agent.events import Gathering
from agent.gather.options import TellGathering
from agent.models import Frozen

router = APIRouter(tags=["coverage"], route_class=Keyed)


class SwitchedOn(Frozen):
    """Sources that are asked where none is named."""

    sources: tuple[str, ...]


class ReportGatherRequest(GatherRequest):
    """How coverage is looked for, and of which claims."""

    claims: tuple[Annotated[str, StringConstraints(max_length=20)], ...] = Field(
        (), max_length=10_000, description="All of the report where none is named.", examples=[["c3"]]
    )


@router.get(
    "/v1/coverage/sources",
    responses=answers(401, 403, 429, 503),
    summary="List the sources of coverage",
)
async def list_sources(_: Coverer, space: Working) -> SwitchedOn:
    """Those that are switched on, by the settings of this service."""
    return SwitchedOn(sources=await space.sources())


@router.post(
    REPORTS + "/{run_id}/gather",
    response_class=EventSourceResponse,
    responses=answers(400, 401, 403, 404, 413, 415, 422, 429, 503),
    summary="Look for coverage of a report",
)
async def gather_for_report(
    run_id: RunId, posted: ReportGatherRequest, _: Coverer, __: Counted, space: Working
) -> AsyncIterator[ServerSentEvent]:
    """`progress` with each state on the way, `ended` with what came of it. The report stays as it is: `recheck`
    judges its claims anew. Whoever stops reading stops it, and what was added stays."""

    async def gather(tell: TellGathering) -> Gathering:
        return await space.gather(run_id, posted.claims, posted.options, tell)

    async for event in telling(gather):
        yield event
