"""Runs in PostgreSQL, for any number of processes: whoever takes up a run finds the steps that ended elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psycopg
import psycopg_pool
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from psycopg import AsyncConnection, AsyncCursor
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from agent.engine import ending_idle
from agent.errors import LeaseLost, StoreError

_FEWEST, _MOST = 1, 8
_WAIT_SECONDS = 10.0
_TABLES_LOCK = 0x69736E6165
# A removal of the row waits for this lock, and a renewal does not.
_HOLD = "SELECT 1 AS held FROM isnad_workers WHERE id = %s FOR KEY SHARE"

Pool = psycopg_pool.AsyncConnectionPool[AsyncConnection[DictRow]]


class SharedRuns(AsyncPostgresSaver):
    """LangGraph's saver on a pool that outlives the server it is connected to, for a worker that may lose its lease.

    Its writes are one transaction each, and none of a worker without its lease is kept: it raises `LeaseLost`. What
    the database gets wrong is a `StoreError`.
    """

    def __init__(self, pool: Pool, serde: SerializerProtocol, worker: str | None) -> None:
        super().__init__(pool, serde=serde)
        self._pool = pool
        self._worker = worker

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        """Where the saver asks for a pipeline it writes."""
        try:
            async with self._pool.connection() as connection:
                if not pipeline:
                    async with connection.cursor(binary=True) as cursor:
                        yield cursor
                    return
                async with connection.transaction(), connection.cursor(binary=True) as cursor:
                    await self._hold(cursor)
                    yield cursor
        except psycopg.Error as err:
            raise _told(err) from err

    async def aprune(self, thread_ids: Sequence[str], *, strategy: str = "keep_latest") -> None:
        """See `Runs.aprune`."""
        async with self._cursor(pipeline=True):
            # Asks for the lease: what is pruned must be what this worker has finished.
            pass
        await super().aprune(thread_ids, strategy=strategy)

    async def _hold(self, cursor: AsyncCursor[DictRow]) -> None:
        if self._worker is not None:
            await cursor.execute(_HOLD, (self._worker,))
            if await cursor.fetchone() is None:
                raise LeaseLost("this worker was silent for so long that others go on with its runs now")


@asynccontextmanager
async def open_shared_runs(
    url: SecretStr, serde: SerializerProtocol, *, worker: str | None, idle_seconds: float, schema: str | None = None
) -> AsyncIterator[SharedRuns]:
    """Raises `StoreError`. With a `worker`, what it writes is kept for as long as it has its lease.

    They stand in a `schema` of their own when one is named.
    """
    apart = f" -c search_path={schema}" if schema else ""
    try:
        told = conninfo_to_dict(url.get_secret_value())
    except psycopg.Error as err:
        raise StoreError("ISNAD_DATABASE_URL cannot be read as the address of a database") from err
    pool: Pool = psycopg_pool.AsyncConnectionPool(
        kwargs={
            **told,
            "autocommit": True,
            "prepare_threshold": 0,
            "row_factory": dict_row,
            "connect_timeout": int(_WAIT_SECONDS),
            "options": f"{told.get('options', '')} {ending_idle(idle_seconds)}{apart}",
        },
        min_size=_FEWEST,
        max_size=_MOST,
        timeout=_WAIT_SECONDS,
        open=False,
        # A connection that broke while nobody used it is replaced before anybody does.
        check=psycopg_pool.AsyncConnectionPool.check_connection,
    )
    try:
        # The pool tells only that nothing came in time; this says why, and at once.
        await (
            await AsyncConnection.connect(make_conninfo(url.get_secret_value(), connect_timeout=int(_WAIT_SECONDS)))
        ).close()
    except psycopg.Error as err:
        raise _told(err) from err
    async with pool:
        runs = SharedRuns(pool, serde, worker)
        await _make_tables(pool, runs, schema)
        yield runs


async def _make_tables(pool: Pool, runs: SharedRuns, schema: str | None) -> None:
    """One process at a time; who waits holds no snapshot, for which making an index would wait in turn."""
    try:
        async with pool.connection() as connection:
            while not await _locked(connection):  # noqa: ASYNC110  # another process has it
                await asyncio.sleep(0.1)
            try:
                if schema is not None:
                    await connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema)))
                await runs.setup()
            finally:
                await connection.execute("SELECT pg_advisory_unlock(%s)", (_TABLES_LOCK,))
    except psycopg.Error as err:
        raise _told(err) from err


async def _locked(connection: AsyncConnection[DictRow]) -> bool:
    row = await (await connection.execute("SELECT pg_try_advisory_lock(%s) AS locked", (_TABLES_LOCK,))).fetchone()
    return row is not None and bool(row["locked"])


def _told(err: psycopg.Error) -> StoreError:
    reason = " ".join(str(err).split())
    return StoreError(f"cannot keep runs in the database: {reason}. ISNAD_DATABASE_URL names it.")
