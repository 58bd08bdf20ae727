"""The coverage store, and a worker, on a thread and an event loop of their own: work never delays answers."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager
from typing import Any, TypeVar

from agent.config import Settings
from agent.coverage.opening import open_store
from agent.coverage.retrieve import Coverage
from agent.errors import StoreError
from agent.jobs.work import open_work

T = TypeVar("T")


class WorkerThread:
    """Opened with `open_worker_thread`."""

    def __init__(self, settings: Settings, *, works: bool) -> None:
        self._settings = settings
        self._works = works
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
        """Awaits something of the store on the loop that it lives on."""
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
        async with AsyncExitStack() as stack:
            coverage = await stack.enter_async_context(open_store(self._settings))
            if self._works:
                await stack.enter_async_context(open_work(self._settings, coverage))
            self._opened.set_result(coverage)
            await self._stop.wait()


@contextmanager
def open_worker_thread(settings: Settings, *, works: bool = True) -> Iterator[tuple[WorkerThread, Coverage]]:
    """Raises what `open_store` and `open_work` raise. One that does not work is there for the store alone."""
    worker = WorkerThread(settings, works=works)
    try:
        yield worker, worker.start()
    finally:
        worker.stop()
