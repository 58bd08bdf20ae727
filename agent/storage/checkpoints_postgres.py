"""Checkpoints in PostgreSQL, for any number of processes: who takes up a run finds the steps that ended elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import asynccontextmanager, contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    DeltaChannelHistory,
)
from langgraph.checkpoint.postgres import Conn, PostgresSaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from psycopg import Cursor
from psycopg.rows import DictRow, dict_row

from agent.config import Settings
from agent.errors import LeaseLost, StoreError
from agent.storage.engine import one_at_a_time, open_pool
from agent.storage.pool import ERRORS, Pool

if TYPE_CHECKING:
    from agent.storage.pool import Raw

P = ParamSpec("P")
T = TypeVar("T")

# Steps are written one after the other by each run, and take a connection no longer than that.
_AT_ONCE = 4
# A removal of the row waits for this lock, and a renewal does not.
_HOLD = "SELECT 1 AS held FROM isnad_workers WHERE id = %s FOR KEY SHARE"


class SharedRunCheckpoints(PostgresSaver):
    """LangGraph's saver on the pool of this process, for a worker that may lose its lease. What an event loop asks it
    does on threads of its own.

    Its writes are one transaction each, and none of a worker without its lease is kept: it raises `LeaseLost`. What
    the database gets wrong is a `StoreError`. What is being written when its task is cancelled is written.
    """

    def __init__(self, pool: Pool, serde: SerializerProtocol, schema: str | None, worker: str | None) -> None:
        # Connections are lent by `_cursor` alone.
        super().__init__(cast("Conn", pool), serde=serde)
        self._pool = pool
        self._schema = schema
        self._worker = worker
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="checkpoints")
        self._under_way: set[Future[Any]] = set()

    def prepare(self) -> None:
        """Makes the tables, one process at a time; who waits holds no snapshot, for which making an index would wait
        in turn."""
        with self._translated(), one_at_a_time(self._pool.engine):
            if self._schema is not None:
                with self._pool.lent() as connection:
                    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {self._schema}".encode())
            self.setup()

    def close(self) -> None:
        """After what a cancelled task may still be writing. Blocking."""
        self._threads.shutdown()

    @contextmanager
    def _cursor(self, *, pipeline: bool = False) -> Iterator[Cursor[DictRow]]:
        """Where the saver asks for a pipeline it writes."""
        with (
            self._translated(),
            self._connected(writes=pipeline) as connection,
            connection.cursor(binary=True, row_factory=dict_row) as cursor,
        ):
            if pipeline:
                self._hold(cursor)
            yield cursor

    @contextmanager
    def _connected(self, *, writes: bool) -> "Iterator[Raw]":
        where = f"search_path TO {self._schema}" if self._schema else ""
        if writes:
            with self._pool.transaction(f"BEGIN; SET LOCAL {where}" if where else "BEGIN") as connection:
                yield connection
        else:
            begin, end = (f"SET {where}", "RESET search_path") if where else ("", "")
            with self._pool.lent(begin, end) as connection:
                yield connection

    def _hold(self, cursor: Cursor[DictRow]) -> None:
        if self._worker is not None:
            cursor.execute(_HOLD, (self._worker,))
            if cursor.fetchone() is None:
                raise LeaseLost("this worker was silent for so long that others go on with its runs now")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except ERRORS as err:
            raise StoreError(
                f"cannot keep runs in the database: {self._pool.error_text(err)}. ISNAD_DATABASE_URL names it."
            ) from err

    def prune(self, thread_ids: Sequence[str], *, strategy: str = "keep_latest") -> None:
        """See `Runs.aprune`."""
        with self._cursor(pipeline=True):
            # Asks for the lease: what is pruned must be what this worker has finished.
            pass
        super().prune(thread_ids, strategy=strategy)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        return await self._on_thread(self.get_tuple, config)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # the saver's own word
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        def listed() -> list[CheckpointTuple]:
            return list(self.list(config, filter=filter, before=before, limit=limit))

        for one in await self._on_thread(listed):
            yield one

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        return await self._on_thread(self.put, config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        await self._on_thread(self.put_writes, config, writes, task_id, task_path)

    async def adelete_thread(self, thread_id: str) -> None:
        await self._on_thread(self._delete_after, tuple(self._under_way), thread_id)

    def _delete_after(self, others: Sequence[Future[Any]], thread_id: str) -> None:
        """What a cancelled task still writes of a run must not stand there once the run is deleted."""
        wait(others)
        self.delete_thread(thread_id)

    async def aprune(self, thread_ids: Sequence[str], *, strategy: str = "keep_latest") -> None:
        await self._on_thread(self.prune, thread_ids, strategy=strategy)

    async def aget_delta_channel_history(
        self, *, config: RunnableConfig, channels: Sequence[str]
    ) -> Mapping[str, DeltaChannelHistory]:
        return await self._on_thread(self.get_delta_channel_history, config=config, channels=channels)

    async def _on_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        # Not on the loop's own threads, which the engine of jobs takes away when it stops.
        context = copy_context()
        under_way = self._threads.submit(lambda: context.run(work, *args, **kwargs))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)
        return await asyncio.wrap_future(under_way)


@asynccontextmanager
async def open_shared_runs(
    settings: Settings, serde: SerializerProtocol, *, worker: str | None, schema: str | None = None
) -> AsyncIterator[SharedRunCheckpoints]:
    """Raises `StoreError`. With a `worker`, what it writes is kept for as long as it has its lease.

    They stand in a `schema` of their own when one is named.
    """
    with open_pool(settings) as pool:
        runs = SharedRunCheckpoints(pool, serde, schema, worker)
        try:
            await asyncio.to_thread(runs.prepare)
            yield runs
        finally:
            await asyncio.to_thread(runs.close)
