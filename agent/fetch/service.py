"""Asks a service that is made for programs, one request at a time, on the same guarded network as pages.

No robots.txt is read for a service, and no redirect is followed: the key in a request is for the address that was
configured and for no other.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, Protocol

from agent.config import Settings
from agent.errors import ConfigurationError
from agent.extras import needs
from agent.fetch.address import NetworkPolicy
from agent.fetch.protocol import user_agent

if TYPE_CHECKING:
    from agent.fetch.exchange import Exchange

# An answer of a search has some dozens of kilobytes.
_MOST_BYTES = 3_000_000
_CONNECTIONS = 8
_NEEDED = ("httpcore2", "httpx2")


@dataclass(frozen=True, slots=True)
class ServiceReply:
    """What a service answered, whatever its status. Names of headers are in lower case; `body` is unpacked and
    whole."""

    status: int
    content_type: str
    charset: str | None
    headers: Mapping[str, str]
    body: bytes


class ServiceClient(Protocol):
    """Asks services. Raises a `FetchError`, which names the address without its query, and no header."""

    async def ask(
        self,
        method: Literal["GET", "POST"],
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> ServiceReply: ...


class HttpServiceClient:
    """Implements `ServiceClient`."""

    def __init__(self, exchange: "Exchange", *, private: bool) -> None:
        self._exchange = exchange
        self._private = private

    async def ask(
        self,
        method: Literal["GET", "POST"],
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> ServiceReply:
        from agent.fetch.content import charset, content_type
        from agent.fetch.exchange import BodyLimit
        from agent.fetch.url import checked_url

        target = checked_url(url, private=self._private)
        reply = await self._exchange.ask(method, target, headers or {}, BodyLimit(_MOST_BYTES), body)
        return ServiceReply(
            status=reply.status,
            content_type=content_type(reply.headers),
            charset=charset(reply.response),
            headers={name.casefold(): value for name, value in reply.headers.items()},
            body=reply.body,
        )


@asynccontextmanager
async def open_service_client(settings: Settings, *, private: bool) -> AsyncIterator[ServiceClient]:
    """With `private`, also for services of private networks. Raises `ConfigurationError` without the packages."""
    if any(find_spec(name) is None for name in _NEEDED):
        raise ConfigurationError(needs("asking a search source", "web"))
    from agent.fetch.exchange import open_exchange

    async with open_exchange(
        NetworkPolicy(private),
        agent=user_agent(settings.fetch_contact),
        total_timeout=settings.fetch_timeout,
        connections=_CONNECTIONS,
    ) as exchange:
        yield HttpServiceClient(exchange, private=private)
