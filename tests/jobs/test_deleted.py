"""Deleting a job, also one that is being done: it stops, and leaves nothing behind."""

import asyncio

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.jobs import JobState, UnknownJob
from agent.jobs.database import open_engine
from agent.jobs.engine_table import table_of
from agent.jobs.forgetting import Retention, delete_job
from agent.jobs.guard import JobGuard
from agent.storage.reports import open_reports
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE, until
from tests.support.reports import english_report


async def test_a_job_that_is_deleted_while_it_runs_stops_and_is_forgotten_by_who_did_it(settings: Settings) -> None:
    handler = ScriptedHandler(work=lambda: asyncio.sleep(600))
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        await until(lambda: handler.under_way == 1)
        await jobs.delete(job.id)
        with pytest.raises(UnknownJob):
            await jobs.get(job.id)
        await until(lambda: handler.forgotten == [job.id])
        assert handler.stopped == 1
        other = await jobs.enqueue(request(), owner="desk")
        await until(lambda: handler.under_way == 1)
        await jobs.cancel(other.id)
        await until(lambda: handler.stopped == 2)
    # What is cancelled is there to be looked at, until somebody deletes it.
    assert handler.forgotten == [job.id]


async def test_what_was_deleted_is_given_no_report_any_more(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler()) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        await jobs.wait(job.id, _PATIENCE)
        with open_engine(settings, through_power_cuts=True) as engine:
            kept = JobGuard(engine, table_of(settings))
            with kept.held(job.id):
                deleting = asyncio.create_task(jobs.delete(job.id))
                # Whoever keeps a report just now is waited for.
                await asyncio.wait({deleting}, timeout=0.3)
                assert not deleting.done()
            await deleting
            with pytest.raises(UnknownJob), kept.held(job.id):
                pass


class StuckRuns:
    """Cannot forget, until it can."""

    def __init__(self) -> None:
        self.stuck = True

    async def adelete_thread(self, thread_id: str) -> None:
        if self.stuck:
            raise StoreError("cannot keep runs just now")


async def test_whoever_is_cut_off_while_deleting_can_ask_again(settings: Settings) -> None:
    runs = StuckRuns()
    with open_reports(settings) as reports:
        forgetting = Retention(reports, runs)
        async with at_work(settings, ScriptedHandler()) as jobs:
            job = await jobs.enqueue(request(), owner="desk")
            await jobs.wait(job.id, _PATIENCE)
            reports.save(english_report().model_copy(update={"run_id": job.id}))
            with pytest.raises(StoreError):
                await delete_job(jobs, forgetting, job.id)
            assert (await jobs.get(job.id)).state is JobState.SUCCEEDED
            runs.stuck = False
            await delete_job(jobs, forgetting, job.id)
            with pytest.raises(UnknownJob):
                await jobs.get(job.id)
        assert reports.listing() == []
