"""Taking turns: tasks of a process, and processes that share some tables, one after the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.storage.interface import Database


class WorkTurns:
    """For work that is more than a transaction. Who ends, or is cut off from the tables, loses its turn."""

    def __init__(self, database: Database) -> None:
        self._here = asyncio.Lock()
        self._latch = database.latch()

    def check(self) -> None:
        """Raises `StoreError` when the turn may be another's by now; for the midst of writing. Blocking."""
        self._latch.check()

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Waits for the turn; raises `StoreError`."""
        async with self._here:
            try:
                while not await asyncio.to_thread(self._latch.take):
                    pass
                yield
            finally:
                await asyncio.to_thread(self._latch.give)
