"""An OpenAI-compatible endpoint without a model behind it: what answers is passed in.

Tests script it, the bench simulates a model with it. Loopback only; no request leaves the machine.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from evals.servers.wire_format import Asked, Reply, chunks_of, completion_of, embeddings_of

_FOREVER_SECONDS = 3600.0
_LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Refusal:
    """An HTTP error in the form that OpenAI gives it."""

    status: int
    message: str = "refused"
    code: str | None = None
    param: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0


@dataclass(frozen=True)
class Page:
    """These very bytes, whether an endpoint would send them or not."""

    body: bytes
    content_type: str = "text/html"
    status: int = 200


@dataclass(frozen=True)
class Hang:
    """No byte, until the record lets go: then the connection breaks off."""


Behaviour = Callable[[Asked], Reply | Refusal | Page | Hang]


@dataclass
class Call:
    """`ended` when the last of the answer was sent; never, where it was broken off."""

    path: str
    asked: Asked
    headers: Mapping[str, str]
    started: float
    ended: float = math.inf


@dataclass
class Record:
    """Every request, in order of arrival; `most_in_flight` counts chat calls. `let_go` ends those that hang."""

    calls: list[Call] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    let_go: bool = False

    @property
    def chats(self) -> list[Call]:
        return [call for call in self.calls if call.path.endswith("/chat/completions")]

    @property
    def embeddings(self) -> list[Call]:
        return [call for call in self.calls if call.path.endswith("/embeddings")]


class Dropped(Exception):
    """Raised inside a response: the server closes the connection in its middle."""


def build_app(behaviour: Behaviour, current: Callable[[], Record], embeddings: Behaviour | None = None) -> Starlette:
    """The endpoint; a request is noted in the record that is current when it arrives.

    `embeddings` may refuse or delay; any `Reply` of it means vectors.
    """

    async def chat(request: Request) -> Response:
        record = current()
        call = await _noted(request, record)
        record.in_flight += 1
        record.most_in_flight = max(record.most_in_flight, record.in_flight)
        try:
            return await _respond(call, behaviour(call.asked), record)
        except BaseException:
            record.in_flight -= 1
            raise

    async def embed(request: Request) -> Response:
        record = current()
        call = await _noted(request, record)
        answer = embeddings(call.asked) if embeddings else Reply()
        call.ended = time.monotonic()
        if isinstance(answer, Reply):
            await asyncio.sleep(answer.wait)
            return JSONResponse(embeddings_of(call.asked, counted=answer.counted))
        return await _other(answer, record)

    async def models(request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "simulated", "object": "model"}]})

    return Starlette(
        routes=[
            Route("/v1/chat/completions", chat, methods=["POST"]),
            Route("/v1/embeddings", embed, methods=["POST"]),
            Route("/v1/models", models),
        ]
    )


async def _noted(request: Request, record: Record) -> Call:
    asked = Asked.model_validate_json(await request.body())
    call = Call(request.url.path, asked, dict(request.headers), time.monotonic())
    record.calls.append(call)
    return call


async def _respond(call: Call, answer: Reply | Refusal | Page | Hang, record: Record) -> Response:
    if isinstance(answer, Reply) and call.asked.stream and not answer.ignores_stream:
        return StreamingResponse(_streamed(call, answer, record), media_type="text/event-stream")
    if isinstance(answer, Reply):
        await asyncio.sleep(answer.wait)
        response: Response = JSONResponse(completion_of(call.asked, answer))
    else:
        response = await _other(answer, record)
    call.ended = time.monotonic()
    record.in_flight -= 1
    return response


async def _other(answer: Refusal | Page | Hang, record: Record) -> Response:
    match answer:
        case Refusal():
            await asyncio.sleep(answer.wait)
            error = {"message": answer.message, "type": "simulated", "param": answer.param, "code": answer.code}
            return JSONResponse({"error": error}, answer.status, dict(answer.headers))
        case Page():
            return Response(answer.body, answer.status, media_type=answer.content_type)
        case Hang():
            await _hang(record)
            raise Dropped


async def _hang(record: Record) -> None:
    async with asyncio.timeout(_FOREVER_SECONDS):
        # Whoever lets go does so from another thread.
        while not record.let_go:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)


async def _streamed(call: Call, reply: Reply, record: Record) -> AsyncIterator[bytes]:
    try:
        await asyncio.sleep(reply.wait)
        began = time.monotonic()
        for n, event in enumerate(chunks_of(call.asked, reply)):
            if n == reply.drop_after:
                raise Dropped
            if n == reply.hang_after:
                await _hang(record)
            if reply.tokens_per_second:
                await asyncio.sleep(began + n / reply.tokens_per_second - time.monotonic())
            yield b"data: " + json.dumps(event, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n\n"
        yield b"data: [DONE]\n\n"
        call.ended = time.monotonic()
    finally:
        record.in_flight -= 1
