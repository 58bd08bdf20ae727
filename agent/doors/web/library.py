"""All verifications that somebody may see: by what they are about, how they stand, and what came out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from agent.doors.api.shown import Cursor
from agent.doors.web.entering import Reading, Working
from agent.doors.web.pages import PageRoute, page
from agent.jobs import Job, JobState
from agent.service.served import ServedWorkspace
from agent.text import fold

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_A_PAGE, _AT_ONCE = 30, 200
# A search that finds nothing ends at last; the page says how far it went.
_MOST_LOOKED_AT = 3000
Kind = Literal["", "contested", "corroborated", "unsourced", "failed"]


@dataclass(frozen=True)
class LibraryQuestion:
    """What is asked for: words of title, outlet or address, a state, a label that came out."""

    q: str = ""
    state: JobState | None = None
    label: Kind = ""

    def place(self, **other: str | None) -> str:
        fields = {"q": self.q, "state": self.state.value if self.state else "", "label": self.label, **other}
        fields = {name: value for name, value in fields.items() if value}
        return f"/verifications?{urlencode(fields)}" if fields else "/verifications"

    def holds(self, job: Job) -> bool:
        counts = job.outcome.counts if job.outcome else None
        if self.label and not (counts and getattr(counts, self.label)):
            return False
        known = fold(" ".join(filter(None, (job.title, job.outlet, job.url)))).casefold()
        return all(word in known for word in fold(self.q).casefold().split())


@dataclass(frozen=True)
class LibraryPage:
    """Some jobs, the newest first. `following` leads to older ones; `cut`: no more were looked through."""

    jobs: tuple[Job, ...]
    following: str | None
    cut: bool = False


@router.get("/verifications")
async def show_library(
    looking: Reading,
    space: Working,
    q: Annotated[str, Query(max_length=500)] = "",
    state: Literal["", "queued", "running", "succeeded", "failed", "cancelled"] = "",
    label: Kind = "",
    cursor: Annotated[str | None, Query(max_length=8000)] = None,
) -> Response:
    asked = LibraryQuestion(q.strip(), JobState(state) if state else None, label)
    found = await look_through(space, asked, Cursor.read(cursor, datetime.now(UTC)))
    return page("library.html.j2", looking, asked=asked, space=found, states=tuple(JobState))


async def look_through(space: ServedWorkspace, asked: LibraryQuestion, start: Cursor) -> LibraryPage:
    """The next ones that are asked for, from a place on."""
    states = (asked.state,) if asked.state else ()
    found: list[Job] = []
    looked_at, place = 0, start
    while True:
        jobs = await space.jobs(place.before, states=states, seen=place.seen, limit=_AT_ONCE)
        for number, job in enumerate(jobs.jobs, 1):
            if asked.holds(job):
                found.append(job)
            if len(found) == _A_PAGE and (jobs.more or number < len(jobs.jobs)):
                return LibraryPage(tuple(found), str(place.after(jobs.jobs[:number])))
        looked_at += len(jobs.jobs)
        if not jobs.more:
            return LibraryPage(tuple(found), None)
        place = place.after(jobs.jobs)
        if looked_at >= _MOST_LOOKED_AT:
            return LibraryPage(tuple(found), str(place), cut=True)
