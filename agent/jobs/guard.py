"""Ends the work on jobs that are deleted while they run, and removes what it has written meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from dbos import error as dbos_errors
from sqlalchemy import select, update

from agent.errors import StoreError, UnknownJob
from agent.jobs.database import translated
from agent.jobs.engine_table import Workflows
from agent.jobs.lease import Lease
from agent.storage import given

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Select

T = TypeVar("T")

_LOOK_SECONDS = 1.0
_ENDS_WITHIN_SECONDS, _END_LOOK_SECONDS = 10.0, 0.02


class JobGuard:
    """Watches whether the jobs of this worker still exist. The engine itself stops jobs that are cancelled, and does
    not notice those that are deleted."""

    def __init__(self, engine: "Engine", workflows: Workflows, lease: Lease | None = None) -> None:
        self._engine = engine
        self._lease = lease
        c, one = workflows.columns, workflows.columns.workflow_uuid == given("of_id")
        self._is_there = select(c.workflow_uuid).where(one)
        self._is_under_way = self._is_there.where(workflows.under_way)
        # An update that changes nothing: it locks the row, so that nobody can delete it until the transaction ends.
        self._hold = update(workflows.table).where(one).values(updated_at=c.updated_at)

    @contextmanager
    def held(self, job_id: str) -> Iterator[None]:
        """While this is open nobody can delete the job. Raises `UnknownJob` where somebody has, and `LeaseLost`. For
        use in threads."""
        with self._connected() as connection:
            with translated():
                there = connection.execute(self._hold, {"of_id": job_id}).rowcount
            if not there:
                raise UnknownJob(f"the job {job_id!r} was deleted")
            yield

    async def while_there(
        self, job_id: str, doing: Coroutine[Any, Any, T], forget: Callable[[str], Awaitable[None]]
    ) -> T:
        """The result of `doing`. Where the job is deleted meanwhile, it is cancelled and nothing of it is left."""
        task = asyncio.create_task(doing)
        async with _ended(task), _ended(asyncio.create_task(self._until_gone(job_id))) as gone:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if task.done() and (task.exception() is None or not await self._is_gone(job_id)):
                return task.result()
        await forget(job_id)
        raise dbos_errors.DBOSWorkflowCancelledError(f"the job {job_id!r} was deleted")

    async def until_ended(self, job_id: str) -> None:
        """Waits until the engine has written the end of a job, which it does a moment after the work. So whoever is
        notified that a job has ended finds it so. A worker that was killed in that moment writes it when it is
        back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDS_WITHIN_SECONDS):
                while await asyncio.to_thread(self._finds, self._is_under_way, job_id):  # noqa: ASYNC110  # the engine ends it
                    await asyncio.sleep(_END_LOOK_SECONDS)

    async def _until_gone(self, job_id: str) -> None:
        while not await self._is_gone(job_id):  # noqa: ASYNC110  # another process deletes it
            await asyncio.sleep(_LOOK_SECONDS)

    async def _is_gone(self, job_id: str) -> bool:
        try:
            return not await asyncio.to_thread(self._finds, self._is_there, job_id)
        except (StoreError, RuntimeError):
            # Without the database nobody can delete anything; and an engine that stops takes its threads away first.
            return False

    def _finds(self, query: "Select[tuple[str]]", job_id: str) -> bool:
        with translated(), self._engine.connect() as connection:
            return connection.execute(query, {"of_id": job_id}).first() is not None

    @contextmanager
    def _connected(self) -> "Iterator[Connection]":
        if self._lease is not None:
            with self._lease.held() as connection:
                yield connection
            return
        with translated():
            connection = self._engine.connect()
        with connection:
            yield connection


@asynccontextmanager
async def _ended(task: asyncio.Task[T]) -> AsyncIterator[asyncio.Task[T]]:
    """The task does not outlive this."""
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
