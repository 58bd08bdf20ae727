"""The wire format of an OpenAI-compatible endpoint, without a model behind it: what answers is passed in.

Tests script it, the bench simulates a model with it. Loopback only; no request leaves the machine.
"""

import asyncio
import base64
import json
import math
import re
import time
from array import array
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

from pydantic import BaseModel, ConfigDict
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

DIMENSIONS = 256
_FOREVER_SECONDS = 3600.0
_LOOK_SECONDS = 0.05
_ID = "chatcmpl-simulated"


class Message(BaseModel):
    role: str
    content: str


class Asked(BaseModel):
    """The body of a request, with what the bench and the tests look at; the rest is in `model_extra`."""

    model_config = ConfigDict(extra="allow")

    model: str
    messages: list[Message] = []
    input: list[str] = []
    stream: bool = False
    response_format: dict[str, object] | None = None
    stream_options: dict[str, object] | None = None
    temperature: float | None = None
    max_completion_tokens: int | None = None
    max_tokens: int | None = None
    encoding_format: str | None = None

    @property
    def system(self) -> str:
        return next((m.content for m in self.messages if m.role == "system"), "")

    @property
    def user(self) -> str:
        return next((m.content for m in self.messages if m.role == "user"), "")

    @property
    def mode(self) -> str:
        kind = (self.response_format or {}).get("type", "text")
        return {"json_schema": "schema", "json_object": "json"}.get(str(kind), "text")


@dataclass(frozen=True)
class Reply:
    """An answer. `wait` before the first byte, then `tokens_per_second` if given; cut off where told."""

    text: str = ""
    finish: str | None = "stop"
    refusal: str | None = None
    choices: bool = True
    counted: bool = True
    cached_tokens: int = 0
    wait: float = 0.0
    tokens_per_second: float | None = None
    drop_after: int | None = None
    hang_after: int | None = None
    event_after_words: Mapping[str, object] | None = None
    ignores_stream: bool = False


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
            return JSONResponse(_vectors(call.asked, counted=answer.counted))
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


def count_tokens(text: str) -> int:
    """An approximation: a token for four ASCII characters, or for two of any other script."""
    ascii_count = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_count / 4 + (len(text) - ascii_count) / 2)


def prompt_tokens(asked: Asked) -> int:
    """Messages, four tokens around each, and the answer's schema where it goes beside them."""
    schema = json.dumps(asked.response_format) if asked.mode == "schema" else ""
    return sum(count_tokens(m.content) + 4 for m in asked.messages) + count_tokens(schema)


def vector(text: str) -> list[float]:
    """A direction for a text, near to that of texts with the same words."""
    counts = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.casefold()):
        counts[crc32(word.encode("utf-8", "surrogatepass")) % DIMENSIONS] += 1.0
    length = math.sqrt(sum(value * value for value in counts)) or 1.0
    return [value / length for value in counts]


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
        response: Response = JSONResponse(_whole(call.asked, answer))
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
        for n, event in enumerate(_events(call.asked, reply)):
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


def _events(asked: Asked, reply: Reply) -> list[dict[str, object]]:
    if not reply.choices:
        return [_event(asked, {}, None) | {"choices": []}]
    # A slow answer comes token by token; a fast one in a few pieces, as many servers send it.
    size = 4 if reply.tokens_per_second else max(1, len(reply.text) // 3)
    pieces = [reply.text[i : i + size] for i in range(0, len(reply.text), size)]
    events = [_event(asked, {"role": "assistant", "content": ""}, None)]
    events += [_event(asked, {"content": piece}, None) for piece in pieces]
    if reply.refusal is not None:
        events.append(_event(asked, {"refusal": reply.refusal}, None))
    if reply.event_after_words is not None:
        events.append(dict(reply.event_after_words))
    events.append(_event(asked, {}, reply.finish))
    if reply.counted and (asked.stream_options or {}).get("include_usage"):
        events.append(_event(asked, {}, None) | {"choices": [], "usage": _usage(asked, reply)})
    return events


def _event(asked: Asked, delta: dict[str, object], finish: str | None) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {
        "id": _ID,
        "object": "chat.completion.chunk",
        "created": 1_450_000_000,
        "model": asked.model,
        "choices": [choice],
        "usage": None,
    }


def _whole(asked: Asked, reply: Reply) -> dict[str, object]:
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    choices = [{"index": 0, "message": message, "finish_reason": reply.finish}] if reply.choices else []
    usage = _usage(asked, reply) if reply.counted else None
    return {
        "id": _ID,
        "object": "chat.completion",
        "created": 1,
        "model": asked.model,
        "choices": choices,
        "usage": usage,
    }


def _usage(asked: Asked, reply: Reply) -> dict[str, object]:
    prompt, completion = prompt_tokens(asked), count_tokens(reply.text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": reply.cached_tokens},
    }


def _vectors(asked: Asked, *, counted: bool) -> dict[str, object]:
    rows: list[object] = [vector(text) for text in asked.input]
    if asked.encoding_format == "base64":
        rows = [base64.b64encode(array("f", vector(text)).tobytes()).decode() for text in asked.input]
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    tokens = sum(map(count_tokens, asked.input))
    usage = {"prompt_tokens": tokens, "total_tokens": tokens} if counted else None
    return {"object": "list", "data": data, "model": asked.model, "usage": usage}
