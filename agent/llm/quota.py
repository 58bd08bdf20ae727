"""How many calls and tokens go to one endpoint in a minute, of all processes together.

What was taken in the last minute is written down where the processes share their data, one row a call: so the bound
holds in any minute, and what a call really took can be put in the place of what it was thought to take.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from agent.config import Settings
from agent.storage import Connection, Database, given, open_database
from agent.storage.schema import LIMITS
from agent.storage.tables.service import taken as _taken

_MINUTE = 60_000
# Others may be first when the time has come.
_LEAST_WAIT_SECONDS = 0.01

_c = _taken.c
_HERE = _c.endpoint == given("of_endpoint")
_FORGET = delete(_taken).where(_c.at <= given("before"))
_TAKE = insert(_taken).returning(_c.number)
_SETTLE = update(_taken).where(_c.number == given("of_number"))
_SET_BACK = update(_taken).where(_c.at > given("latest")).values(at=given("latest"))
_NEWEST = select(func.coalesce(func.max(_c.at), 0))
_SPENT = select(func.count(), func.coalesce(func.sum(_c.tokens), 0)).where(_HERE)
_ALL = select(_c.at, _c.tokens).where(_HERE).order_by(_c.at)


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a call has taken; to be settled when it is known better."""

    number: int


@dataclass(frozen=True, slots=True)
class _Past:
    at: int
    tokens: int


class Quota:
    """Opened with `open_quota`. Who comes first in a process goes first. Raises `StoreError`: never unlimited."""

    def __init__(
        self,
        database: Database,
        endpoint: str,
        *,
        requests: int | None,
        tokens: int | None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._endpoint = endpoint
        self._requests = requests
        self._tokens = tokens
        self._sleep = sleep
        self._clock = clock
        self._turn = asyncio.Lock()

    async def take(self, tokens: int) -> Reservation:
        """Waits until one more call of about so many tokens may go out, and counts it.

        A call that is larger than the whole minute goes out when nothing else is in it.
        """
        async with self._turn:
            while True:
                taken = await asyncio.to_thread(self._try, tokens)
                if isinstance(taken, Reservation):
                    return taken
                await self._sleep(max(taken / 1000, _LEAST_WAIT_SECONDS))

    async def settle(self, taken: Reservation, tokens: int) -> None:
        """Puts what a call took in the place of what it was thought to take."""
        await asyncio.to_thread(self._settle, taken, tokens)

    def _try(self, tokens: int) -> Reservation | int:
        """Or the milliseconds until it is worth another try."""
        with self._database.writing() as connection:
            now = self._now(connection)
            connection.execute(_FORGET, {"before": now - _MINUTE})
            if wait := self._wait(connection, now, tokens):
                return wait
            row = {"endpoint": self._endpoint, "at": now, "tokens": tokens}
            return Reservation(connection.execute(_TAKE, row).fetchone()[0])

    def _settle(self, taken: Reservation, tokens: int) -> None:
        with self._database.writing() as connection:
            connection.execute(_SETTLE, {"tokens": tokens, "of_number": taken.number})

    def _now(self, connection: Connection) -> int:
        """Of several machines the clock that is ahead counts: a minute may seem longer, and never shorter.

        What is further ahead than a minute was written by a clock that was wrong, and has been put right since.
        """
        mine = int(self._clock() * 1000)
        connection.execute(_SET_BACK, {"latest": mine + _MINUTE})
        newest = connection.execute(_NEWEST).fetchone()[0]
        return max(mine, int(newest))

    def _wait(self, connection: Connection, now: int, tokens: int) -> int:
        count, spent = connection.execute(_SPENT, {"of_endpoint": self._endpoint}).fetchone()
        most_calls, most_tokens = self._room(tokens)
        if (most_calls is None or count <= most_calls) and (most_tokens is None or spent <= most_tokens):
            return 0
        rows = connection.execute(_ALL, {"of_endpoint": self._endpoint})
        return _free_at([_Past(*row) for row in rows], most_calls, most_tokens) - now

    def _room(self, tokens: int) -> tuple[int | None, int | None]:
        """How many calls and tokens may stand in the minute for one more to go out."""
        calls = self._requests - 1 if self._requests is not None else None
        return calls, max(0, self._tokens - tokens) if self._tokens is not None else None


def _free_at(past: Sequence[_Past], most_calls: int | None, most_tokens: int | None) -> int:
    """When enough of what was taken, the oldest first, is a minute old."""
    calls, tokens = len(past), sum(one.tokens for one in past)
    free = 0
    for one in past:
        if (most_calls is None or calls <= most_calls) and (most_tokens is None or tokens <= most_tokens):
            break
        calls, tokens, free = calls - 1, tokens - one.tokens, one.at + _MINUTE
    return free


@contextmanager
def open_quota(settings: Settings, endpoint: str) -> Iterator[Quota | None]:
    """What the settings allow, shared by all that share their data; None where they set no bound. Raises
    `StoreError`."""
    if settings.requests_per_minute is None and settings.tokens_per_minute is None:
        yield None
        return
    with open_database(settings, LIMITS) as database:
        yield Quota(database, endpoint, requests=settings.requests_per_minute, tokens=settings.tokens_per_minute)
