"""Work that takes its time, told as it goes on: server-sent events with what came so far, and then with all of it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from fastapi.sse import ServerSentEvent
from pydantic import BaseModel

from agent.doors.api.problems import problem_of
from agent.errors import IsnadError
from agent.service.faults import fault_of

P = TypeVar("P", bound=BaseModel)
_log = logging.getLogger("isnad.api")


async def telling(
    begin: Callable[[Callable[[P], None]], Coroutine[Any, Any, BaseModel]],
) -> AsyncIterator[ServerSentEvent]:
    """`progress` for everything that the work tells, then `ended`, or `failed` with a problem. Whoever stops reading
    stops the work."""
    coming: asyncio.Queue[P] = asyncio.Queue()
    work = asyncio.create_task(begin(coming.put_nowait))
    try:
        while not (work.done() and coming.empty()):
            next_ = asyncio.create_task(coming.get())
            await asyncio.wait((next_, work), return_when=asyncio.FIRST_COMPLETED)
            if next_.done():
                yield ServerSentEvent(event="progress", raw_data=next_.result().model_dump_json())
            else:
                next_.cancel()
        yield _last(work)
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError, IsnadError):
            await work


def _last(work: "asyncio.Task[BaseModel]") -> ServerSentEvent:
    try:
        return ServerSentEvent(event="ended", raw_data=work.result().model_dump_json())
    except IsnadError as err:
        if fault_of(type(err)).status >= 500:
            _log.error("%s", err)
        return ServerSentEvent(event="failed", raw_data=problem_of(err).model_dump_json())
