"""Doing jobs: one workflow for each, with the whole run inside one step. DBOS keeps what was begun."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, PortableWorkflowError, SetWorkflowID, StepOptions
from dbos import error as dbos_errors

from agent.errors import LeaseLost, StoreBusy
from agent.events import Event, RunFinished
from agent.jobs.duties import ScheduledTask
from agent.jobs.engine_setup import engine_errors_translated
from agent.jobs.failures import (
    ends_the_job,
    fit_for_callers,
    is_after_shutdown,
    is_foreseen,
    is_passing,
    portable_error,
)
from agent.jobs.guard import JobGuard
from agent.jobs.lease import Lease
from agent.jobs.naming import (
    APPLICATION,
    ATTEMPTS,
    EVENTS,
    QUEUE,
    VERSION,
    WEBHOOK_QUEUE,
    WEBHOOK_WORKFLOW,
    WORKFLOW,
    job_ended_of,
    webhook_of,
)
from agent.jobs.records import JobProblem, JobRequest, Outcome, Task
from agent.jobs.schedules import begin_duties, register_duties
from agent.jobs.webhooks import PAUSES, Attempt, Notice
from agent.models import Article
from agent.tracing import span

if TYPE_CHECKING:
    from sqlalchemy import Engine

Tell = Callable[[Event], Awaitable[None]]

_log = logging.getLogger("isnad.jobs")
# A job that takes its process down every time is given up at last.
_MOST_BEGINNINGS = 50
_POLL_SECONDS = 0.2
# Each look costs the database six statements, and nobody waits for a webhook as for a first event.
_WEBHOOK_POLL_SECONDS = 0.5
# The engine is one to a process.
_engine = threading.Lock()


class JobHandler(Protocol):
    """Who does the work of a job. All are called again with the same arguments after a kill."""

    async def read(self, task: Task) -> Article: ...

    async def verify(self, task: Task, article: Article, tell: Tell) -> Outcome:
        """The outcome of a run that is under way or begins now; no call that had ended is made again."""

    async def forget(self, job_id: str) -> None:
        """Takes away what `verify` has left of a job that was deleted."""

    async def send(self, notice: Notice) -> Attempt:
        """One try to tell somebody of a job; raises nothing that another try could mend."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often a step is tried when something out there is down, and how long the pauses are (seconds)."""

    # What was away for seconds is not noticed a minute later: no pause is longer than that.
    tries: int = 9
    pause: float = 2.0
    growth: float = 1.5

    def options(self, name: str) -> StepOptions:
        return StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=self.tries,
            interval_seconds=self.pause,
            backoff_rate=self.growth,
            should_retry=is_passing,
            preemptible=True,
        )


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
    retry: RetryPolicy = RetryPolicy(),
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
    under_way: set[asyncio.Task[object]] = set()
    ending = ThreadPoolExecutor(1)
    try:
        DBOS(config=_config(engine, url, slot))
        tell = DBOS.workflow(name=WEBHOOK_WORKFLOW, max_recovery_attempts=_MOST_BEGINNINGS)(
            _telling(handler, guard, retry, pauses, under_way)
        )
        job = _workflow(handler, guard, retry, under_way, tell)
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_MOST_BEGINNINGS)(job)
        timed = register_duties(duties, lambda: _noted(under_way))
        with engine_errors_translated():
            DBOS.launch()
            await DBOS.register_queue_async(
                QUEUE, worker_concurrency=at_once, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
            )
            # Nothing waits for another here: most of a delivery is the pause before the next try.
            await DBOS.register_queue_async(
                WEBHOOK_QUEUE, polling_interval_sec=_WEBHOOK_POLL_SECONDS, on_conflict="always_update"
            )
            await begin_duties(duties, timed)
        yield
    finally:
        loop = asyncio.get_running_loop()
        if lease is not None and lease.lost.is_set():
            grace = 0
            await _stop(under_way)
        await loop.run_in_executor(
            ending, lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace)
        )
        await _stop(under_way)
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


async def _stop(tasks: set[asyncio.Task[object]]) -> None:
    """Ends what the engine has let go of, while all that it works with is still open."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _noted(tasks: set[asyncio.Task[object]]) -> AsyncIterator[None]:
    """Among what is under way. A step whose job is another's now ends in no way at all: it waits to be stopped."""
    task = asyncio.current_task()
    assert task is not None
    tasks.add(task)
    try:
        yield
    except LeaseLost:
        await asyncio.Event().wait()
    finally:
        tasks.discard(task)


def _workflow(
    handler: JobHandler,
    guard: JobGuard,
    retry: RetryPolicy,
    under_way: set[asyncio.Task[object]],
    tell_webhook: Callable[[str], Coroutine[Any, Any, None]],
) -> Callable[..., Awaitable[str]]:
    async def read(text: str) -> str:
        async with _noted(under_way):
            with span("step read", {"isnad.job": DBOS.workflow_id}):
                return (await handler.read(_task(text))).model_dump_json()

    async def verify(text: str, article: str) -> str:
        async with _noted(under_way):
            with span("step verify", {"isnad.job": DBOS.workflow_id}) as mark:
                task = _task(text)
                doing = handler.verify(task, Article.model_validate_json(article), _tell)
                outcome = await guard.while_there(task.job_id, doing, handler.forget)
                mark.set({"isnad.tokens": outcome.tokens, "isnad.complete": outcome.complete})
                return outcome.model_dump_json()

    async def job(text: str, within: dict[str, str] | None = None) -> str:
        with span("job", {"isnad.job": DBOS.workflow_id}, parent=within):
            return await done(text)

    async def done(text: str) -> str:
        job_id = DBOS.workflow_id
        _log.info("job begins", extra={"job": job_id})
        try:
            article = await DBOS.run_step_async(retry.options("read"), read, text)
            outcome = await DBOS.run_step_async(retry.options("verify"), verify, text, article)
        except Exception as err:
            if not ends_the_job(err):
                raise
            problem = portable_error(err)
            # What nobody foresaw is a mistake of ours, to be found by its traceback.
            log = _log.warning if is_foreseen(err) else _log.exception
            log("job failed: %s", problem, extra={"job": job_id, "code": problem.code})
            shown = fit_for_callers(problem)
            await notify(text, JobProblem(code=str(shown.code), message=shown.message))
            raise shown from err
        _log.info("job finished", extra={"job": job_id})
        await notify(text, Outcome.model_validate_json(outcome))
        return outcome

    async def notify(text: str, ended: Outcome | JobProblem) -> None:
        task = _task(text)
        if task.request.callback_url is not None:
            notice = Notice.of(task.job_id, task.owner, task.request.callback_url, ended)
            with SetWorkflowID(webhook_of(task.job_id)):
                await DBOS.enqueue_workflow_async(WEBHOOK_QUEUE, tell_webhook, notice.model_dump_json())

    return job


def _telling(
    handler: JobHandler,
    guard: JobGuard,
    retry: RetryPolicy,
    pauses: Sequence[float],
    under_way: set[asyncio.Task[object]],
) -> Callable[[str], Coroutine[Any, Any, None]]:
    async def send(text: str) -> str:
        async with _noted(under_way):
            notice = Notice.model_validate_json(text)
            if job_id := job_ended_of(DBOS.workflow_id or ""):
                await guard.until_ended(job_id)
            attempt = await handler.send(notice)
            return attempt.model_copy(update={"id": notice.id, "event": notice.event}).model_dump_json()

    async def tell_webhook(text: str) -> None:
        """Tries until it is taken; every try is kept. A kill repeats at most the one that was under way."""
        attempts: list[str] = []
        for pause in (*pauses, None):
            attempts.append(await DBOS.run_step_async(retry.options("send"), send, text))
            await DBOS.set_event_async(ATTEMPTS, attempts)
            attempt = Attempt.model_validate_json(attempts[-1])
            if attempt.settled or pause is None:
                return
            # Whoever is told may ask for a later try, and not for one that never comes.
            await DBOS.sleep_async(max(pause, min(attempt.retry_after or 0, max(pauses))))

    return tell_webhook


def _task(text: str) -> Task:
    job_id, owner = DBOS.workflow_id, DBOS.authenticated_user
    assert job_id is not None, "a step runs inside a job"
    return Task(job_id=job_id, owner=owner or "", request=JobRequest.model_validate_json(text))


async def _tell(event: Event) -> None:
    """Keeps an event under the next number. The report itself is kept elsewhere: its outcome stands for it."""
    outcome = Outcome.of(event.report) if isinstance(event, RunFinished) else event
    await DBOS.write_stream_async(EVENTS, {"type": event.type, "data": outcome.model_dump_json(exclude={"type"})})
