"""Deletes what a job has left: its report with all versions and corrections, and the steps of its run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from agent.config import Settings
from agent.jobs.protocol import Jobs
from agent.storage.reports import Reports
from agent.verify.runs import open_runs


class RunPruner(Protocol):
    async def adelete_thread(self, thread_id: str) -> None:
        """Deletes the steps of a run. A run that never existed is no error."""


class Retention:
    """Deletes reports and runs; open one with `open_forgetting`. The answers of models are not searched: they are
    deleted when they are long unused."""

    def __init__(self, reports: Reports, runs: RunPruner) -> None:
        self._reports = reports
        self._runs = runs

    async def forget(self, run_id: str) -> None:
        """Deletes everything of a run. Raises `StoreError`; a run that never existed is no error."""
        await self._runs.adelete_thread(run_id)
        await asyncio.to_thread(self._reports.delete, run_id)


@asynccontextmanager
async def open_forgetting(settings: Settings, reports: Reports) -> AsyncIterator[Retention]:
    """What deletes reports and runs. Raises `StoreError`."""
    async with open_runs(settings) as runs:
        yield Retention(reports, runs)


async def delete_job(jobs: Jobs, forgetting: Retention, job_id: str) -> None:
    """Stops a job if it runs, and deletes everything that is known of it. Raises `UnknownJob`, `StoreError`.

    The job itself is deleted last, so that whoever is cut off can ask again. Its report is deleted once more after
    that, because the job may have run until then.
    """
    await forgetting.forget(job_id)
    await jobs.delete(job_id)
    await forgetting.forget(job_id)
