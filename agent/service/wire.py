"""Talks to a running server: requests, answers and server-sent events. What it refuses is raised as our own
errors."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar

import httpx2
from pydantic import BaseModel, ValidationError

from agent.certificates import authorities
from agent.errors import ConfigurationError, NotFound, StoreError
from agent.service.address import ServerAddress
from agent.service.refusals import error_of

_CONNECT_SECONDS = 5.0
# Between two signs of life of a stream, which sends one every few seconds; and for an answer that is computed.
_SILENCE_SECONDS = 120.0
M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", bound=BaseModel)


class ServerConnection:
    """A connection to a running server; open one with `open_connection`. `missing` is the error that stands for
    a 404. Every method raises an `IsnadError` where the server refuses or cannot be reached."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def get(self, path: str, kind: type[M], *, missing: type[NotFound] = NotFound, **asked: Any) -> M:
        """Asks for `path` and returns the answer as a `kind`. `asked` are the parameters of the query."""
        return await self.send("GET", path, kind, missing=missing, **asked)

    async def send(
        self, method: str, path: str, kind: type[M], *, missing: type[NotFound] = NotFound, **asked: Any
    ) -> M:
        """Sends a request and returns the answer as a `kind`."""
        answer = await self.answer(method, path, missing=missing, **asked)
        try:
            return kind.model_validate_json(answer)
        except ValidationError as err:
            raise ConfigurationError(
                f"the server at {self._http.base_url} answers otherwise than this version reads: are the two of one "
                "version?"
            ) from err

    async def answer(self, method: str, path: str, *, missing: type[NotFound] = NotFound, **asked: Any) -> bytes:
        """Sends a request and returns the body of the answer. Parameters of the query that are None are left out."""
        try:
            answer = await self._http.request(method, path, **_given(asked))
        except httpx2.TransportError as err:
            raise self._silent(err) from err
        if not answer.is_success:
            raise error_of(answer.status_code, answer.content, answer.headers, missing)
        return answer.content

    async def outcome_of(self, path: str, body: object, kind: type[M], tell: Callable[[M], None], end: type[E]) -> E:
        """Starts work that reports its progress as events. Hands each event of `kind` to `tell` and returns the last
        one, of type `end`."""
        async with aclosing(self.events("POST", path, json=body)) as events:
            async for name, data in events:
                if name == "progress":
                    tell(kind.model_validate_json(data))
                elif name == "ended":
                    return end.model_validate_json(data)
                elif name == "failed":
                    raise error_of(json.loads(data)["status"], data, {}, NotFound)
        raise StoreError("the server ended before the work did; what it told of stands")

    async def events(
        self, method: str, path: str, *, missing: type[NotFound] = NotFound, **asked: Any
    ) -> AsyncGenerator[tuple[str, bytes], None]:
        """The server-sent events of an answer, as pairs of a name and its data. The data of these servers has no line
        breaks."""
        try:
            async with self._http.stream(method, path, **_given(asked)) as answer:
                if not answer.is_success:
                    raise error_of(answer.status_code, await answer.aread(), answer.headers, missing)
                name, data = "", b""
                async with aclosing(_lines(answer)) as lines:
                    async for line in lines:
                        field, _, value = line.partition(b":")
                        if field == b"event":
                            name = value.strip().decode()
                        elif field == b"data":
                            data = value.removeprefix(b" ")
                        elif not line and name:
                            yield name, data
                            name, data = "", b""
        except httpx2.TransportError as err:
            raise self._silent(err) from err

    def _silent(self, err: Exception) -> StoreError:
        return StoreError(
            f"the server at {self._http.base_url} does not answer: {err or type(err).__name__}. "
            "ISNAD_SERVER=off does without it."
        )


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}


async def _lines(answer: httpx2.Response) -> AsyncGenerator[bytes, None]:
    """By line feeds alone: texts of articles hold other characters that end a line elsewhere, as U+2028."""
    waiting = b""
    async for some in answer.aiter_bytes():
        *whole, waiting = (waiting + some).split(b"\n")
        for line in whole:
            yield line.removesuffix(b"\r")


@asynccontextmanager
async def open_connection(address: ServerAddress) -> AsyncIterator[ServerConnection]:
    """Opens a connection to a server. Nothing is asked before the first request."""
    headers = {"Authorization": f"Bearer {address.key}"} if address.key else {}
    timeout = httpx2.Timeout(_SILENCE_SECONDS, connect=_CONNECT_SECONDS)
    # What is meant for a server on this machine goes through no proxy that the environment names.
    async with httpx2.AsyncClient(
        base_url=address.url,
        headers=headers,
        timeout=timeout,
        trust_env=address.pid is None,
        # Without TLS there is no authority to ask, and to read them all takes longer than the call.
        verify=authorities() if address.url.startswith("https:") else False,
    ) as http:
        yield ServerConnection(http)
