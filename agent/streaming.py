"""Work that tells of itself by calling back, as a stream of what it tells."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from agent.errors import IsnadError

P = TypeVar("P")


async def stream_of(begin: Callable[[Callable[[P], None]], Coroutine[Any, Any, object]]) -> AsyncGenerator[P, None]:
    """All that it tells, in order; then raises what the work raises. Whoever stops reading stops the work."""
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
