"""Opening and closing the way to the network; what callers see of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Protocol

from agent.config import Settings
from agent.fetch.fetched import Answered, Fetched, Gone, NotModified, Validators, Wanted

# The addresses of a name, in the order in which they are to be tried; raises OSError when there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class Fetcher(Protocol):
    """Any number of calls may run side by side: hosts are asked in parallel, one host one thing at a time.

    Every address is checked when it is connected to, redirects included. Raises `FetchRefused` for what is
    not fetched on principle and `FetchFailed` for what could not be had this time.
    """

    async def get(
        self, url: str, *, kind: Wanted = "page", validators: Validators | None = None
    ) -> Fetched | NotModified | Gone:
        """`NotModified` comes only where validators were given. The host's robots.txt is obeyed."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answered:
        """Whatever status the host answers is told, redirects are not followed, nothing is tried again."""


@asynccontextmanager
async def open_fetcher(
    settings: Settings,
    *,
    resolve: Resolve | None = None,
    tls: SSLContext | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Fetcher]:
    """By default names are resolved by this system and certificates checked against its authorities."""
    raise NotImplementedError
    yield
