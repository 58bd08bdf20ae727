"""A hand that does what a test tells it, on a real engine and a real database."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine

from agent.config import Settings
from agent.events import ArticleSplit, RunStarted
from agent.jobs import JobRequest, Jobs, Outcome
from agent.jobs.client import open_client
from agent.jobs.database import database_url, open_engine
from agent.jobs.duties import ScheduledTask
from agent.jobs.engine_setup import make_ready
from agent.jobs.engine_table import table_of
from agent.jobs.guard import JobGuard
from agent.jobs.lease import Lease, open_lease
from agent.jobs.records import Task
from agent.jobs.webhooks import Attempt, Notice
from agent.jobs.worker import open_worker
from agent.jobs.workflows import RetryPolicy, Tell
from agent.models import Article, Counts

DONE = Outcome(language="en", complete=True, counts=Counts(), tokens=7)
PATIENT = RetryPolicy(tries=3, pause=0.01)

Work = Callable[[], Awaitable[None]]


async def nothing() -> None: ...


@dataclass
class ScriptedHandler:
    """`work` happens between the first event and the second."""

    work: Work = nothing
    begun: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    most: int = 0
    stopped: int = 0
    forgotten: list[str] = field(default_factory=list)
    sent: list[Notice] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    retry_after: float | None = None

    async def read(self, task: Task) -> Article:
        assert task.request.article is not None
        return task.request.article

    async def verify(self, task: Task, article: Article, tell: Tell) -> Outcome:
        self.begun[task.job_id] += 1
        await tell(RunStarted(run_id=task.job_id))
        # From here on whoever cancels the job stops the work, and not the noting of what happens.
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await self.work()
            await tell(ArticleSplit(parts=3))
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        finally:
            self.under_way -= 1
        return DONE

    async def forget(self, job_id: str) -> None:
        self.forgotten.append(job_id)

    async def send(self, notice: Notice) -> Attempt:
        self.sent.append(notice)
        return Attempt(
            at=datetime.now(UTC), status=self.answers.pop(0) if self.answers else 200, retry_after=self.retry_after
        )


def request(text: str = "The bridge is shut, the mayor said.") -> JobRequest:
    return JobRequest(article=Article(text=text, language="en", title="The bridge"))


@asynccontextmanager
async def at_work(
    settings: Settings,
    handler: ScriptedHandler,
    *,
    at_once: int = 4,
    most_waiting: int = 50,
    most_of_owner: int = 50,
    duties: Sequence[ScheduledTask] = (),
) -> AsyncIterator[Jobs]:
    with open_engine(settings, through_power_cuts=True) as engine:
        await asyncio.to_thread(make_ready, engine)
        async with _lease(settings, engine, at_once) as lease:
            worker = open_worker(
                engine,
                database_url(settings),
                lease.id if lease is not None else "test-0",
                handler,
                JobGuard(engine, table_of(settings), lease),
                at_once=at_once,
                grace=0,
                lease=lease,
                duties=duties,
                retry=PATIENT,
                pauses=(0.01, 0.01),
            )
            client = open_client(
                engine,
                most_waiting=most_waiting,
                most_of_owner=most_of_owner,
                workflows=table_of(settings),
                silence=settings.worker_silence if lease is not None else None,
            )
            async with worker:
                with client as jobs:
                    yield jobs


@asynccontextmanager
async def _lease(settings: Settings, engine: Engine, at_once: int) -> AsyncIterator[Lease | None]:
    if settings.database_url is None:
        yield None
        return
    async with open_lease(engine, silence=settings.worker_silence, jobs_at_once=at_once) as lease:
        yield lease
