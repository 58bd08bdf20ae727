"""Sends one request on the guarded network. There are no cookies, proxies or passwords: nothing here could hold
them."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from ssl import SSLContext

import httpcore2
import httpx2

from agent.errors import FetchReason, FetchRefused
from agent.fetch.network import GuardedNetwork

_IDLE_SECONDS = 5.0
# What a piece counts for at least: a body cut into single bytes costs far more work than its size.
_LEAST_PIECE = 64


class Counted(httpx2.AsyncByteStream):
    """What arrives, up to a number of bytes on the wire. So packed data that unpacks to nothing ends too."""

    def __init__(self, stream: AsyncGenerator[bytes], limit: int) -> None:
        self._stream = stream
        self._left = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async with aclosing(self._stream) as pieces:
            async for piece in pieces:
                self._left -= max(len(piece), _LEAST_PIECE)
                if self._left < 0:
                    raise FetchRefused(FetchReason.TOO_LARGE, "more bytes arrive than may be read")
                yield piece


class Transport:
    """Requests of httpx2 over a pool of httpcore2, which counts what arrives before it is unpacked."""

    def __init__(self, pool: httpcore2.AsyncConnectionPool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def send(self, request: httpx2.Request, limit: int) -> AsyncIterator[httpx2.Response]:
        """The answer with its body unread, at most `limit` bytes of it; given up when the block is left."""
        url = request.url
        raw = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = await self._pool.handle_async_request(raw)
        try:
            yield httpx2.Response(
                answer.status,
                headers=answer.headers,
                stream=Counted(answer.aiter_stream(), limit),
                request=request,
            )
        finally:
            await answer.aclose()


@asynccontextmanager
async def open_transport(network: GuardedNetwork, tls: SSLContext, connections: int) -> AsyncIterator[Transport]:
    """HTTP/1.1 only: one connection per host needs nothing more, and its parser bounds the size of headers."""
    async with httpcore2.AsyncConnectionPool(
        ssl_context=tls,
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=_IDLE_SECONDS,
        retries=0,
        network_backend=network,
    ) as pool:
        yield Transport(pool)
