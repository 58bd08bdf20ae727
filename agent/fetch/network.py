"""Connecting: the name is resolved once, every address is checked, and a checked address is what is dialled.

There is no second look-up that could answer differently, whatever the name server does. TLS and the Host header
keep the name, as they are made above this layer.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from ipaddress import ip_address

import httpcore2

from agent.errors import FetchFailed, FetchReason, FetchRefused
from agent.fetch.address import NetworkPolicy, Resolve

_ADDRESSES_TRIED = 4
_RESOLVER_THREADS = 8


class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Dials only addresses within reach, for httpcore. Raises `FetchRefused` for others, and `FetchFailed` for a name
    that has no address."""

    def __init__(self, reach: NetworkPolicy, resolve: Resolve, dial: httpcore2.AsyncNetworkBackend) -> None:
        self._reach = reach
        self._resolve = resolve
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: Exception = FetchFailed(FetchReason.NAME, f"{host} has no address")
        for address in (await self._checked(host, port))[:_ADDRESSES_TRIED]:
            try:
                return await self._dial.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as err:
                failure = err
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  # the interface's own
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        raise FetchRefused(FetchReason.ADDRESS, "sockets of this machine are not read")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        """One address outside is enough to refuse them all: a name with both kinds wants to be misread."""
        addresses = [host] if _is_address(host) else await self._resolved(host, port)
        for address in addresses:
            self._reach.check(host, address)
        return addresses

    async def _resolved(self, host: str, port: int) -> Sequence[str]:
        try:
            return await self._resolve(host, port)
        except socket.gaierror as err:
            if err.errno == socket.EAI_AGAIN:
                raise FetchFailed(FetchReason.UNREACHABLE, f"{host} cannot be resolved now: {err.strerror}") from err
            raise FetchFailed(FetchReason.NAME, f"there is no host of the name {host}") from err
        except (OSError, UnicodeError) as err:
            raise FetchFailed(FetchReason.NAME, f"{host} cannot be resolved: {err}") from err


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@asynccontextmanager
async def open_resolver() -> AsyncIterator[Resolve]:
    """This system's own resolver, in threads of its own: slow names must not hold up other work."""
    threads = ThreadPoolExecutor(_RESOLVER_THREADS, "isnad-names")

    async def resolve(host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(threads, _look_up, host, port)
        return list(dict.fromkeys(found))

    try:
        yield resolve
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
