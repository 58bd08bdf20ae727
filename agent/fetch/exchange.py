"""Sends one request and reads its answer, within bounds of time and size. Its failures are raised as our own
errors."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass

import httpcore2
import httpx2

from agent.certificates import authorities
from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch.address import NetworkPolicy, Resolve
from agent.fetch.content import ACCEPT_ENCODING, encoding, too_large
from agent.fetch.network import GuardedNetwork, open_resolver
from agent.fetch.transport import Transport, open_transport
from agent.fetch.url import shown

_CONNECT_SECONDS = 10.0
# What packing may add to a body of the largest size, and the piece in which a body to be cut goes over it.
_PACKING_BYTES = 256 * 1024
# These already say which host they are about; the page asked for has no part in it.
_ABOUT_HOST = (FetchReason.PRIVATE, FetchReason.ADDRESS)


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How much of a body is read: `limit` bytes after unpacking. A longer body is refused, or cut where `cut` is set.

    `wants` looks at the headers and says whether the body is to be read. It may raise `FetchRefused`.
    """

    limit: int
    cut: bool = False
    wants: Callable[[httpx2.Response], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class HttpReply:
    response: httpx2.Response
    body: bytes

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        return self.response.headers


class Exchange:
    """Sends requests, each of which has to be answered within so many seconds. `agent` is the user agent."""

    def __init__(self, transport: Transport, *, agent: str, connect_timeout: float, total_timeout: float) -> None:
        self._transport = transport
        self._agent = agent
        self._connect = min(connect_timeout, total_timeout)
        self._total = total_timeout

    async def ask(
        self, method: str, url: httpx2.URL, headers: Mapping[str, str], reading: BodyLimit, body: bytes | None = None
    ) -> HttpReply:
        """Sends one request. Raises `FetchRefused` or `FetchFailed`, both with the URL. The caller looks at the
        status."""
        request = httpx2.Request(
            method,
            url,
            headers={"user-agent": self._agent, "accept-encoding": ACCEPT_ENCODING, **headers},
            content=body,
            # Silence is bounded by the whole: a drip of bytes must not count as progress.
            extensions={"timeout": {"connect": self._connect, "read": None, "write": None, "pool": None}},
        )
        with self._host_noted(url):
            async with asyncio.timeout(self._total):
                return await self._read(request, reading)

    async def _read(self, request: httpx2.Request, reading: BodyLimit) -> HttpReply:
        async with self._transport.send(request, reading.limit + _PACKING_BYTES) as response:
            if not reading.wants(response):
                return HttpReply(response, b"")
            response.headers["content-encoding"] = encoding(response.headers)
            if not reading.cut and _announced(response) > reading.limit:
                raise too_large(reading.limit)
            return HttpReply(response, await _body(response, reading))

    @contextmanager
    def _host_noted(self, url: httpx2.URL) -> Iterator[None]:
        try:
            yield
        except FetchRefused as err:
            if err.reason in _ABOUT_HOST:
                raise
            raise FetchRefused(err.reason, f"{shown(url)} is not read: {err}") from err
        except TimeoutError as err:
            raise FetchFailed(FetchReason.TIMEOUT, f"{shown(url)} was not read in {self._total:g} s") from err
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as err:
            raise _failed(url, err) from err
        except httpx2.DecodingError as err:
            raise FetchRefused(FetchReason.ENCODING, f"{shown(url)} is not read: it is damaged ({err})") from err


def _announced(response: httpx2.Response) -> int:
    value = response.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdecimal() else 0


async def _body(response: httpx2.Response, reading: BodyLimit) -> bytes:
    body = bytearray()
    async with aclosing(response.aiter_bytes()) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > reading.limit:
                if not reading.cut:
                    raise too_large(reading.limit)
                break
    return bytes(body) if len(body) <= reading.limit else bytes(body[: reading.limit])


def _failed(url: httpx2.URL, err: Exception) -> FetchError:
    if isinstance(err, httpcore2.TimeoutException):
        return FetchFailed(FetchReason.TIMEOUT, f"{url.host} does not answer")
    if isinstance(err, httpcore2.ProtocolError):
        return FetchFailed(FetchReason.MALFORMED, f"{url.host} does not answer in proper HTTP: {err}")
    # The pool raises its errors anew, without a cause.
    if isinstance(err.__context__, ssl.SSLError):
        return FetchFailed(FetchReason.TLS, f"the connection to {url.host} cannot be trusted: {err}")
    return FetchFailed(FetchReason.UNREACHABLE, f"{url.host} cannot be reached: {err}")


@asynccontextmanager
async def open_exchange(
    reach: NetworkPolicy,
    *,
    agent: str,
    total_timeout: float,
    connections: int,
    resolve: Resolve | None = None,
    tls: ssl.SSLContext | None = None,
    dial: httpcore2.AsyncNetworkBackend | None = None,
) -> AsyncIterator[Exchange]:
    """Opens an exchange on a network of its own that reaches as far as `reach`. By default, names are resolved by
    this system and certificates are checked against its authorities."""
    async with open_resolver() as system:
        network = GuardedNetwork(reach, resolve or system, dial or httpcore2.AnyIOBackend())
        async with open_transport(network, tls or authorities(), connections) as transport:
            yield Exchange(transport, agent=agent, connect_timeout=_CONNECT_SECONDS, total_timeout=total_timeout)
