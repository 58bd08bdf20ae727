"""Work that tells of itself by calling back, as a stream of what it tells."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from agent.errors import IsnadError

P = TypeVar("P")


async def told_as_events(
    begin: Callable[[Callable[[P], None]], Coroutine[Any, Any, object]],
) -> AsyncGenerator[P, None]:
    """Everything that the work tells, in order; raises what it raises. Whoever stops reading stops it."""
    coming: asyncio.Queue[P] = asyncio.Queue()
    work = asyncio.create_task(begin(coming.put_nowait))
    try:
        while not (work.done() and coming.empty()):
            next_ = asyncio.create_task(coming.get())
            await asyncio.wait((next_, work), return_when=asyncio.FIRST_COMPLETED)
            if next_.done():
                yield next_.result()
            else:
                next_.cancel()
        await work
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError, IsnadError):
            await work
