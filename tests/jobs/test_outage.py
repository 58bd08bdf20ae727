"""A database that goes away while a worker begins: the worker says so in a way that lets it try again."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.jobs import JobState, work
from agent.jobs.database import database_url, open_engine
from agent.jobs.engine_setup import make_ready
from agent.jobs.engine_table import table_of
from agent.jobs.guard import JobGuard
from agent.jobs.worker import open_worker
from evals.servers.postgres import PostgresServer, run_postgres
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE

if TYPE_CHECKING:
    from agent.jobs.work import Work


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """One that may be crashed."""
    with run_postgres() as server:
        yield server


async def test_a_worker_that_cannot_begin_just_now_can_begin_later(server: PostgresServer, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path / "data", database_url=server.create_database(), chroma_url="http://127.0.0.1:1"
    )
    with open_engine(settings, through_power_cuts=True) as engine:
        await asyncio.to_thread(make_ready, engine)
        kept = JobGuard(engine, table_of(settings))
        server.crash()
        with pytest.raises(StoreError, match="ISNAD_DATABASE_URL"):
            async with open_worker(
                engine, database_url(settings), "one", ScriptedHandler(), kept, at_once=1, grace=0
            ):
                pass
    server.start()
    async with at_work(settings, ScriptedHandler()) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        assert (await jobs.wait(job.id, _PATIENCE)).state is JobState.SUCCEEDED


async def test_work_that_broke_off_for_whatever_reason_begins_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """What breaks is brought in by the test: no known fault does this."""
    begun, stop = asyncio.Event(), asyncio.Event()
    beginnings: list[None] = []

    async def breaks_once(*_: object) -> None:
        beginnings.append(None)
        begun.set()
        if len(beginnings) == 1:
            raise KeyError("nobody thought of this")
        stop.set()

    monkeypatch.setattr(work, "_work_under_lease", breaks_once)
    await asyncio.wait_for(
        work._keep_working(Settings(data_dir=tmp_path), cast("Work", None), begun, stop), _PATIENCE
    )
    assert len(beginnings) == 2
    assert "nobody thought of this" in caplog.text
