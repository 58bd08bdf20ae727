"""How hosts are treated: one request at a time each, with a pause between two, and none for as long as a host
wants."""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from agent.errors import FetchFailed, FetchReason

_HOSTS_REMEMBERED = 2048


@dataclass
class Host:
    """What is known of one host. `pause` is in seconds, from the end of a request to the start of the next. `free_at`
    is a moment of the given clock."""

    pause: float
    free_at: float = -math.inf
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class PolitenessPolicy:
    """Lets requests to each host wait for their turn. A wait longer than `max_wait` is raised as a failure, so that
    the caller can come back.

    This is code of our own, because the pace of a rate limiter cannot be changed by what a host answers, nor its
    clock by a test.
    """

    def __init__(
        self,
        *,
        pause: float,
        max_wait: float,
        hosts_at_once: int,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._pause = pause
        self._max_wait = max_wait
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, Host] = {}
        self.at_once = asyncio.Semaphore(hosts_at_once)

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[Host]:
        """Held while a host is asked. Raises `FetchFailed` (`rate_limited`) where the wait would be too long."""
        host = self._host(key)
        host.waiting += 1
        try:
            async with host.line:
                await self._wait(key, host)
                async with self.at_once:
                    try:
                        yield host
                    finally:
                        host.free_at = max(host.free_at, self._clock() + host.pause)
        finally:
            host.waiting -= 1

    def slow_down(self, host: Host, pause: float) -> None:
        """Sets the pause that the host's robots.txt asks for, where that is longer than our own."""
        host.pause = max(self._pause, pause)

    def leave_alone(self, host: Host, seconds: float) -> None:
        """Lets no request to the host begin for so many seconds."""
        host.free_at = max(host.free_at, self._clock() + seconds)

    async def _wait(self, key: str, host: Host) -> None:
        wait = host.free_at - self._clock()
        if wait > self._max_wait:
            message = f"{key} asks to be left alone for {math.ceil(wait)} s; at most {self._max_wait:g} s are waited"
            raise FetchFailed(FetchReason.RATE_LIMITED, message, retry_after=wait)
        if wait > 0:
            await self._sleep(wait)

    def _host(self, key: str) -> Host:
        if key not in self._hosts and len(self._hosts) >= _HOSTS_REMEMBERED:
            now = self._clock()
            self._hosts = {k: h for k, h in self._hosts.items() if h.waiting or h.free_at > now}
        return self._hosts.setdefault(key, Host(self._pause))
