"""Forgetting what a job has left behind: its report with all versions and corrections, and the steps of its run."""

import asyncio
from typing import Protocol

from agent.jobs.protocol import Jobs
from agent.storage.reports import Reports


class RunPruner(Protocol):
    async def adelete_thread(self, thread_id: str) -> None:
        """Forgets the steps of a run; one that was never there is no error."""


class Retention:
    """Opened with `open_forgetting`. The answer cache is not searched: it forgets what is long unused by itself."""

    def __init__(self, reports: Reports, runs: RunPruner) -> None:
        self._reports = reports
        self._runs = runs

    async def forget(self, run_id: str) -> None:
        """Raises `StoreError`; what was never there is no error."""
        await self._runs.adelete_thread(run_id)
        await asyncio.to_thread(self._reports.delete, run_id)


async def delete_job(jobs: Jobs, forgetting: Retention, job_id: str) -> None:
    """Stops a job if it runs, and takes away all that is known of it. Raises `UnknownJob`, `StoreError`.

    The job goes last, so that whoever is cut off can ask again; once more after it, as it may have run until then.
    """
    await forgetting.forget(job_id)
    await jobs.delete(job_id)
    await forgetting.forget(job_id)
