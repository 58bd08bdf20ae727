"""An answer as it comes: server-sent events, with comments in between so that no proxy hangs up."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from agent.doors.completions.faults import FaultBody, fault_of
from agent.doors.completions.responses import Chunk, CompletionHead, CompletionUsage, Delta, chunk, pieces
from agent.doors.completions.turn import TurnReply, TurnStep
from agent.models import Usage

KEEP_ALIVE_SECONDS = 10.0
_DONE = "data: [DONE]\n\n"


async def streamed(
    turn: AsyncGenerator[TurnStep | TurnReply, None],
    *,
    steps: bool,
    usage: bool,
    pause: float = KEEP_ALIVE_SECONDS,
) -> AsyncGenerator[str, None]:
    """Whoever stops reading stops the turn. What goes wrong is told as the last event."""
    head = CompletionHead()
    yield _event(chunk(head, Delta(role="assistant", content="")))
    async with aclosing(_with_pauses(turn, pause)) as value:
        async for one in value:
            match one:
                case None:
                    yield ": still at it\n\n"
                case TurnStep(line=line) if steps:
                    yield _event(chunk(head, Delta(reasoning_content=f"{line}\n")))
                case TurnReply(text=text, usage=spent):
                    for piece in pieces(text):
                        yield _event(chunk(head, Delta(content=piece)))
                    yield _event(chunk(head, Delta(), last=True))
                    if usage:
                        yield _event(_cost(head, spent))
                case Exception():
                    yield f"data: {FaultBody(error=fault_of(one)[0]).model_dump_json()}\n\n"
    yield _DONE


def _cost(head: CompletionHead, usage: Usage) -> Chunk:
    return Chunk(**head.model_dump(), choices=(), usage=CompletionUsage.of(usage))


async def _with_pauses(
    turn: AsyncGenerator[TurnStep | TurnReply, None], pause: float
) -> AsyncGenerator[TurnStep | TurnReply | Exception | None, None]:
    """What the turn yields, or its error; None when nothing has come for so many seconds."""
    waiting: asyncio.Queue[TurnStep | TurnReply | Exception] = asyncio.Queue()

    async def read() -> None:
        try:
            async with aclosing(turn) as value:
                async for one in value:
                    waiting.put_nowait(one)
        except Exception as err:  # noqa: BLE001  # whatever it is, it is told to whoever waits
            waiting.put_nowait(err)

    reading = asyncio.create_task(read())
    try:
        while not (reading.done() and waiting.empty()):
            coming = asyncio.create_task(waiting.get())
            await asyncio.wait((coming, reading), timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                yield coming.result()
                continue
            coming.cancel()
            if not reading.done():
                yield None
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading


def _event(value: Chunk) -> str:
    return f"data: {value.model_dump_json(exclude_none=True)}\n\n"
