"""The interface of the fetcher, and how it is opened and closed."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.util import find_spec
from ssl import SSLContext
from typing import TYPE_CHECKING, Protocol

from agent.config import Settings
from agent.errors import ConfigurationError
from agent.extras import installed_version, needs
from agent.fetch.address import NetworkPolicy, Resolve
from agent.fetch.fetched import Fetched, NotModified, PageGone, PostResponse, Validators, Wanted

if TYPE_CHECKING:
    from httpcore2 import AsyncNetworkBackend

# A host that wants to be left alone for longer is told as a failure.
_LONGEST_WAIT_SECONDS = 60.0
_HOSTS_AT_ONCE = 8
_NEEDED = ("httpcore2", "protego", "trafilatura")


class Fetcher(Protocol):
    """Fetches pages. Calls may run at the same time: hosts are asked side by side, and each of them one thing at a
    time.

    Every address is checked when it is connected to, also after a redirect. Raises `FetchRefused` for what is never
    fetched and `FetchFailed` for what could not be fetched this time.
    """

    async def get(
        self,
        url: str,
        *,
        kind: Wanted = "page",
        validators: Validators | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Fetched | NotModified | PageGone:
        """Fetches a page. Returns `NotModified` only where validators were given. The host's robots.txt is obeyed.
        The headers in `secret` are sent to the host of this address alone, wherever it redirects to."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> PostResponse:
        """Posts a body and returns whatever the host answers. Redirects are not followed, and nothing is tried
        again."""


class NoFetcher:
    """Stands in for the fetcher where its packages are missing, so that everything without a network works."""

    async def get(
        self,
        url: str,
        *,
        kind: Wanted = "page",
        validators: Validators | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Fetched | NotModified | PageGone:
        raise ConfigurationError(needs(f"reading {url!r}", "web"))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> PostResponse:
        raise ConfigurationError(needs(f"telling {url!r}", "web"))


@asynccontextmanager
async def open_fetcher(
    settings: Settings,
    *,
    hosts_at_once: int = _HOSTS_AT_ONCE,
    resolve: Resolve | None = None,
    tls: SSLContext | None = None,
    dial: "AsyncNetworkBackend | None" = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Fetcher]:
    """Opens a fetcher. By default, names are resolved by this system and certificates are checked against its
    authorities.

    Where the packages are missing it is one that raises `ConfigurationError` when it is used.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        yield NoFetcher()
        return
    import httpx2

    from agent.fetch.exchange import BodyLimit, HttpReply, open_exchange
    from agent.fetch.fetcher import WebFetcher
    from agent.fetch.polite import PolitenessPolicy
    from agent.fetch.robots import Robots

    private = settings.allow_private_urls
    async with open_exchange(
        NetworkPolicy(private),
        agent=user_agent(settings.fetch_contact),
        total_timeout=settings.fetch_timeout,
        connections=hosts_at_once,
        resolve=resolve,
        tls=tls,
        dial=dial,
    ) as exchange:

        async def ask(url: httpx2.URL, reading: BodyLimit) -> HttpReply:
            return await exchange.ask("GET", url, {}, reading)

        manners = PolitenessPolicy(
            pause=settings.fetch_delay,
            max_wait=_LONGEST_WAIT_SECONDS,
            hosts_at_once=hosts_at_once,
            clock=clock,
            sleep=sleep,
        )
        yield WebFetcher(
            exchange,
            manners,
            Robots(ask, private=private, clock=clock),
            private=private,
            page_mb=settings.fetch_max_mb,
        )


def user_agent(contact: str | None) -> str:
    """The user agent: who asks, and how to reach whoever runs this."""
    name = f"Isnad/{installed_version()}"
    return f"{name} (+{contact})" if contact else name
