"""Runs scheduled tasks on the engine's own schedules: each runs once at a time, on one worker."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from dbos import DBOS, PortableWorkflowError

from agent.jobs.crons import last_before, next_after
from agent.jobs.duties import NAMES, TOO_LATE, ScheduledTask
from agent.jobs.failures import FORESEEN, fit_for_callers, portable_error
from agent.jobs.naming import duty_of

_log = logging.getLogger("isnad.duties")
_POLL_SECONDS = 0.5
_MOST_BEGINNINGS = 5
_BROKEN_OFF = PortableWorkflowError(
    "the worker ended in the middle of it, and its time was over before it could go on", "JobFailed", "broken_off"
)
Noted = Callable[[], AbstractAsyncContextManager[None]]
Workflow = Callable[[datetime, object], Coroutine[object, object, str | None]]


def register_duties(duties: Sequence[ScheduledTask], noted: Noted) -> dict[str, Workflow]:
    """Registers a workflow for each task. Call it before the engine is launched. `noted` wraps each run, so that it
    ends with the worker."""
    for name in set(NAMES) - {duty.name for duty in duties}:
        # Its times may still wait, and be given to whoever asks.
        DBOS.workflow(name=duty_of(name))(_left_out)
    return {duty.name: _registered(duty, noted) for duty in duties}


async def _left_out(_due: datetime, _: object) -> str:
    return TOO_LATE


def _registered(duty: ScheduledTask, noted: Noted) -> Workflow:
    async def do() -> None:
        async with noted():
            await duty.do()

    async def workflow(due: datetime, _: object) -> str | None:
        over = next_after(duty.cron, _moment(due))
        begins_here = False

        async def in_time() -> bool:
            nonlocal begins_here
            begins_here = True
            return datetime.now(UTC) < over

        # What came late, because the one before took long or nobody was there, is done once and not many times.
        if not await DBOS.run_step_async({"name": "in_time"}, in_time):
            return TOO_LATE
        # The step is not run again where another worker has begun.
        if not begins_here and datetime.now(UTC) >= over:
            raise _BROKEN_OFF
        try:
            await DBOS.run_step_async({"name": duty.name}, do)
        except FORESEEN as err:
            problem = portable_error(err)
            _log.error(
                "%s failed, and is tried again at its next time: %s", duty.name, problem.message, extra=_of(problem)
            )
            raise fit_for_callers(problem) from err
        return None

    return DBOS.workflow(name=duty_of(duty.name), max_recovery_attempts=_MOST_BEGINNINGS)(workflow)


async def begin_duties(duties: Sequence[ScheduledTask], workflows: dict[str, Workflow]) -> None:
    """Gives the engine the schedules. Call it after the engine was launched. Schedules of earlier versions that are
    no task any more are removed."""
    for duty in duties:
        # One at a time of all workers together.
        await DBOS.register_queue_async(
            duty_of(duty.name), concurrency=1, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
        )
    await DBOS.apply_schedules_async(
        [
            {
                "schedule_name": duty.name,
                # What any workflow returns is kept, whatever this type says.
                "workflow_fn": workflows[duty.name],  # type: ignore[typeddict-item]
                "schedule": duty.cron,
                "queue_name": duty_of(duty.name),
            }
            for duty in duties
        ]
    )
    for name in set(NAMES) - {duty.name for duty in duties}:
        await DBOS.delete_schedule_async(name)
    for duty in duties:
        await _make_good(duty)


async def _make_good(duty: ScheduledTask) -> None:
    """The last time that was missed while nobody was there, whoever of several workers comes first."""
    known = await DBOS.get_schedule_async(duty.name)
    now = datetime.now(UTC)
    missed = last_before(duty.cron, now)
    if known is None or known["last_fired_at"] is None or datetime.fromisoformat(known["last_fired_at"]) >= missed:
        return
    await asyncio.to_thread(DBOS.backfill_schedule, duty.name, missed - timedelta(milliseconds=1), now)
    _log.info("%s was missed and is made good", duty.name)


def _of(problem: PortableWorkflowError) -> dict[str, object]:
    return {"code": problem.code}


def _moment(due: datetime | str) -> datetime:
    # JSON, in which the engine keeps it, has no word for a moment.
    return datetime.fromisoformat(due) if isinstance(due, str) else due
