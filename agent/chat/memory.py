"""Where threads are remembered: LangGraph checkpoints in a file of their own, beside the list of threads."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from enum import Enum

import aiosqlite
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from agent import models, reports
from agent.chat import actions, desk, records, state
from agent.chat.threads import Threads, open_threads
from agent.config import Settings
from agent.coverage import retrieve
from agent.errors import StoreError
from agent.runs import Runs

_FILE = "chats.sqlite"


class Memory:
    """Opened with `open_memory`. What was said in a thread is found by its owner and its id together."""

    def __init__(self, saver: Runs, threads: Threads) -> None:
        self.saver = saver
        self.threads = threads


@asynccontextmanager
async def open_memory(settings: Settings) -> AsyncIterator[Memory]:
    """Raises `StoreError`."""
    path = settings.data_dir / _FILE
    kept = [kind for module in (models, reports, actions, desk, records, state, retrieve) for kind in _types(module)]
    async with AsyncExitStack() as stack:
        threads = stack.enter_context(open_threads(settings))
        try:
            connection = await stack.enter_async_context(aiosqlite.connect(path))
            await connection.execute("PRAGMA journal_mode=WAL")
            await connection.execute("PRAGMA synchronous=NORMAL")
            await connection.execute("PRAGMA busy_timeout=10000")
        except aiosqlite.Error as err:
            raise StoreError(f"cannot keep chats in {path}: {err}. ISNAD_DATA_DIR names the folder.") from err
        yield Memory(Runs(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=kept)), threads)


def _types(module: object) -> list[type]:
    found = [kind for kind in vars(module).values() if isinstance(kind, type)]
    return [kind for kind in found if issubclass(kind, models.Frozen | Enum)]
