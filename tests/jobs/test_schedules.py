"""Duties by the clock: each time once, never two at once, and after an outage once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from agent.app import build_duties
from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.errors import ConfigurationError, StoreError
from agent.jobs.crons import cron_of, last_before, next_after
from agent.jobs.database import open_engine
from agent.jobs.duties import ScheduledTask
from agent.jobs.records import Timed
from tests.jobs.handlers import ScriptedHandler, at_work
from tests.jobs.test_jobs import until

pytestmark = pytest.mark.waits

_OFTEN = "* * * * * *"
_NIGHTLY = "0 3 * * *"


class Counting:
    """A duty that counts how often it is begun, and how many run side by side."""

    def __init__(self, hold: asyncio.Event | None = None) -> None:
        self.begun = self.running = self.most = 0
        self._hold = hold

    async def __call__(self) -> None:
        self.begun += 1
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if self._hold is not None:
                await self._hold.wait()
        finally:
            self.running -= 1


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with open_engine(settings, through_power_cuts=False) as engine, engine.begin() as connection:
        if settings.database_url is not None:
            connection.execute(text("SET LOCAL search_path TO dbos"))
        found = connection.execute(text(query))
        return [tuple(row) for row in found] if found.returns_rows else []


async def test_a_duty_is_done_at_its_times_and_no_two_of_it_at_once(settings: Settings) -> None:
    free = asyncio.Event()
    slow, quick = Counting(free), Counting()
    async with at_work(
        settings,
        ScriptedHandler(),
        duties=[ScheduledTask("watch", _OFTEN, slow), ScheduledTask("refresh", _OFTEN, quick)],
    ):
        await until(lambda: quick.begun >= 2)
        assert (slow.begun, slow.most) == (1, 1)
        free.set()
        await until(lambda: slow.begun >= 2)
    assert slow.most == 1
    begun = rows(settings, "SELECT workflow_uuid FROM workflow_status WHERE name = 'duty-refresh'")
    assert len(begun) == len(set(begun)) >= quick.begun


async def test_what_waited_behind_a_long_one_is_done_once(settings: Settings) -> None:
    free = asyncio.Event()
    slow = Counting(free)
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, slow)]):
        waiting = "SELECT count(*) FROM workflow_status WHERE name = 'duty-watch' AND status = 'ENQUEUED'"
        await until(lambda: slow.begun == 1 and rows(settings, waiting) >= [(3,)])
        (before,) = rows(settings, "SELECT count(*) FROM workflow_status WHERE name = 'duty-watch'")
        free.set()
        done = "SELECT count(*) FROM workflow_status WHERE name = 'duty-watch' AND status = 'SUCCESS'"
        await until(lambda: rows(settings, done) >= [before])
    assert slow.begun < int(str(before[0]))


async def test_after_an_outage_the_last_missed_time_is_made_good_once(settings: Settings) -> None:
    nightly = Counting()
    duty = ScheduledTask("evaluate", _NIGHTLY, nightly)
    async with at_work(settings, ScriptedHandler(), duties=[duty]):
        pass
    assert nightly.begun == 0
    long_ago = (datetime.now(UTC) - timedelta(days=9)).isoformat()
    rows(settings, f"UPDATE workflow_schedules SET last_fired_at = '{long_ago}'")
    for _ in range(2):
        async with at_work(settings, ScriptedHandler(), duties=[duty]):
            await until(lambda: nightly.begun == 1)
    assert nightly.begun == 1


async def test_a_duty_that_is_broken_off_by_a_stop_is_begun_again(settings: Settings) -> None:
    held, again = Counting(asyncio.Event()), Counting()
    last = last_before("0 * * * *", datetime.now(UTC))
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", "0 * * * *", held)]):
        pass
    rows(settings, f"UPDATE workflow_schedules SET last_fired_at = '{(last - timedelta(hours=2)).isoformat()}'")
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", "0 * * * *", held)]):
        await until(lambda: held.running == 1)
    assert held.running == 0
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", "0 * * * *", again)]):
        await until(lambda: again.begun == 1)


async def test_a_duty_that_fails_is_told_and_the_next_time_is_another_try(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[Exception] = [StoreError("db.example:5432 is not there"), ValueError("a mistake of ours")]
    seen: list[Timed] = []

    async def fail() -> None:
        if failures:
            raise failures.pop(0)

    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, fail)]) as jobs:
        for ended in (("failed", "store"), ("failed", "internal"), ("succeeded", None)):
            while True:
                (told,) = await jobs.schedules()
                if told.last_run is not None and _ended(told) == ended:
                    break
                await asyncio.sleep(0.02)
            seen.append(told)
    assert all(told.last_run is not None and "db.example" not in told.last_run.model_dump_json() for told in seen)
    (logged,) = [one for one in caplog.records if one.name == "isnad.duties"]
    assert "db.example:5432 is not there" in logged.getMessage()
    moments = [told.last_run.ended_at for told in seen if told.last_run is not None]
    assert moments == sorted(set(moments))


def _ended(told: Timed) -> tuple[str, str | None]:
    assert told.last_run is not None
    problem = told.last_run.problem
    return told.last_run.state, problem.code if problem else None


class _LastMoment(datetime):
    """Not over when it is first asked, and over from then on."""

    asked = 0

    def __gt__(self, other: date, /) -> bool:
        self.asked += 1
        return self.asked == 1

    def __le__(self, other: date, /) -> bool:
        return not self > other


async def test_one_that_begins_in_the_last_moment_of_its_time_is_done(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = Counting()
    over = _LastMoment(2999, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("agent.jobs.schedules.next_after", lambda *_: over)
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, duty)]):
        await until(lambda: duty.begun >= 1)


async def test_one_that_was_broken_off_and_is_over_has_failed(settings: Settings) -> None:
    held = Counting(asyncio.Event())
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, held)]):
        await until(lambda: held.running == 1)
    over = next_after(_OFTEN, next_after(_OFTEN, datetime.now(UTC)))
    await until(lambda: datetime.now(UTC) > over)
    # Which one it was is not sure: the first may have come too late to be begun.
    told = "SELECT error FROM workflow_output WHERE error IS NOT NULL"
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, held)]):
        await until(lambda: "broken_off" in str(rows(settings, told)))


async def test_what_is_no_duty_any_more_is_done_no_more(settings: Settings) -> None:
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _NIGHTLY, Counting())]) as jobs:
        (told,) = await jobs.schedules()
        assert (told.name, told.cron) == ("watch", _NIGHTLY)
        assert told.next_at == next_after(_NIGHTLY, datetime.now(UTC))
    async with at_work(settings, ScriptedHandler()) as jobs:
        assert await jobs.schedules() == ()


async def test_a_time_that_waits_for_what_is_no_duty_any_more_is_left_out(settings: Settings) -> None:
    held = Counting(asyncio.Event())
    async with at_work(settings, ScriptedHandler(), duties=[ScheduledTask("watch", _OFTEN, held)]):
        await until(lambda: held.running == 1)
    async with at_work(settings, ScriptedHandler()):
        await until(lambda: not rows(settings, "SELECT 1 FROM workflow_status WHERE completed_at IS NULL"))
    assert held.begun == 1


@pytest.mark.parametrize(
    ("told", "cron"),
    [("10m", "*/10 * * * *"), ("1H", "0 */1 * * *"), ("1d", "0 0 * * *"), ("0 3 * * *", "0 3 * * *")],
)
def test_a_span_is_told_as_cron(told: str, cron: str) -> None:
    assert cron_of("ISNAD_WATCH_EVERY", told) == cron


@pytest.mark.parametrize("told", ["7m", "0m", "60m", "25h", "2d", "often", "99 * * * *", ""])
def test_what_is_no_time_is_refused_with_the_setting(told: str) -> None:
    with pytest.raises(ConfigurationError, match="ISNAD_WATCH_EVERY"):
        cron_of("ISNAD_WATCH_EVERY", told)


def _coverage(settings: Settings) -> Coverage:
    with open_coverage(settings, HashedEmbedder()) as coverage:
        return coverage


def test_nothing_is_done_by_the_clock_unless_asked_for_but_pruning(settings: Settings) -> None:
    coverage = _coverage(settings)
    assert [duty.name for duty in build_duties(settings, coverage)] == ["prune"]
    asked = settings.model_copy(update={"watch_every": "10m", "refresh_every": "1h", "eval_schedule": _NIGHTLY})
    assert [duty.name for duty in build_duties(asked, coverage)] == ["watch", "refresh", "evaluate", "prune"]
