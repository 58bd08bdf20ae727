"""What is done for a job, as workflows of DBOS: the whole run inside one step, and a webhook that is tried again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from dbos import DBOS, PortableWorkflowError, SetWorkflowID, StepOptions

from agent.errors import LeaseLost
from agent.events import Event, RunFinished
from agent.jobs.failures import ends_the_job, fit_for_callers, is_foreseen, is_passing, portable_error
from agent.jobs.guard import JobGuard
from agent.jobs.naming import (
    ATTEMPTS,
    EVENTS,
    WEBHOOK_QUEUE,
    WEBHOOK_WORKFLOW,
    WORKFLOW,
    job_ended_of,
    webhook_of,
)
from agent.jobs.records import JobProblem, JobRequest, Outcome, Task
from agent.jobs.webhooks import Attempt, Notice
from agent.models import Article
from agent.tracing import span

Tell = Callable[[Event], Awaitable[None]]
_Send = Callable[[str], Coroutine[Any, Any, None]]

_log = logging.getLogger("isnad.jobs")
# A job that crashes its process each time is given up after so many.
_MOST_BEGINNINGS = 50


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


class StepsUnderWay:
    """The steps that the engine runs on this event loop now. It can let go of them before they end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Notes the step that runs inside. One whose job is another's now ends in no way at all: it waits to be
        stopped."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        except LeaseLost:
            await asyncio.Event().wait()
        finally:
            self._tasks.discard(task)

    async def stop(self) -> None:
        """Ends what the engine has let go of, while all that it works with is still open."""
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def register_workflows(
    handler: JobHandler, guard: JobGuard, retry: RetryPolicy, pauses: Sequence[float], steps: StepsUnderWay
) -> None:
    """Makes the workflows of jobs and of their webhooks known to the engine. Call it after the engine was made and
    before it is launched. `pauses` are the seconds between two tries of a webhook."""
    delivery = _Delivery(handler, guard, retry, pauses, steps)
    sending = DBOS.workflow(name=WEBHOOK_WORKFLOW, max_recovery_attempts=_MOST_BEGINNINGS)(_plain(delivery.run))
    work = _JobRun(handler, guard, retry, steps, sending)

    async def job(text: str, within: dict[str, str] | None = None) -> str:
        with span("job", {"isnad.job": DBOS.workflow_id}, parent=within):
            return await work.run(text)

    DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_MOST_BEGINNINGS)(job)


def _plain(method: _Send) -> _Send:
    """As a function of its own: the engine takes a method for one of a class that it has to know."""

    async def send(text: str) -> None:
        await method(text)

    return send


@dataclass(frozen=True)
class _JobRun:
    """One job from its request to its outcome; `sending` is the workflow that tells its webhook."""

    handler: JobHandler
    guard: JobGuard
    retry: RetryPolicy
    steps: StepsUnderWay
    sending: _Send

    async def run(self, text: str) -> str:
        job_id = DBOS.workflow_id
        _log.info("job begins", extra={"job": job_id})
        try:
            article = await DBOS.run_step_async(self.retry.options("read"), self._read, text)
            outcome = await DBOS.run_step_async(self.retry.options("verify"), self._verify, text, article)
        except Exception as err:
            if not ends_the_job(err):
                raise
            shown = _logged_problem(err, job_id)
            await self._notify(text, JobProblem(code=str(shown.code), message=shown.message))
            raise shown from err
        _log.info("job finished", extra={"job": job_id})
        await self._notify(text, Outcome.model_validate_json(outcome))
        return outcome

    async def _read(self, text: str) -> str:
        async with self.steps.one():
            with span("step read", {"isnad.job": DBOS.workflow_id}):
                return (await self.handler.read(_task(text))).model_dump_json()

    async def _verify(self, text: str, article: str) -> str:
        async with self.steps.one():
            with span("step verify", {"isnad.job": DBOS.workflow_id}) as mark:
                task = _task(text)
                doing = self.handler.verify(task, Article.model_validate_json(article), _tell)
                outcome = await self.guard.while_there(task.job_id, doing, self.handler.forget)
                mark.set({"isnad.tokens": outcome.tokens, "isnad.complete": outcome.complete})
                return outcome.model_dump_json()

    async def _notify(self, text: str, ended: Outcome | JobProblem) -> None:
        task = _task(text)
        if task.request.callback_url is not None:
            notice = Notice.of(task.job_id, task.owner, task.request.callback_url, ended)
            with SetWorkflowID(webhook_of(task.job_id)):
                await DBOS.enqueue_workflow_async(WEBHOOK_QUEUE, self.sending, notice.model_dump_json())


def _logged_problem(err: Exception, job_id: str | None) -> PortableWorkflowError:
    """An error that ends a job, as its caller may see it. What nobody foresaw is a mistake of ours, to be found by
    its traceback."""
    problem = portable_error(err)
    log = _log.warning if is_foreseen(err) else _log.exception
    log("job failed: %s", problem, extra={"job": job_id, "code": problem.code})
    return fit_for_callers(problem)


@dataclass(frozen=True)
class _Delivery:
    """A notice of a job that is sent to its webhook."""

    handler: JobHandler
    guard: JobGuard
    retry: RetryPolicy
    pauses: Sequence[float]
    steps: StepsUnderWay

    async def run(self, text: str) -> None:
        """Tries until it is taken; every try is kept. A kill repeats at most the one that was under way."""
        attempts: list[str] = []
        for pause in (*self.pauses, None):
            attempts.append(await DBOS.run_step_async(self.retry.options("send"), self._send, text))
            await DBOS.set_event_async(ATTEMPTS, attempts)
            attempt = Attempt.model_validate_json(attempts[-1])
            if attempt.settled or pause is None:
                return
            # Whoever is told may ask for a later try, and not for one that never comes.
            await DBOS.sleep_async(max(pause, min(attempt.retry_after or 0, max(self.pauses))))

    async def _send(self, text: str) -> str:
        async with self.steps.one():
            notice = Notice.model_validate_json(text)
            if job_id := job_ended_of(DBOS.workflow_id or ""):
                await self.guard.until_ended(job_id)
            attempt = await self.handler.send(notice)
            return attempt.model_copy(update={"id": notice.id, "event": notice.event}).model_dump_json()


def _task(text: str) -> Task:
    job_id, owner = DBOS.workflow_id, DBOS.authenticated_user
    assert job_id is not None, "a step runs inside a job"
    return Task(job_id=job_id, owner=owner or "", request=JobRequest.model_validate_json(text))


async def _tell(event: Event) -> None:
    """Keeps an event under the next number. The report itself is kept elsewhere: its outcome stands for it."""
    outcome = Outcome.of(event.report) if isinstance(event, RunFinished) else event
    await DBOS.write_stream_async(EVENTS, {"type": event.type, "data": outcome.model_dump_json(exclude={"type"})})
