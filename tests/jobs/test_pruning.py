"""What ended long ago is forgotten; what waits or is under way, jobs, and the last run of each duty are not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from agent.app import build_duties
from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.jobs import JobState, pruning
from agent.jobs.duties import ScheduledTask
from agent.jobs.webhooks import Attempt, Notice
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE, until
from tests.jobs.test_schedules import Counting, rows

pytestmark = pytest.mark.waits

_OFTEN = "* * * * * *"
_UNDER_WAY = "SELECT count(*) FROM workflow_status WHERE completed_at IS NULL"
_ADDRESS = "https://cms.example/told"
_DAY = timedelta(days=1)
_DUTIES = "SELECT workflow_uuid FROM workflow_status WHERE name = 'duty-watch' ORDER BY created_at"
# What is kept of workflows that are forgotten.
_LEFT = "SELECT count(*) FROM {} WHERE workflow_uuid NOT IN (SELECT workflow_uuid FROM workflow_status)"
_BESIDE = ("operation_outputs", "workflow_input", "workflow_output", "workflow_events", "workflow_events_history")


class HoldingHand(ScriptedHandler):
    """Tells nobody of the jobs in `held` before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_send = asyncio.Event()
        self.held: set[str] = set()

    async def send(self, notice: Notice) -> Attempt:
        if notice.id in self.held:
            await self.may_send.wait()
        return await super().send(notice)


def _age(settings: Settings, days: int) -> None:
    """Makes all that is there so much older, whatever it is."""
    milliseconds = days * 86_400_000
    moments = ("created_at", "updated_at", "completed_at", "started_at_epoch_ms")
    rows(settings, f"UPDATE workflow_status SET {', '.join(f'{one} = {one} - {milliseconds}' for one in moments)}")


def _looks_ended_before(settings: Settings, moment: datetime) -> list[tuple[object, ...]]:
    ended = f"AND completed_at < {int(moment.timestamp() * 1000)} ORDER"
    return rows(settings, _DUTIES.replace("ORDER", ended))


async def test_what_ended_before_is_forgotten_and_nothing_else(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Many more than are deleted at a time.
    monkeypatch.setattr(pruning, "_AT_ONCE", 2)
    handler, looks = HoldingHand(), Counting()
    told = request().model_copy(update={"callback_url": _ADDRESS})
    async with at_work(settings, handler, duties=[ScheduledTask("watch", _OFTEN, looks)]) as jobs:
        old = [await jobs.enqueue(told, owner="desk") for _ in range(5)]
        for job in old:
            await jobs.wait(job.id, _PATIENCE)
        await until(lambda: len(handler.sent) == 5 and looks.begun >= 3)
    async with at_work(settings, handler) as jobs:
        # What the stop has broken off ends first.
        await until(lambda: rows(settings, _UNDER_WAY) == [(0,)])
        _age(settings, 2)
        under_way, young = [await jobs.enqueue(told, owner="desk") for _ in range(2)]
        handler.held = {f"msg_{under_way.id}"}
        for job in (under_way, young):
            await jobs.wait(job.id, _PATIENCE)
        await until(lambda: len(handler.sent) == 6 and rows(settings, _UNDER_WAY) == [(1,)])
        assert [len(await jobs.attempts(job.id)) for job in old] == [1] * 5
        # The clock may have struck once more while the first worker stopped: such a time is young.
        yesterday = datetime.now(UTC) - _DAY
        before = _looks_ended_before(settings, yesterday)

        forgotten = await jobs.prune(yesterday)

        assert forgotten == 5 + len(before) - 1
        (left,) = _looks_ended_before(settings, yesterday)
        assert left in before
        assert [await jobs.attempts(job.id) for job in old] == [()] * 5
        assert [(await jobs.get(job.id)).state for job in old] == [JobState.SUCCEEDED] * 5
        assert len(await jobs.attempts(young.id)) == 1
        assert {table: rows(settings, _LEFT.format(table)) for table in _BESIDE} == {one: [(0,)] for one in _BESIDE}
        assert await jobs.prune(yesterday) == 0

        # However long it has been under way, it goes on.
        rows(settings, "UPDATE workflow_status SET created_at = 1, updated_at = 1 WHERE status = 'PENDING'")
        pruned = await jobs.prune(datetime.now(UTC) + _DAY)
        assert (pruned >= 1, await jobs.attempts(young.id)) == (True, ())
        handler.may_send.set()
        await until(lambda: len(handler.sent) == 7)
        assert handler.sent[-1].id == f"msg_{under_way.id}"


async def test_the_last_run_is_remembered_behind_times_that_were_left_out(settings: Settings) -> None:
    begun: list[datetime] = []
    gate = asyncio.Semaphore(0)

    async def slow() -> None:
        begun.append(datetime.now(UTC))
        await gate.acquire()

    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, slow)]) as jobs:
        waiting = "SELECT count(*) FROM workflow_status WHERE name = 'duty-watch' AND status = 'ENQUEUED'"
        await until(lambda: len(begun) == 1 and rows(settings, waiting) >= [(2,)])
        (told,) = await jobs.schedules()
        assert (told.running_since is not None, told.last_run) == (True, None)
        gate.release()
        await until(lambda: len(begun) == 2)

        ended = rows(settings, _DUTIES.replace("ORDER", "AND status = 'SUCCESS' ORDER"))
        (told,) = await jobs.schedules()
        assert told.running_since is not None
        assert told.last_run is not None
        assert told.last_run.began_at is not None
        # The times between ended after it, and none of them is a run.
        assert len(ended) > 1
        assert told.last_run.began_at < begun[0] < told.last_run.ended_at < begun[1]
        assert await jobs.prune(datetime.now(UTC) + _DAY) == len(ended) - 1
        assert (await jobs.schedules())[0].last_run == told.last_run


async def test_the_service_prunes_by_itself_what_is_older_than_the_setting(settings: Settings) -> None:
    told = request().model_copy(update={"callback_url": _ADDRESS})
    handler = ScriptedHandler()
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(told, owner="desk")
        await until(lambda: len(handler.sent) == 1 and rows(settings, _UNDER_WAY) == [(0,)])
    _age(settings, 8)
    with open_coverage(settings, HashedEmbedder()) as coverage:
        for days, left in ((9, 1), (7, 0)):
            (prune,) = build_duties(settings.model_copy(update={"history_days": days}), coverage)
            assert prune.name == "prune"
            await prune.do()
            async with at_work(settings, handler) as jobs:
                assert len(await jobs.attempts(job.id)) == left
