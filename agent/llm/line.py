"""The line to one endpoint: who may call now, and how often a failed call is tried again."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio.lowlevel
import openai
from openai import AsyncOpenAI
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_any,
    wait_random_exponential,
)
from tenacity.stop import stop_base

from agent.certificates import authorities
from agent.config import Settings
from agent.llm.address import EndpointAddress
from agent.llm.faults import ATTEMPT_ERRORS, AttemptFailed, fault_of
from agent.llm.quota import Quota, Reservation
from agent.models import FailureReason
from agent.tracing import span

R = TypeVar("R")
Sleep = Callable[[float], Awaitable[None]]

_FIRST_WINDOW_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0
# Callers that were refused together are told the same time to come back; they do not come back together.
_SPREAD_SHARE = 0.1
# Keep-alive bytes can hold a dead call open for ever; no answer of ours takes this long.
_LONGEST_CALL_SECONDS = 600.0
_CONNECT_SECONDS = 10.0
_LONGEST_TRYING_SECONDS = 120.0


@asynccontextmanager
async def open_client(address: EndpointAddress, settings: Settings) -> AsyncIterator[AsyncOpenAI]:
    """The client, which never retries by itself. A read times out when no byte comes, not when many do."""
    timeout = openai.Timeout(
        connect=_CONNECT_SECONDS, read=settings.idle_timeout, write=settings.idle_timeout, pool=None
    )
    transport = openai.DefaultAsyncHttpxClient(timeout=timeout, verify=authorities())
    async with AsyncOpenAI(
        api_key=address.key, base_url=address.url, max_retries=0, timeout=timeout, http_client=transport
    ) as client:
        await _warm_up(client)
        yield client


async def _warm_up(client: AsyncOpenAI) -> None:
    """Loads what the client would load in the middle of the first call."""
    _ = (client.chat.completions, client.embeddings, client.platform_headers())
    await anyio.lowlevel.checkpoint()


class CallLimiter:
    """Shared by all calls to one endpoint. A caller that waits for its next try holds no place."""

    def __init__(
        self,
        address: EndpointAddress,
        settings: Settings,
        *,
        quota: Quota | None = None,
        sleep: Sleep = asyncio.sleep,
        max_seconds: float = _LONGEST_TRYING_SECONDS,
    ) -> None:
        self.address = address
        self.sleep = sleep
        self._max_tries = settings.max_tries
        self._max_seconds = max_seconds
        self._places = asyncio.Semaphore(settings.max_concurrency)
        self._quota = quota

    async def call(
        self, attempt: Callable[[], Awaitable[R]], *, tokens: int = 0, spent: Callable[[R], int] | None = None
    ) -> R:
        """The result of the first attempt that succeeds; raises `AnalystError` when none does.

        `tokens` is what an attempt may take, and `spent` tells from its result what it took. Raises `StoreError` when
        nobody can tell whether there is room for a call.

        A `AttemptFailed` that trying again cannot mend is raised as it is, for the caller who may ask differently.
        """
        trial = _Trial(self._max_seconds)
        retrying = AsyncRetrying(
            sleep=self.sleep,
            retry=retry_if_exception(_may_pass),
            wait=_wait,
            stop=stop_any(stop_after_attempt(self._max_tries), trial),
            reraise=True,
        )
        try:
            return await retrying(self._once, attempt, trial, tokens, spent)
        except AttemptFailed as fault:
            if not fault.again:
                raise
            raise fault.error(trial.tries, ever_connected=trial.connected) from fault.__cause__

    async def _once(
        self, attempt: Callable[[], Awaitable[R]], trial: "_Trial", tokens: int, spent: Callable[[R], int] | None
    ) -> R:
        async with self._place(trial, tokens) as taken:
            trial.tries += 1
            try:
                with span(
                    "model call", {"gen_ai.request.model": self.address.model, "isnad.try": trial.tries}
                ) as mark:
                    async with asyncio.timeout(_LONGEST_CALL_SECONDS):
                        result = await attempt()
                    mark.set({"isnad.tokens": spent(result) if spent is not None else None})
            except AttemptFailed:
                trial.connected = True
                raise
            except ATTEMPT_ERRORS as err:
                fault = fault_of(err, self.address)
                trial.connected |= fault.reason is not FailureReason.UNREACHABLE
                raise fault from err
            trial.connected = True
        # What a failed attempt may have taken stays taken.
        if self._quota is not None and taken is not None and spent is not None:
            await self._quota.settle(taken, spent(result))
        return result

    @asynccontextmanager
    async def _place(self, trial: "_Trial", tokens: int) -> AsyncIterator[Reservation | None]:
        since = time.monotonic()
        async with self._places:
            taken = await self._quota.take(tokens) if self._quota is not None else None
            trial.queued += time.monotonic() - since
            yield taken


class _Trial(stop_base):
    """One call with all its tries: over when the next would begin too late, not counting time in the queue."""

    def __init__(self, max_seconds: float) -> None:
        self._max_seconds = max_seconds
        self.tries = 0
        self.queued = 0.0
        self.connected = False

    def __call__(self, retry_state: RetryCallState) -> bool:
        passed = (retry_state.seconds_since_start or 0.0) - self.queued
        return passed + retry_state.upcoming_sleep >= self._max_seconds


def _may_pass(err: BaseException) -> bool:
    return isinstance(err, AttemptFailed) and err.again


_full_jitter = wait_random_exponential(multiplier=_FIRST_WINDOW_SECONDS, max=_LONGEST_WAIT_SECONDS)


def _wait(state: RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.wait if isinstance(fault, AttemptFailed) else None
    drawn = _full_jitter(state)
    return drawn if asked is None else asked + min(drawn, asked * _SPREAD_SHARE)
