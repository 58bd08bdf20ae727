"""A fetcher that comes to an end: after so many seconds or bytes nothing more is fetched. It counts what became of
the pages that it was asked for."""

import asyncio
import time
from collections.abc import Callable, Mapping

from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetched, Fetcher, NotModified, PageGone, PostResponse, Validators, Wanted

_MEGABYTE = 1_000_000


class BoundedFetcher:
    """Implements `Fetcher`. What was not come to for want of time or room is none of `refused` or `failed`."""

    def __init__(
        self, fetcher: Fetcher, *, seconds: float, megabytes: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._until = clock() + seconds
        self._bytes = megabytes * _MEGABYTE
        self.fetched = 0
        self.kept_out: set[str] = set()
        self.refused: set[str] = set()
        self.failed: set[str] = set()

    async def get(
        self,
        url: str,
        *,
        kind: Wanted = "page",
        validators: Validators | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Fetched | NotModified | PageGone:
        left = self._until - self._clock()
        if left <= 0 or self._bytes <= 0:
            raise _missed(url, "time" if left <= 0 else "room")
        try:
            async with asyncio.timeout(left):
                got = await self._fetcher.get(url, kind=kind, validators=validators, secret=secret)
        except TimeoutError as err:
            raise _missed(url, "time") from err
        except FetchError as err:
            self._count(url, err)
            raise
        if isinstance(got, PageGone):
            self.failed.add(url)
            return got
        if isinstance(got, Fetched):
            self._bytes -= len(got.body)
        self.fetched += 1
        return got

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> PostResponse:
        raise FetchRefused(FetchReason.ADDRESS, "nothing is posted where pages are gathered")

    def _count(self, url: str, err: FetchError) -> None:
        if err.reason is FetchReason.ROBOTS:
            self.kept_out.add(url)
        elif isinstance(err, FetchRefused):
            self.refused.add(url)
        else:
            self.failed.add(url)


def _missed(url: str, what: str) -> FetchFailed:
    return FetchFailed(FetchReason.TIMEOUT, f"there was no {what} left for {url}")
