"""What a stream says while it waits, and what becomes of the turn when nobody reads on."""

import asyncio
from collections.abc import AsyncGenerator

from agent.doors.completions.streaming import streamed
from agent.doors.completions.turn import TurnReply, TurnStep
from agent.models import Usage


async def test_a_pause_is_filled_with_comments() -> None:
    go = asyncio.Event()

    async def turn() -> AsyncGenerator[TurnStep | TurnReply, None]:
        await go.wait()
        yield TurnReply(text="done", usage=Usage())

    told = []
    async for event in streamed(turn(), steps=True, usage=False, pause=0.01):
        told.append(event)
        if event.startswith(": "):
            go.set()
    assert told[1].startswith(": ")
    assert told[-1] == "data: [DONE]\n\n"


async def test_a_turn_that_nobody_reads_on_is_stopped() -> None:
    stopped = asyncio.Event()

    async def turn() -> AsyncGenerator[TurnStep | TurnReply, None]:
        try:
            yield TurnStep(line="Starting")
            await asyncio.Event().wait()
        finally:
            stopped.set()

    events = streamed(turn(), steps=True, usage=False, pause=60)
    await anext(events)
    assert "Starting" in await anext(events)
    await events.aclose()
    await stopped.wait()


async def test_an_error_is_the_last_thing_that_is_told() -> None:
    async def turn() -> AsyncGenerator[TurnStep | TurnReply, None]:
        yield TurnStep(line="Starting")
        raise RuntimeError("secret")

    told = [event async for event in streamed(turn(), steps=False, usage=False)]
    assert '"error"' in told[-2]
    assert "secret" not in "".join(told)
    assert told[-1] == "data: [DONE]\n\n"
