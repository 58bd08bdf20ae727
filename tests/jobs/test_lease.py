"""Who lives, who is taken for dead, and that a job is done by one of them, once."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from agent.config import Settings
from agent.errors import LeaseLost, StoreError
from agent.jobs import JobState
from agent.jobs.access import open_jobs
from agent.jobs.database import open_engine
from agent.jobs.engine_setup import make_ready
from agent.jobs.lease import open_lease
from agent.jobs.predecessor import hold_place
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE, until

_BEGUN_ELSEWHERE = "UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = 'worker-gone', owner_xid = 'o'"
_AS_BUILT_BEFORE = "UPDATE dbos.workflow_status SET application_version = '1'"
_CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'
"""
_JUST_SEEN = "INSERT INTO isnad_workers (id, jobs_at_once) VALUES ('worker-gone', 1)"
_NEVER_SEEN = "INSERT INTO isnad_workers (id, jobs_at_once, seen_at) VALUES ('worker-gone', 1, now() - interval '1h')"


async def test_what_a_dead_worker_had_begun_goes_on_with_a_living_one_once(shared: Settings) -> None:
    handler = ScriptedHandler()
    with open_jobs(shared) as jobs, open_engine(shared, through_power_cuts=True) as engine:
        job = await jobs.enqueue(request(), owner="desk")
        with engine.begin() as connection:
            connection.execute(text(_BEGUN_ELSEWHERE))
            connection.execute(text(_NEVER_SEEN))
        assert (await jobs.get(job.id)).state is JobState.RUNNING
        async with at_work(shared, handler) as working:
            done = await working.wait(job.id, _PATIENCE)
            assert done.state is JobState.SUCCEEDED
            assert handler.begun == {job.id: 1}
            assert await working.workers() == 1


async def test_what_a_killed_worker_had_begun_goes_on_at_once_where_another_takes_its_place(
    shared: Settings, tmp_path: Path
) -> None:
    patient = shared.model_copy(update={"worker_silence": 3600})
    with open_jobs(patient) as jobs, open_engine(patient, through_power_cuts=True) as engine:
        job = await jobs.enqueue(request(), owner="desk")
        with hold_place(tmp_path) as place:
            assert place.predecessor is None
            place.take("worker-gone")
        with engine.begin() as connection:
            connection.execute(text(_BEGUN_ELSEWHERE))
            connection.execute(text(_JUST_SEEN))
        async with at_work(patient, ScriptedHandler()):
            # Who works elsewhere has no way to know.
            assert (await jobs.wait(job.id, 1)).state is JobState.RUNNING
            with hold_place(tmp_path) as place:
                async with open_lease(engine, silence=3600, jobs_at_once=1, place=place):
                    assert (await jobs.wait(job.id, _PATIENCE)).state is JobState.SUCCEEDED
                    assert await jobs.workers() == 2


def test_a_place_that_somebody_has_is_left_to_him(tmp_path: Path) -> None:
    with hold_place(tmp_path) as first:
        first.take("worker-first")
        with hold_place(tmp_path) as second:
            assert second.predecessor is None
            second.take("worker-second")
        with hold_place(tmp_path) as third:
            assert third.predecessor == "worker-second"


async def test_a_job_of_an_earlier_build_is_done(shared: Settings) -> None:
    with open_jobs(shared) as jobs, open_engine(shared, through_power_cuts=True) as engine:
        job = await jobs.enqueue(request(), owner="desk")
        with engine.begin() as connection:
            # The name of the version is part of what is kept: a build that had another would strand the job.
            assert connection.execute(text(_AS_BUILT_BEFORE)).rowcount == 1
        async with at_work(shared, ScriptedHandler()):
            assert (await jobs.wait(job.id, _PATIENCE)).state is JobState.SUCCEEDED


async def test_a_worker_that_ends_in_order_leaves_nobody_waiting(shared: Settings) -> None:
    slow = ScriptedHandler(work=lambda: asyncio.sleep(600))
    with open_jobs(shared) as jobs:
        async with at_work(shared, slow) as working:
            job = await working.enqueue(request(), owner="desk")
            await until(lambda: slow.under_way == 1)
        assert (await jobs.get(job.id)).state is JobState.QUEUED
        assert await jobs.workers() == 0


async def test_a_lease_that_was_taken_away_is_noticed_and_holds_nothing_any_more(shared: Settings) -> None:
    with open_engine(shared, through_power_cuts=True) as engine:
        make_ready(engine)
        async with open_lease(engine, silence=1, jobs_at_once=1) as lease:
            await lease.check()
            with engine.begin() as connection:
                connection.execute(text("DELETE FROM isnad_workers"))
            with pytest.raises(LeaseLost):
                await lease.check()
            await asyncio.wait_for(lease.lost.wait(), _PATIENCE)


async def test_a_server_that_goes_away_while_a_lease_is_held_is_a_store_that_cannot_be_used(shared: Settings) -> None:
    """Which another try may mend, and ends no job."""
    with open_engine(shared, through_power_cuts=True) as engine:
        make_ready(engine)
        async with open_lease(engine, silence=60, jobs_at_once=1) as lease:
            with pytest.raises(StoreError), lease.held(), engine.begin() as other:
                assert other.execute(text(_CUT_OFF)).all()
            await lease.check()


async def test_nobody_is_taken_for_dead_while_he_writes(shared: Settings) -> None:
    with open_engine(shared, through_power_cuts=True) as engine:
        make_ready(engine)
        async with open_lease(engine, silence=60, jobs_at_once=1) as lease:
            with lease.held(), engine.connect() as other:
                row = {"id": lease.id}
                found = "SELECT 1 FROM isnad_workers WHERE id = :id FOR UPDATE SKIP LOCKED"
                assert other.execute(text(found), row).first() is None
                # A sign can be given all the same.
                other.execute(text("SET LOCAL lock_timeout = '5s'"))
                assert other.execute(text("UPDATE isnad_workers SET seen_at = now() WHERE id = :id"), row).rowcount


async def test_a_step_whose_job_is_anothers_now_does_not_end_it(shared: Settings) -> None:
    handler = ScriptedHandler()

    async def lose() -> None:
        raise LeaseLost("this worker was silent for so long")

    handler.work = lose
    async with at_work(shared, handler) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        await until(lambda: handler.begun[job.id] == 1)
        assert (await jobs.wait(job.id, 1)).state is JobState.RUNNING
        handler.work = ScriptedHandler().work
    async with at_work(shared, handler) as jobs:
        assert (await jobs.wait(job.id, _PATIENCE)).state is JobState.SUCCEEDED


def test_a_database_that_does_not_answer_is_told_without_its_password(shared: Settings) -> None:
    nowhere = shared.model_copy(update={"database_url": SecretStr("postgresql://desk:hush-hush@127.0.0.1:1/isnad")})
    with pytest.raises(StoreError, match="ISNAD_DATABASE_URL") as refused, open_jobs(nowhere):
        pass
    assert "hush-hush" not in str(refused.value)
