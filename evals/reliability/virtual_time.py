"""Time that passes only while there is nothing to do: a run that waits for hours is over in a moment."""

import asyncio
import selectors
from asyncio import Future
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_Ready = list[tuple[selectors.SelectorKey, int]]


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on which every wait ends at once, in the order in which it would have ended, timeouts included.

    Threads are waited for before time goes on, so that what one does never comes too late. What the loop waits for
    from other processes does not count as work: there must be none.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._in_threads = 0
        super().__init__(_Jumping(self._jump))

    def time(self) -> float:
        return self._now

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> "Future[T]":
        future: Future[T] = super().run_in_executor(executor, func, *args)
        self._in_threads += 1
        future.add_done_callback(self._thread_is_done)
        return future

    def _thread_is_done(self, _: object) -> None:
        self._in_threads -= 1

    def _jump(self, seconds: float) -> bool:
        """Whether time could go on."""
        if self._in_threads:
            return False
        self._now += seconds
        return True


class _Jumping(selectors.DefaultSelector):
    def __init__(self, jump: Callable[[float], bool]) -> None:
        super().__init__()
        self._jump = jump

    def select(self, timeout: float | None = None) -> _Ready:
        if not timeout or timeout < 0:
            return super().select(timeout)
        ready = super().select(0)
        # Without a time of its own the wait ends with the thread, which wakes the loop.
        return ready if ready or self._jump(timeout) else super().select(None)
