"""How many requests a key makes in a minute: counted in memory where one process answers, in the database where any
number do."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from agent.config import Settings


class Rates(Protocol):
    async def take(self, key_id: str, most: int) -> int:
        """0 when the request is counted; where `most` were counted in the last minute it is not, and these are the
        seconds until one more would be. Raises `StoreError`."""


class MemoryRates:
    """`Rates` of one process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def take(self, key_id: str, most: int) -> int:
        item = RateLimitItemPerMinute(most)
        if await self._limiter.hit(item, key_id):
            return 0
        stats = await self._limiter.get_window_stats(item, key_id)
        return max(1, math.ceil(stats.reset_time - time.time()))


@contextmanager
def open_rates(settings: Settings) -> Iterator[Rates]:
    """Raises `StoreError`."""
    if settings.database_url is None:
        yield MemoryRates()
    else:
        from agent.storage.rates_postgres import open_shared_rates

        with open_shared_rates(settings.database_url) as shared:
            yield shared
