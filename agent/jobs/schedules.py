"""Duties on the engine's own schedules: once each time, whichever worker's clock strikes, and never two at once."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from dbos import DBOS

from agent.jobs.crons import last_before, next_after
from agent.jobs.duties import NAMES, Duty

_log = logging.getLogger("isnad.duties")
_POLL_SECONDS = 0.5
_MOST_BEGINNINGS = 5
Noted = Callable[[], AbstractAsyncContextManager[None]]
Workflow = Callable[[datetime, object], Coroutine[object, object, None]]


def register_duties(duties: Sequence[Duty], noted: Noted) -> dict[str, Workflow]:
    """Before the engine begins. What a duty does runs inside `noted`, so that it ends with the worker."""
    return {duty.name: _registered(duty, noted) for duty in duties}


def _registered(duty: Duty, noted: Noted) -> Workflow:
    async def do() -> None:
        async with noted():
            await duty.do()

    async def workflow(due: datetime, _: object) -> None:
        # What came late, because the one before took long or nobody was there, is done once and not many times.
        if datetime.now(UTC) < next_after(duty.cron, _moment(due)):
            await DBOS.run_step_async({"name": duty.name}, do)

    return DBOS.workflow(name=_workflow_name(duty.name), max_recovery_attempts=_MOST_BEGINNINGS)(workflow)


async def begin_duties(duties: Sequence[Duty], workflows: dict[str, Workflow]) -> None:
    """When the engine is there. What was done by the clock before and is no duty any more is done no more."""
    for duty in duties:
        # One at a time of all workers together.
        await DBOS.register_queue_async(
            _queue_name(duty.name), concurrency=1, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
        )
    await DBOS.apply_schedules_async(
        [
            {
                "schedule_name": duty.name,
                "workflow_fn": workflows[duty.name],
                "schedule": duty.cron,
                "queue_name": _queue_name(duty.name),
            }
            for duty in duties
        ]
    )
    for name in set(NAMES) - {duty.name for duty in duties}:
        await DBOS.delete_schedule_async(name)
    for duty in duties:
        await _make_good(duty)


async def _make_good(duty: Duty) -> None:
    """The last time that was missed while nobody was there, whoever of several workers comes first."""
    known = await DBOS.get_schedule_async(duty.name)
    now = datetime.now(UTC)
    missed = last_before(duty.cron, now)
    if known is None or known["last_fired_at"] is None or datetime.fromisoformat(known["last_fired_at"]) >= missed:
        return
    await asyncio.to_thread(DBOS.backfill_schedule, duty.name, missed - timedelta(milliseconds=1), now)
    _log.info("%s was missed and is made good", duty.name)


def _workflow_name(duty: str) -> str:
    return f"duty-{duty}"


def _queue_name(duty: str) -> str:
    return f"duty-{duty}"


def _moment(due: datetime | str) -> datetime:
    # JSON, in which the engine keeps it, has no word for a moment.
    return datetime.fromisoformat(due) if isinstance(due, str) else due
