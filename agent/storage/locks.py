"""One at a time: who speaks in a thread keeps others from it until the turn has ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary

from agent.config import Settings


class Locks(Protocol):
    """Of everybody who shares the threads. Raises `StoreError`."""

    def hold(self, key: str) -> AbstractAsyncContextManager[None]:
        """Waits until nobody else holds it. What a process holds is free when the process has ended."""

    async def held(self, key: str) -> bool:
        """Whether anybody holds it."""


class LocalLocks:
    """`Locks` of one process."""

    def __init__(self) -> None:
        # Each is there for as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield

    async def held(self, key: str) -> bool:
        lock = self._locks.get(key)
        return lock is not None and lock.locked()


@asynccontextmanager
async def open_locks(settings: Settings) -> AsyncIterator[Locks]:
    """Connects when somebody first speaks."""
    if settings.database_url is None:
        yield LocalLocks()
    else:
        from agent.storage.locks_postgres import open_shared_locks

        async with open_shared_locks(settings.database_url) as shared:
            yield shared
