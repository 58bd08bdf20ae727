"""The coverage store, and a worker, on a thread and an event loop of their own: work never delays answers."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from agent.coverage.archive import Coverage
from agent.errors import StoreError

T = TypeVar("T")


class WorkerThread:
    """What is to be open on it is opened there by `opening`, which gives the store."""

    def __init__(self, opening: Callable[[], AbstractAsyncContextManager[Coverage]]) -> None:
        self._opening = opening
        self._opened: Future[Coverage] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive() and self._opened.done()

    def start(self) -> Coverage:
        """The coverage store, once jobs are being done if they are to be. Raises what kept it from being opened."""
        self._thread.start()
        return self._opened.result()

    def stop(self) -> None:
        """Takes no more jobs, gives those under way their time, and ends."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def ask(self, question: Coroutine[Any, Any, T]) -> T:
        """Awaits something of the store on the loop that it lives on; raises `StoreError` when that has stopped."""
        if self._loop is None or not self.alive:
            question.close()
            raise StoreError("the worker has stopped")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(question, self._loop))

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except BaseException as err:
            if self._opened.done():
                raise
            self._opened.set_exception(err)

    async def _work(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self._opening() as coverage:
            self._opened.set_result(coverage)
            await self._stop.wait()
