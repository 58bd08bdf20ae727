"""A verification as it goes on, as parts of a page that come over server-sent events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.doors.api.access import JobId
from agent.doors.api.service import Served
from agent.doors.web.entering import Place, Reading, Working
from agent.doors.web.pages import PageRoute, fragment
from agent.doors.web.progress import RunProgress, read_event
from agent.jobs import Job
from agent.service.followers import RETRY_SECONDS

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# A browser comes back by itself, after so long; of an error it would not.
LATER = ServerSentEvent(comment="too many follow", retry=RETRY_SECONDS * 1000)
LastEventId = Annotated[int, Header(ge=0, le=10**9)]


async def _job(verification_id: JobId, _: Reading, space: Working) -> Job:
    return await space.job(verification_id)


@router.get("/verifications/{verification_id}/events", response_class=EventSourceResponse)
async def follow(
    job: Annotated[Job, Depends(_job)], looking: Reading, free: Place, service: Served, last_event_id: LastEventId = 0
) -> AsyncIterator[ServerSentEvent]:
    """How it stands after every event that the page has not seen; at the end `ended`.

    A page that was cut off names the last event that it saw, as browsers do by themselves.
    """
    if not free:
        yield LATER
        return
    standing = RunProgress()
    async for event in service.jobs.stream(job.id):
        standing.take(read_event(event))
        if event.number > last_event_id:
            shown = fragment("progress.part.html.j2", looking.words, standing=standing)
            yield ServerSentEvent(id=str(event.number), event="progress", raw_data=one_line(shown))
    yield ServerSentEvent(event="ended", raw_data=job.id)


def one_line(markup: str) -> str:
    """Of a part of a page that keeps no line breaks."""
    return " ".join(markup.split())
