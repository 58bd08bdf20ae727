"""Reading a chat completion off the wire: a stream of events, or the one object that some servers send instead.

The client's own stream builds a tree of objects per event, which is five times slower than what it is read for;
with twenty answers in flight that is a second of the reader's time. What is read here is validated as well.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from typing import TypeAlias

from openai import AsyncAPIResponse, AsyncStream
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel, ValidationError

from agent.llm.address import Address
from agent.llm.faults import ATTEMPT_ERRORS, Fault, fault_told
from agent.models import FailureReason

Response: TypeAlias = AsyncAPIResponse[AsyncStream[ChatCompletionChunk]]

# An answer that is longer than this is not an answer to anything that we ask.
_MAX_BYTES = 16 * 1024 * 1024
_DRAIN_SECONDS = 0.1


class Details(BaseModel):
    cached_tokens: int | None = None


class WireUsage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: Details | None = None
    prompt_cache_hit_tokens: int | None = None

    @property
    def cached(self) -> int:
        inner = self.prompt_tokens_details.cached_tokens if self.prompt_tokens_details else None
        return inner or self.prompt_cache_hit_tokens or 0


class _Words(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    delta: _Words | None = None
    message: _Words | None = None
    finish_reason: str | None = None


class _Error(BaseModel):
    message: str = "no reason given"
    code: str | int | None = None
    type: str | None = None


class _Event(BaseModel):
    choices: list[_Choice] | None = None
    usage: WireUsage | None = None
    error: _Error | str | None = None


class Completion:
    """An answer as it arrives. `finish` stays None when the endpoint never said that it was done."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._refusal: list[str] = []
        self.finish: str | None = None
        self.chosen = False
        self.usage: WireUsage | None = None

    @property
    def text(self) -> str:
        return "".join(self._words)

    @property
    def refusal(self) -> str:
        return "".join(self._refusal)

    def take(self, data: bytes, address: Address) -> None:
        """Add one event. Raises `Fault` when it tells of an error or is not an event at all."""
        try:
            event = _Event.model_validate_json(data)
        except ValidationError as err:
            shown = address.shown(data.decode("utf-8", "replace"))
            raise Fault(
                FailureReason.SERVER_ERROR, f"{address} sent what is no chat completion: {shown}.", again=True
            ) from err
        if event.error is not None:
            raise _fault(event.error, address)
        self.usage = event.usage or self.usage
        for choice in event.choices or ():
            self._hear(choice)

    def _hear(self, choice: _Choice) -> None:
        self.chosen = True
        self.finish = choice.finish_reason or self.finish
        if words := choice.delta or choice.message:
            self._words.append(words.content or "")
            self._refusal.append(words.refusal or "")


async def read_completion(response: Response, address: Address) -> Completion:
    """The whole answer of one call. Raises `Fault`, or what the transport raises when the stream breaks."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/html":
        message = f"{address} answers with a web page, not as an OpenAI-compatible endpoint."
        raise Fault(FailureReason.REJECTED, f"{message} Correct {address.url_setting}.", final=True)
    completion = Completion()
    if kind == "application/json":
        completion.take(await response.read(), address)
        return completion
    lines = _lines(response, address)
    async for line in lines:
        if line.startswith(b"data:"):
            data = line[5:].strip()
            if data == b"[DONE]":
                await _drain(lines)
                break
            completion.take(data, address)
        elif line.startswith((b"{", b"error:")):
            # Some servers drop out of the event format to say that they failed.
            completion.take(re.sub(rb"^error:\s*", b"", line), address)
    return completion


async def _lines(response: Response, address: Address) -> AsyncIterator[bytes]:
    """Lines by line feed only: other line ends of Unicode may stand inside an event."""
    rest, received = b"", 0
    async for piece in response.iter_bytes():
        received += len(piece)
        if received > _MAX_BYTES:
            raise Fault(FailureReason.MALFORMED, f"{address} sent more than {_MAX_BYTES} bytes in one answer.")
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.strip()
    if rest.strip():
        yield rest.strip()


async def _drain(lines: AsyncIterator[bytes]) -> None:
    """Read to the end, so that the connection can be used again; not for longer than a new one would take."""
    with contextlib.suppress(*ATTEMPT_ERRORS):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in lines:
                pass


def _fault(error: _Error | str, address: Address) -> Fault:
    if isinstance(error, str):
        return fault_told(error, "", address)
    return fault_told(error.message, " ".join(str(part) for part in (error.code, error.type) if part), address)
