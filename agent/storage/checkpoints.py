"""LangGraph checkpoints in a file or on PostgreSQL, which bring back only the types that they are told."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType, TracebackType

import aiosqlite
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from agent import models
from agent.config import Settings
from agent.errors import StoreError
from agent.storage.serializer import TypeSerializer

# The tables are LangGraph's, which has its statements as texts too.
_FORGET_STEPS = """
DELETE FROM checkpoints WHERE thread_id = :run AND checkpoint_id <
    (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = :run)
"""
_FORGET_WRITES = "DELETE FROM writes WHERE thread_id = ?"


class _Turn(asyncio.Lock):
    """One after another at the connection. What is broken off is undone, for it would keep the file from all others;
    what the file gets wrong is told as `StoreError`."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        super().__init__()
        self._connection = connection
        self._path = path

    async def __aexit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with _translated(self._path, aiosqlite.Error):
                if err is not None:
                    with suppress(aiosqlite.Error):
                        await self._connection.rollback()
                if isinstance(err, aiosqlite.Error):
                    raise err
        finally:
            self.release()


class RunCheckpoints(AsyncSqliteSaver):
    """LangGraph's saver with the pruning that it leaves to its subclasses. Raises `StoreError`."""

    def __init__(self, connection: aiosqlite.Connection, path: Path, serde: SerializerProtocol) -> None:
        super().__init__(connection, serde=serde)
        self.lock = _Turn(connection, path)

    async def adelete_thread(self, thread_id: str) -> None:
        # Whoever forgets may be the first to look.
        await self.setup()
        await super().adelete_thread(thread_id)

    async def aprune(self, thread_ids: Sequence[str], *, strategy: str = "keep_latest") -> None:
        """Forgets the steps of finished runs; what came out stays. Other strategies raise `ValueError`."""
        if strategy != "keep_latest":
            raise ValueError(f"runs are kept with their latest state only, not by {strategy!r}")
        await self.setup()
        async with self.lock:
            for run_id in thread_ids:
                await self.conn.execute(_FORGET_STEPS, {"run": run_id})
                await self.conn.execute(_FORGET_WRITES, (run_id,))
            await self.conn.commit()


@dataclass(frozen=True)
class CheckpointLocation:
    """Where some checkpoints stand: a file of the data folder, or a schema of the shared database."""

    file: str
    schema: str | None = None


@asynccontextmanager
async def open_saver(
    settings: Settings, modules: Sequence[ModuleType], place: CheckpointLocation, *, worker: str | None = None
) -> AsyncIterator[BaseCheckpointSaver[str]]:
    """A checkpointer that brings back the types of some modules; see `open_runs`."""
    serde = TypeSerializer(kind for one in modules for kind in _own_types(one))
    if settings.database_url is None:
        async with _open_embedded(settings.data_dir / place.file, serde) as runs:
            yield runs
    else:
        from agent.storage.checkpoints_postgres import open_shared_runs

        async with open_shared_runs(settings, serde, worker=worker, schema=place.schema) as shared:
            yield shared


@asynccontextmanager
async def _open_embedded(path: Path, serde: SerializerProtocol) -> AsyncIterator[RunCheckpoints]:
    async with AsyncExitStack() as stack:
        stack.enter_context(_translated(path, aiosqlite.Error))
        with _translated(path, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            # A connection that could not be opened leaves a thread behind, which speaks to a loop that may be closed.
            sqlite3.connect(path).close()
            connection = await stack.enter_async_context(aiosqlite.connect(path))
        stack.push_async_callback(_undo, connection)
        await connection.execute("PRAGMA journal_mode=WAL")
        # A killed process loses nothing in this mode; only a power cut could cost the last step.
        await connection.execute("PRAGMA synchronous=NORMAL")
        yield RunCheckpoints(connection, path, serde)


async def _undo(connection: aiosqlite.Connection) -> None:
    """A step that was cancelled in the midst of writing would keep the file locked after the connection is closed,
    for as long as anything remembers that step; as would one that writes between this and the end."""
    await connection.execute("PRAGMA query_only=ON")
    await connection.rollback()


@contextmanager
def _translated(path: Path, errors: type[Exception]) -> Iterator[None]:
    """Errors of this file alone: what else goes wrong while it is open is not its fault."""
    try:
        yield
    except errors as err:
        raise StoreError(f"cannot keep runs in {path}: {err}. ISNAD_DATA_DIR names the folder.") from err


def _own_types(module: ModuleType) -> Iterator[type]:
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, models.Frozen | Enum):
            yield kind
