"""A verification as it goes on: server-sent events that can be taken up again where they broke off."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.doors.api.access import Counted, Keyed, OwnJob
from agent.doors.api.problems import answers
from agent.doors.api.service import Served
from agent.doors.api.shown import PATH, Verification
from agent.jobs.webhooks import Attempt
from agent.models import Frozen

router = APIRouter(tags=["verifications"], route_class=Keyed)
LastEventId = Annotated[
    int | None, Header(ge=0, le=10**9, description="The number of the last event that was seen; 0 for none.")
]


@router.get(
    PATH + "/{verification_id}/events",
    response_class=EventSourceResponse,
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="Follow a verification",
)
async def follow(
    job: OwnJob, _: Counted, service: Served, last_event_id: LastEventId = None
) -> AsyncIterator[ServerSentEvent]:
    """Every event with its number, those that happened before too; at the end `ended` with the verification.

    A reader that was cut off sends the last number it saw as `Last-Event-ID`, as browsers do by themselves. After a
    kill of the service a run goes on and says `run_started` once more, with `resumed`.
    """
    async for event in service.jobs.stream(job.id, after=last_event_id or 0):
        yield ServerSentEvent(id=str(event.number), event=event.type, raw_data=event.data)
    ended = await service.jobs.get(job.id)
    yield ServerSentEvent(event="ended", raw_data=Verification.of(ended).model_dump_json(by_alias=True))


class Deliveries(Frozen):
    """Tries to tell the callback address, first to last: at most one may be missing, after a kill."""

    attempts: tuple[Attempt, ...]


@router.get(
    PATH + "/{verification_id}/deliveries",
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="How the callback address was told",
)
async def list_deliveries(job: OwnJob, service: Served) -> Deliveries:
    """An address that does not answer with a 2xx is tried again for a day; 410 ends it."""
    return Deliveries(attempts=await service.jobs.attempts(job.id))
