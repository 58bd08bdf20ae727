"""Gathering, which tells of itself by calling back, as a stream of what it tells."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from agent.errors import IsnadError
from agent.events import Gathering
from agent.gather.options import TellGathering


async def told_as_events(
    begin: Callable[[TellGathering], Coroutine[Any, Any, Gathering]],
) -> AsyncGenerator[Gathering, None]:
    """Each state, in order; raises what the work raises. Whoever stops reading stops it."""
    coming: asyncio.Queue[Gathering] = asyncio.Queue()
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
