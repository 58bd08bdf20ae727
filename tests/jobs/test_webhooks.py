import asyncio
import json

import pytest

from agent.config import Settings
from agent.errors import BadInput, StoreError
from agent.jobs import JobState, UnknownJob
from agent.jobs.database import open_engine
from agent.jobs.engine_table import table_of
from agent.jobs.guard import JobGuard
from agent.jobs.webhooks import Attempt, Notice
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE, until

_ADDRESS = "https://cms.example/told"


def _told(notice: Notice) -> dict[str, object]:
    told: dict[str, object] = json.loads(notice.body)
    return told


async def test_an_address_is_told_until_it_takes_it_with_one_id(settings: Settings) -> None:
    handler = ScriptedHandler(answers=[500, 302])
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request().model_copy(update={"callback_url": _ADDRESS}), owner="desk")
        await until(lambda: len(handler.sent) == 3)
        await until(lambda: not handler.answers)
        attempts = await jobs.attempts(job.id)
        while len(attempts) < 3:
            attempts = await jobs.attempts(job.id)
    assert [attempt.status for attempt in attempts] == [500, 302, 200]
    assert {notice.id for notice in handler.sent} == {f"msg_{job.id}"}
    assert {(notice.url, notice.owner) for notice in handler.sent} == {(_ADDRESS, "desk")}
    told = _told(handler.sent[0])
    assert told["type"] == "verification.completed"
    assert [_told(notice) for notice in handler.sent] == [told] * 3
    assert "bridge is shut" not in handler.sent[0].body


async def test_nobody_can_put_off_the_next_try_for_good(settings: Settings) -> None:
    handler = ScriptedHandler(answers=[503], retry_after=10.0**8)
    async with at_work(settings, handler) as jobs:
        await jobs.enqueue(request().model_copy(update={"callback_url": _ADDRESS}), owner="desk")
        await until(lambda: len(handler.sent) == 2)


class WithoutItsDatabase(ScriptedHandler):
    """The first try fails for reasons of ours."""

    async def send(self, notice: Notice) -> Attempt:
        attempt = await super().send(notice)
        if len(self.sent) == 1:
            raise StoreError("the database is starting up")
        return attempt


async def test_a_database_that_is_away_keeps_nobody_from_being_told(settings: Settings) -> None:
    handler = WithoutItsDatabase()
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request().model_copy(update={"callback_url": _ADDRESS}), owner="desk")
        await until(lambda: len(handler.sent) == 2)
        while not (attempts := await jobs.attempts(job.id)):
            pass
    assert [attempt.status for attempt in attempts] == [200]
    assert {notice.id for notice in handler.sent} == {f"msg_{job.id}"}


async def test_a_failure_is_told_too_and_an_address_that_is_gone_is_left_alone(settings: Settings) -> None:
    async def fail() -> None:
        raise BadInput("it holds no words to check")

    handler = ScriptedHandler(work=fail, answers=[410])
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request().model_copy(update={"callback_url": _ADDRESS}), owner="desk")
        assert (await jobs.wait(job.id, _PATIENCE)).state is JobState.FAILED
        await until(lambda: len(handler.sent) == 1)
        while not await jobs.attempts(job.id):
            pass
        other = await jobs.enqueue(request(), owner="desk")
        await jobs.wait(other.id, _PATIENCE)
        assert await jobs.attempts(other.id) == ()
        await jobs.delete(job.id)
        with pytest.raises(UnknownJob):
            await jobs.get(job.id)
        assert await jobs.attempts(job.id) == ()
    assert len(handler.sent) == 1
    told = _told(handler.sent[0])
    assert told["type"] == "verification.failed"
    assert isinstance(told["data"], dict)
    assert told["data"]["failure"] == {"code": "article", "message": "it holds no words to check"}


async def test_a_failure_that_nobody_foresaw_is_told_too_without_its_words(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise AttributeError("module 'secret' has no attribute 'Timeout'")

    handler = ScriptedHandler(work=fail)
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request().model_copy(update={"callback_url": _ADDRESS}), owner="desk")
        failed = await jobs.wait(job.id, _PATIENCE)
        await until(lambda: len(handler.sent) == 1)
    assert failed.problem is not None
    assert failed.problem.code == "internal"
    told = _told(handler.sent[0])["data"]
    assert isinstance(told, dict)
    assert told["failure"]["code"] == "internal"
    assert "secret" not in handler.sent[0].body + failed.problem.message
    assert [one.exc_info is not None for one in caplog.records if "job failed" in one.getMessage()] == [True]


async def test_nobody_is_told_of_an_end_before_it_is_there(settings: Settings) -> None:
    may_end = asyncio.Event()
    handler = ScriptedHandler(work=lambda: _wait_for(may_end))
    with open_engine(settings, through_power_cuts=True) as engine:
        kept = JobGuard(engine, table_of(settings))
        async with at_work(settings, handler) as jobs:
            job = await jobs.enqueue(request(), owner="desk")
            await until(lambda: handler.under_way == 1)
            ended = asyncio.create_task(kept.until_ended(job.id))
            await asyncio.sleep(0.2)
            assert not ended.done()
            may_end.set()
            await ended
            assert (await jobs.get(job.id)).state is JobState.SUCCEEDED


async def _wait_for(event: asyncio.Event) -> None:
    await event.wait()
