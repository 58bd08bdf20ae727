"""Work that takes its time, told as it goes on: server-sent events with what came so far, and then with all of it."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi.sse import ServerSentEvent
from pydantic import BaseModel

from agent.doors.api.problems import problem_of
from agent.errors import IsnadError
from agent.faults import fault_of
from agent.streaming import stream_of

P = TypeVar("P", bound=BaseModel)
_log = logging.getLogger("isnad.api")


async def telling(
    begin: Callable[[Callable[[P], None]], Coroutine[Any, Any, BaseModel]],
) -> AsyncIterator[ServerSentEvent]:
    """`progress` for everything that the work tells, then `ended`, or `failed` with a problem. Whoever stops reading
    stops the work."""
    results: list[BaseModel] = []

    async def work(tell: Callable[[P], None]) -> None:
        results.append(await begin(tell))

    try:
        async with aclosing(stream_of(work)) as coming:
            async for one in coming:
                yield ServerSentEvent(event="progress", raw_data=one.model_dump_json())
    except IsnadError as err:
        if fault_of(type(err)).status >= 500:
            _log.error("%s", err)
        yield ServerSentEvent(event="failed", raw_data=problem_of(err).model_dump_json())
    else:
        yield ServerSentEvent(event="ended", raw_data=results[0].model_dump_json())
