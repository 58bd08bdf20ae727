"""What a caller of a service does with its jobs, besides what is done with the store."""

import asyncio
from collections.abc import Collection
from datetime import datetime

from agent.errors import UnknownJob
from agent.gather.options import GatherOptions
from agent.gather.switches import check_named
from agent.jobs import Job, JobPage, JobRequest, JobState
from agent.jobs.forgetting import delete_job
from agent.service.backend import Backend
from agent.service.budget import CallerBudget
from agent.service.caller import Caller
from agent.service.stores import StoreVerbs
from agent.storage.keys import Scope


class JobVerbs(StoreVerbs):
    """A caller reaches its own jobs alone, unless its key may see everybody's."""

    def __init__(self, backend: Backend, caller: Caller) -> None:
        super().__init__(backend)
        self._backend = backend
        self._caller = caller
        self._budget = CallerBudget(backend.budget, caller.id)

    def need(self, *scopes: Scope) -> None:
        self._caller.need(*scopes)

    async def check_tokens(self) -> None:
        """Raises `TokensSpent` when the caller has spent what it may spend today."""
        await asyncio.to_thread(self._budget.check)

    async def post(self, request: JobRequest, *, key: str | None = None) -> Job:
        """Accepts a verification. Raises `TokensSpent`, and what `Jobs.enqueue` raises; where coverage is to be
        looked for, `NoSource`, and `NotAllowed` for a key that adds none."""
        await self.check_tokens()
        if request.gather is not None:
            await self.check_gather(request.gather)
        return await self._backend.jobs.enqueue(request, owner=self._caller.id, key=key)

    async def job(self, job_id: str) -> Job:
        """Raises `UnknownJob`, also for somebody else's."""
        job = await self._backend.jobs.get(job_id)
        if self._caller.sees not in (None, job.owner):
            raise UnknownJob(f"there is no verification {job_id!r}")
        return job

    async def cancel(self, job_id: str) -> Job:
        await self.job(job_id)
        return await self._backend.jobs.cancel(job_id)

    async def forget(self, job_id: str) -> None:
        """Stops a verification if it runs, and takes away all that is known of it."""
        await self.job(job_id)
        await delete_job(self._backend.jobs, self._backend.forgetting, job_id)

    async def jobs(
        self, before: datetime, *, states: tuple[JobState, ...] = (), seen: tuple[str, ...] = (), limit: int = 50
    ) -> JobPage:
        """Those that the caller may see, as `Jobs.page` gives them."""
        return await self._backend.jobs.page(before, owner=self._caller.sees, states=states, seen=seen, limit=limit)

    async def own(self, run_ids: Collection[str]) -> Collection[str]:
        """Those of some runs that the caller may see."""
        owner = self._caller.sees
        return run_ids if owner is None else await self._backend.jobs.owned(run_ids, owner)

    async def waited(self, job: Job, seconds: float) -> Job | None:
        """As it stands when it has ended, or after so long; None at once where too many follow."""
        with self._backend.followers.place(self._caller.id) as free:
            return await self._backend.jobs.wait(job.id, seconds) if free else None

    async def check_gather(self, options: GatherOptions) -> None:
        """Raises `NotAllowed` for a key that adds no coverage, `NoSource`."""
        self.need(Scope.COVERAGE)
        check_named(await self.sources(), options.sources)
