"""The engine that does jobs: how it is opened on an event loop, and closed. DBOS keeps what was begun."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, PortableWorkflowError
from dbos import error as dbos_errors

from agent.errors import StoreBusy
from agent.jobs.duties import ScheduledTask
from agent.jobs.engine_setup import engine_errors_translated
from agent.jobs.failures import is_after_shutdown
from agent.jobs.guard import JobGuard
from agent.jobs.lease import Lease
from agent.jobs.naming import APPLICATION, QUEUE, VERSION, WEBHOOK_QUEUE
from agent.jobs.schedules import begin_duties, register_duties
from agent.jobs.webhooks import PAUSES
from agent.jobs.workflows import JobHandler, RetryPolicy, StepsUnderWay, register_workflows

if TYPE_CHECKING:
    from sqlalchemy import Engine

_POLL_SECONDS = 0.2
# Each look costs the database six statements, and nobody waits for a webhook as for a first event.
_WEBHOOK_POLL_SECONDS = 0.5
_RETRY = RetryPolicy()
# The engine is one to a process.
_engine = threading.Lock()


@asynccontextmanager
async def open_worker(
    engine: "Engine",
    url: str,
    slot: str,
    handler: JobHandler,
    guard: JobGuard,
    *,
    at_once: int,
    grace: int,
    lease: Lease | None = None,
    duties: Sequence[ScheduledTask] = (),
    retry: RetryPolicy = _RETRY,
    pauses: Sequence[float] = PAUSES,
) -> AsyncIterator[None]:
    """Does jobs on this event loop until the end; begins with those that this slot had begun before. Raises
    `StoreError` when it cannot begin.

    At the end no new job is taken, and what is under way has `grace` seconds; none when the lease is lost. What is
    not finished then goes on with the next start, or with whoever has the lease.
    """
    if not _engine.acquire(blocking=False):
        raise StoreBusy("jobs are being done in this process already, and one engine serves one place")
    _quiet()
    steps = StepsUnderWay()
    try:
        DBOS(config=_config(engine, url, slot))
        register_workflows(handler, guard, retry, pauses, steps)
        timed = register_duties(duties, steps.one)
        with engine_errors_translated():
            DBOS.launch()
            await _register_queues(at_once)
            await begin_duties(duties, timed)
        yield
    finally:
        lost = lease is not None and lease.lost.is_set()
        await _close(steps, 0 if lost else grace, at_once=lost)


async def _register_queues(at_once: int) -> None:
    await DBOS.register_queue_async(
        QUEUE, worker_concurrency=at_once, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
    )
    # Nothing waits for another here: most of a delivery is the pause before the next try.
    await DBOS.register_queue_async(
        WEBHOOK_QUEUE, polling_interval_sec=_WEBHOOK_POLL_SECONDS, on_conflict="always_update"
    )


async def _close(steps: StepsUnderWay, grace: int, *, at_once: bool) -> None:
    """Ends the engine. What is under way has `grace` seconds, or is stopped at once."""
    loop = asyncio.get_running_loop()
    ending = ThreadPoolExecutor(1)
    if at_once:
        await steps.stop()
    await loop.run_in_executor(
        ending, lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace)
    )
    await steps.stop()
    # The engine had put its own threads in place of the loop's, and has taken them away.
    loop.set_default_executor(ThreadPoolExecutor())
    ending.shutdown(wait=False)
    _engine.release()


def _config(engine: "Engine", url: str, slot: str) -> DBOSConfig:
    return DBOSConfig(
        name=APPLICATION,
        system_database_url=url,
        system_database_engine=engine,
        application_version=VERSION,
        executor_id=slot,
        # Never pickle: whoever can write to the database could run code in this process.
        serializer=DBOSPortableJSONSerializer(),
        notification_listener_polling_interval_sec=_POLL_SECONDS,
        log_level="WARNING",
    )


def _quiet() -> None:
    """Keeps the engine from putting a handler of its own on its logger: what it logs goes where ours goes."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    if _is_news not in logger.filters:
        logger.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """False for the engine's tracebacks of jobs that were cancelled, or failed in a way that we tell ourselves."""
    err = record.exc_info[1] if record.exc_info else None
    quiet = isinstance(err, PortableWorkflowError | dbos_errors.DBOSAwaitedWorkflowCancelledError)
    return not (quiet or is_after_shutdown(err))
