"""Reading a chat completion off the wire: a stream of events, or the one object that some servers send instead.

The client's own stream builds a tree of objects per event, which is five times slower than what it is read for;
with twenty answers in flight that is a second of the reader's time.
"""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from typing import TypeAlias

from openai import AsyncAPIResponse, AsyncStream
from openai.types.chat import ChatCompletionChunk

from agent.llm.address import EndpointAddress
from agent.llm.completion import Completion
from agent.llm.faults import ATTEMPT_ERRORS, AttemptFailed, not_an_endpoint
from agent.llm.silence import Silence
from agent.models import FailureReason

Response: TypeAlias = AsyncAPIResponse[AsyncStream[ChatCompletionChunk]]

# An answer that is longer than this is not an answer to anything that we ask.
_MAX_BYTES = 16 * 1024 * 1024
_DRAIN_SECONDS = 0.1
_OF_STREAMS = (b"id:", b"retry:", b":")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ENDS = {b"{": b"}", b"[": b"]"}


async def read_completion(response: Response, address: EndpointAddress, silence: Silence) -> Completion:
    """The whole answer of one call; its first word breaks the silence. Raises `AttemptFailed`, or what the transport
    raises when the stream breaks."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/html":
        raise not_an_endpoint(address)
    completion = Completion(address)
    events = _Events(completion, whole=kind.endswith("json"))
    lines = _lines(response, address)
    async for line in lines:
        events.take(line)
        if completion.chosen:
            silence.breaks()
        if completion.done:
            await _drain(lines)
            break
    events.end()
    return completion


class _Events:
    """Lines of an event stream, and what servers send in its place. `whole`: one object, over all the lines."""

    def __init__(self, completion: Completion, *, whole: bool) -> None:
        self._completion = completion
        self._whole = whole
        self._stray: list[bytes] = []
        self._begun: list[bytes] = []
        self._failed = False

    def take(self, line: bytes) -> None:
        line = line.removeprefix(_BYTE_ORDER_MARK)
        if line.startswith(b"data:"):
            self._data(line[5:].strip())
        elif line.startswith(b"event:"):
            self._failed = line[6:].strip() == b"error"
        elif not line:
            self._event()
            self._failed = False
        elif not line.startswith(_OF_STREAMS):
            self._other(line)

    def end(self) -> None:
        """Raises `AttemptFailed` when not one word of an answer has come."""
        self._event()
        body = b"\n".join(self._stray)
        if body.startswith((b"{", b"[", b'"')) and not self._completion.chosen:
            self._completion.take(body)
        elif body:
            self._completion.note(body)
        if not self._completion.chosen:
            raise self._completion.unlike(self._completion.strange)

    def _data(self, data: bytes) -> None:
        """One line of an event. Most servers write each event on one line, and some leave out the line between."""
        if data == b"[DONE]":
            self._completion.done = True
        elif data:
            # JSON that has begun and not come to its end goes on to the empty line.
            goes_on = bool(self._begun) or not data.endswith(_ENDS.get(data[:1], data))
            self._begun.append(data)
            if not goes_on:
                self._event()

    def _event(self) -> None:
        if self._begun:
            data = b"\n".join(self._begun)
            self._begun.clear()
            self._completion.take(data, failed=self._failed)

    def _other(self, line: bytes) -> None:
        """Some servers drop out of the event format to say that they failed."""
        if line.startswith(b"error:"):
            self._completion.take(line[6:].strip(), failed=True)
        elif self._whole or self._stray or not _is_object(line):
            self._stray.append(line)
        else:
            self._completion.take(line)


def _is_object(line: bytes) -> bool:
    return line.startswith(b"{") and line.endswith(b"}")


async def _lines(response: Response, address: EndpointAddress) -> AsyncIterator[bytes]:
    """Lines as event streams have them: other line ends of Unicode may stand inside an event."""
    # Byte for byte: Latin-1 has a letter for each.
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    rest, received = b"", 0
    async for piece in response.iter_bytes():
        received += len(piece)
        if received > _MAX_BYTES:
            raise AttemptFailed(
                FailureReason.MALFORMED, f"{address} sent more than {_MAX_BYTES} bytes in one answer."
            )
        *lines, rest = (rest + newlines.decode(piece.decode("latin-1")).encode("latin-1")).split(b"\n")
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
