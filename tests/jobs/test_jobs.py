import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from agent.config import Settings
from agent.errors import BadInput, EndpointUnreachable, StoreBusy
from agent.jobs import BlockSegment, JobRequest, JobState, KeyReused, QueueFull, UnknownJob
from agent.jobs.database import open_engine
from agent.jobs.engine_table import table_of
from agent.jobs.slot import hold_slot
from agent.models import Article, FailureReason
from tests.jobs.handlers import DONE, ScriptedHandler, at_work, request

pytestmark = pytest.mark.waits

_PATIENCE = 240


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not happened():  # noqa: ASYNC110  # what is waited for happens in code that knows of no event
            await asyncio.sleep(0.01)


async def test_a_job_is_done_and_its_events_can_be_read_again_from_the_middle(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler()) as jobs:
        accepted = await jobs.enqueue(request(), owner="desk")
        told = [event async for event in jobs.stream(accepted.id)]
        done = await jobs.wait(accepted.id, _PATIENCE)
        again = [event async for event in jobs.stream(accepted.id, after=1)]
    assert [(event.number, event.type) for event in told] == [(1, "run_started"), (2, "article_split")]
    assert again == told[1:]
    assert told[1].data == '{"parts":3}'
    assert (done.state, done.outcome, done.owner, done.title) == (JobState.SUCCEEDED, DONE, "desk", "The bridge")
    assert done.started_at is not None
    assert done.ended_at is not None


async def test_what_no_database_likes_to_keep_comes_back_as_it_was(settings: Settings) -> None:
    article = Article(text="The bridge\x00 is shut \u202e\uffff.", language="en", title="a\x00b", url="\x00")
    piece = BlockSegment(block="p\x001", at=0, within=0, length=3)
    async with at_work(settings, ScriptedHandler()) as jobs:
        job = await jobs.enqueue(JobRequest(article=article, pieces=(piece,)), owner="desk")
        done = await jobs.wait(job.id, _PATIENCE)
    assert (done.state, done.title, done.url, done.pieces) == (JobState.SUCCEEDED, "a\x00b", "\x00", (piece,))


async def test_one_key_is_one_job_however_many_ask_at_once(settings: Settings) -> None:
    handler = ScriptedHandler()
    async with at_work(settings, handler) as jobs:
        asked = await asyncio.gather(*(jobs.enqueue(request(), owner="desk", key="k") for _ in range(20)))
        await jobs.wait(asked[0].id, _PATIENCE)
        assert len({job.id for job in asked}) == 1
        assert handler.begun == {asked[0].id: 1}
        with pytest.raises(KeyReused):
            await jobs.enqueue(request("Another article, about another bridge."), owner="desk", key="k")
        assert (await jobs.enqueue(request(), owner="others", key="k")).id != asked[0].id
        assert (await jobs.enqueue(request(), owner="desk")).id != asked[0].id


async def test_a_key_is_forgotten_after_a_day(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler()) as jobs:
        first = await jobs.enqueue(request(), owner="desk", key="k")
        await jobs.wait(first.id, _PATIENCE)
        yesterday = int((datetime.now(UTC) - timedelta(hours=25)).timestamp() * 1000)
        with open_engine(settings, through_power_cuts=False) as engine, engine.begin() as connection:
            connection.execute(update(table_of(settings).table).values(created_at=yesterday))
        second = await jobs.enqueue(request("Another article, about another bridge."), owner="desk", key="k")
        assert second.id != first.id
        again = await jobs.enqueue(request("Another article, about another bridge."), owner="desk", key="k")
        assert again.id == second.id


async def test_a_key_stands_for_its_latest_job_also_when_an_earlier_one_was_deleted(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler()) as jobs:
        first = await jobs.enqueue(request(), owner="desk", key="k")
        await jobs.wait(first.id, _PATIENCE)
        yesterday = int((datetime.now(UTC) - timedelta(hours=25)).timestamp() * 1000)
        with open_engine(settings, through_power_cuts=False) as engine, engine.begin() as connection:
            connection.execute(update(table_of(settings).table).values(created_at=yesterday))
        second = await jobs.enqueue(request(), owner="desk", key="k")
        await jobs.delete(first.id)
        assert (await jobs.enqueue(request(), owner="desk", key="k")).id == second.id


async def test_no_more_jobs_run_at_once_than_allowed_and_no_more_wait(settings: Settings) -> None:
    open_ = asyncio.Event()
    handler = ScriptedHandler(work=lambda: open_.wait())  # type: ignore[arg-type, return-value]  # the answer is not read
    async with at_work(settings, handler, at_once=2, most_waiting=3) as jobs:
        running = [await jobs.enqueue(request(), owner="desk") for _ in range(2)]
        await until(lambda: handler.under_way == 2)
        waiting = [await jobs.enqueue(request(), owner="desk") for _ in range(3)]
        with pytest.raises(QueueFull) as full:
            await jobs.enqueue(request(), owner="desk")
        assert full.value.retry_after > 0
        assert await jobs.count(JobState.QUEUED, owner="desk") == 3
        assert await jobs.count(JobState.QUEUED, owner="others") == 0

        await jobs.cancel(waiting[0].id)
        await jobs.enqueue(request(), owner="desk")
        open_.set()
        ended = [await jobs.wait(job.id, _PATIENCE) for job in (*running, *waiting)]
    assert [job.state for job in ended] == [JobState.SUCCEEDED] * 2 + [JobState.CANCELLED] + [JobState.SUCCEEDED] * 2
    assert handler.most == 2
    assert waiting[0].id not in handler.begun


async def test_a_cancelled_job_stops_and_stays_cancelled(settings: Settings) -> None:
    handler = ScriptedHandler(work=lambda: asyncio.sleep(600))
    async with at_work(settings, handler) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        assert (await anext(jobs.stream(job.id))).type == "run_started"
        cancelled = await jobs.cancel(job.id)
        assert cancelled.state is JobState.CANCELLED
        await until(lambda: handler.stopped == 1)
        assert [event.number async for event in jobs.stream(job.id)] == [1]
        assert (await jobs.cancel(job.id)).state is JobState.CANCELLED


async def test_what_may_pass_is_tried_again_and_what_will_not_is_told(settings: Settings) -> None:
    down = EndpointUnreachable(FailureReason.UNREACHABLE, "nobody answers there")
    failures: list[Exception] = [down, down]

    async def fail() -> None:
        if failures:
            raise failures.pop(0)

    async with at_work(settings, ScriptedHandler(work=fail)) as jobs:
        passing = await jobs.wait((await jobs.enqueue(request(), owner="desk")).id, _PATIENCE)
        assert passing.state is JobState.SUCCEEDED
        failures += [down] * 3
        lasting = await jobs.wait((await jobs.enqueue(request(), owner="desk")).id, _PATIENCE)
        failures.append(BadInput("it holds no words to check"))
        hopeless = await jobs.wait((await jobs.enqueue(request(), owner="desk")).id, _PATIENCE)
    assert failures == []
    assert lasting.problem is not None
    assert (lasting.state, lasting.problem.code) == (JobState.FAILED, "endpoint")
    assert lasting.problem.message == "nobody answers there"
    assert hopeless.problem is not None
    assert (hopeless.problem.code, hopeless.problem.message) == ("article", "it holds no words to check")


async def test_jobs_are_listed_by_owner_and_forgotten_when_asked(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler()) as jobs:
        mine = [(await jobs.enqueue(request(), owner="desk")).id for _ in range(3)]
        other = await jobs.enqueue(request(), owner="others")
        now = datetime.now(UTC)
        first = await jobs.page(now, owner="desk", limit=2)
        rest = await jobs.page(now, owner="desk", limit=2, seen=tuple(job.id[:12] for job in first.jobs))
        assert sorted(job.id for job in (*first.jobs, *rest.jobs)) == sorted(mine)
        assert (first.more, rest.more) == (True, False)
        assert len((await jobs.page(now, owner=None)).jobs) == 4

        await jobs.wait(other.id, _PATIENCE)
        assert (await jobs.page(now, owner="others", states=(JobState.CANCELLED,))).jobs == ()
        await jobs.delete(other.id)
        for gone in (jobs.get(other.id), jobs.cancel(other.id), jobs.delete(other.id)):
            with pytest.raises(UnknownJob):
                await gone
        with pytest.raises(UnknownJob):
            await anext(aiter(jobs.stream(other.id)))


def test_two_processes_never_have_one_name(settings: Settings) -> None:
    with hold_slot(settings.data_dir, "worker", 2) as one, hold_slot(settings.data_dir, "worker", 2) as other:
        assert {one, other} == {"worker-0", "worker-1"}
        with pytest.raises(StoreBusy), hold_slot(settings.data_dir, "worker", 2):
            pass
    with hold_slot(settings.data_dir, "worker", 2) as again:
        assert again == "worker-0"


async def test_what_is_under_way_when_the_service_stops_goes_on_with_the_next_start(settings: Settings) -> None:
    slow = ScriptedHandler(work=lambda: asyncio.sleep(600))
    async with at_work(settings, slow) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        await until(lambda: slow.under_way == 1)
    assert slow.stopped == 1
    quick = ScriptedHandler()
    async with at_work(settings, quick) as jobs:
        done = await jobs.wait(job.id, _PATIENCE)
        told = [event.type async for event in jobs.stream(job.id)]
    assert done.state is JobState.SUCCEEDED
    assert quick.begun == {job.id: 1}
    assert told == ["run_started", "run_started", "article_split"]


async def test_one_process_does_the_jobs_of_one_place(settings: Settings) -> None:
    other = settings.model_copy(update={"data_dir": settings.data_dir / "other"})
    async with at_work(settings, ScriptedHandler()):
        with pytest.raises(StoreBusy, match="in this process already"):
            async with at_work(other, ScriptedHandler()):
                pass
