"""Looking at once at what later coverage changes in earlier reports."""

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.doors.api.access import Admin, Counted, Keyed, Working
from agent.doors.api.problems import answers
from agent.doors.api.progress_stream import telling

router = APIRouter(tags=["reports"], route_class=Keyed)


@router.post(
    "/v1/watch/looks",
    response_class=EventSourceResponse,
    responses=answers(401, 403, 422, 429, 503),
    summary="Look for what changes earlier reports",
)
async def look(_: Admin, __: Counted, space: Working) -> AsyncIterator[ServerSentEvent]:
    """`progress` for every claim that is judged otherwise now, as soon as it is stored; `ended` with all of it."""
    async for event in telling(space.watch):
        yield event
