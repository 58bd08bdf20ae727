"""What the rest of the program sees of jobs."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Protocol

from agent.jobs.records import Job, JobEvent, JobRequest, JobState, Timed
from agent.jobs.webhooks import Attempt
from agent.models import Frozen
from agent.storage.reports import EditRecord, Recorded


class JobPage(Frozen):
    """Some jobs, the newest first. `more` says whether older ones follow."""

    jobs: tuple[Job, ...]
    more: bool


class Jobs(Protocol):
    """Safe for any number of callers. Every method that names a job raises `UnknownJob`, and `StoreError` when the
    jobs cannot be read or written."""

    async def enqueue(self, request: JobRequest, *, owner: str, key: str | None = None) -> Job:
        """Accepts a job; when this returns it will be done, also after a kill.

        The same key of the same owner gives the same job for a day, however many ask at once; raises `KeyReused` when
        it comes with another request, and `QueueFull` when too much is waiting.
        """

    async def get(self, job_id: str) -> Job:
        """The job as it stands."""

    async def cancel(self, job_id: str) -> Job:
        """Stops a job that has not ended; what has ended stays as it is."""

    def stream(self, job_id: str, *, after: int = 0) -> AsyncIterator[JobEvent]:
        """The events of a job after a number, those to come too; ends when the job has ended."""

    async def wait(self, job_id: str, seconds: float) -> Job:
        """The job when it has ended, or as it stands after so long."""

    async def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        """The tries so far to tell the callback address of a job that it has ended, and what became of its claims."""

    async def announce(self, change: Recorded | EditRecord) -> bool:
        """Tells the callback address of a job of a changed label or an edit, once, however often it is announced;
        False when the job has none."""

    async def delete(self, job_id: str) -> None:
        """Forgets a job that has ended, with its events; one that has not is cancelled first."""

    async def page(
        self,
        before: datetime,
        *,
        owner: str | None,
        states: tuple[JobState, ...] = (),
        seen: tuple[str, ...] = (),
        limit: int = 50,
    ) -> JobPage:
        """Jobs that were accepted no later than `before`, of one owner or of all.

        `seen` are ids, or the beginnings of ids, of jobs that are left out: those at the end of the page before.
        """

    async def schedules(self) -> tuple[Timed, ...]:
        """What workers do by the clock."""

    async def prune(self, before: datetime) -> int:
        """Forgets what ended before: runs by the clock, but the last of each, and deliveries, with their tries. How
        many there were. Nothing that waits or is under way is touched, and no job."""

    async def owned(self, job_ids: Collection[str], owner: str | None) -> frozenset[str]:
        """Those of some ids that are jobs: of this owner, or of anybody."""

    async def count(self, *states: JobState, owner: str | None = None) -> int:
        """How many jobs stand in these states."""

    async def workers(self) -> int | None:
        """How many workers live; None where this process does all the jobs itself."""
