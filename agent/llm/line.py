"""The line to one endpoint: who may call now, and how often a failed call is tried again."""

import asyncio
import math
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import anyio.lowlevel
import openai
from openai import AsyncOpenAI
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_random_exponential,
)
from tenacity.stop import stop_base

from agent.certificates import authorities
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm.address import EndpointAddress
from agent.llm.faults import ATTEMPT_ERRORS, AttemptFailed, fault_of
from agent.llm.quota import Quota, Reservation
from agent.llm.refusals import LatestOutcomes
from agent.llm.silence import FirstWordWaits, Silence
from agent.llm.slots import CallSlots
from agent.models import Budget, FailureReason
from agent.tracing import span

R = TypeVar("R")
Sleep = Callable[[float], Awaitable[None]]

_FIRST_WINDOW_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0
# Calls that were refused together get the same time to wait, and are spread so that they do not come back together.
_SPREAD_SHARE = 0.1
# Keep-alive bytes can hold a dead call open for ever; no answer of ours takes this long.
_LONGEST_CALL_SECONDS = 600.0
_CONNECT_SECONDS = 10.0
_LONGEST_TRYING_SECONDS = 120.0
# Of so many calls in flight one may have a second beside it, and one in any case.
_CALLS_A_SECOND_TRY = 8


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
    """Loads what the client would load in the middle of the first call.

    And the former httpx: the client looks at what other threads have loaded of it, be it half of it.
    """
    import httpx  # noqa: F401  # with Chroma it is loaded in any case

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
        self._slots = CallSlots(settings.max_concurrency)
        self._quota = quota
        self._waits = FirstWordWaits()
        self._outcomes = LatestOutcomes()
        self._second_tries = 0
        self._closed_until = -math.inf

    async def call(
        self,
        attempt: Callable[[Silence], Awaitable[R]],
        *,
        tokens: int = 0,
        spent: Callable[[R], int] | None = None,
        budget: Budget | None = None,
    ) -> R:
        """The result of the first attempt that succeeds; raises `AnalystError` when none does.

        `tokens` is what an attempt may take, and `spent` tells from its result what it took. With a `budget`, a
        second attempt may go out beside one that stays silent for much longer than others did, and is booked as
        spent. Raises `StoreError` when nobody can tell whether there is room for a call.

        A `AttemptFailed` that trying again cannot mend is raised as it is, for the caller who may ask differently.
        """
        trial = _Trial(self._max_tries, self._max_seconds)

        async def once(silence: Silence | None = None) -> R:
            return await self._once(attempt, silence or Silence(self._waits), trial, tokens, spent)

        retrying = self._retrying(trial)
        try:
            if budget is None:
                return await retrying(once)
            return await retrying(self._with_second, once, trial, budget, tokens)
        except AttemptFailed as fault:
            if not fault.again:
                raise
            raise fault.error(trial.tries, ever_connected=trial.connected) from fault.__cause__

    async def _with_second(
        self, once: Callable[[Silence | None], Awaitable[R]], trial: "_Trial", budget: Budget, tokens: int
    ) -> R:
        """One attempt; and beside it, when it is silent for too long, another one that is tried again by itself."""
        silence = Silence(self._waits)
        first: asyncio.Future[R]
        second: asyncio.Future[R]
        async with _ended(asyncio.ensure_future(once(silence))) as first:
            either: set[asyncio.Future[R] | asyncio.Future[None]] = {first, silence.is_long}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if first.done() or not self._may_send_beside(trial):
                return await first
            with self._sent_beside(budget, tokens) as there_is_room:
                if not there_is_room:
                    return await first
                async with _ended(asyncio.ensure_future(self._again(once, trial))) as second:
                    return await _first_result({first, second})

    async def _again(self, once: Callable[[Silence | None], Awaitable[R]], trial: "_Trial") -> R:
        return await self._retrying(trial)(once, None)

    def _retrying(self, trial: "_Trial") -> AsyncRetrying:
        return AsyncRetrying(
            sleep=self.sleep, retry=retry_if_exception(_may_pass), wait=_wait, stop=trial, reraise=True
        )

    def _may_send_beside(self, trial: "_Trial") -> bool:
        """Where an endpoint has stopped answering at all, many more calls would be no help."""
        return trial.tries < self._max_tries and self._second_tries <= self._slots.taken // _CALLS_A_SECOND_TRY

    @contextmanager
    def _sent_beside(self, budget: Budget, tokens: int) -> Iterator[bool]:
        """Whether the budget has room for it. Nobody tells what the one that is given up has cost."""
        try:
            budget.reserve(tokens)
        except AnalystError:
            yield False
            return
        self._second_tries += 1
        try:
            yield True
        finally:
            self._second_tries -= 1
            budget.settle(tokens, tokens)

    async def _once(
        self,
        attempt: Callable[[Silence], Awaitable[R]],
        silence: Silence,
        trial: "_Trial",
        tokens: int,
        spent: Callable[[R], int] | None,
    ) -> R:
        async with self._place(trial, tokens) as taken:
            trial.tries += 1
            silence.begins()
            try:
                with span(
                    "model call", {"gen_ai.request.model": self.address.model, "isnad.try": trial.tries}
                ) as mark:
                    async with asyncio.timeout(_LONGEST_CALL_SECONDS):
                        result = await attempt(silence)
                    mark.set({"isnad.tokens": spent(result) if spent is not None else None})
            except AttemptFailed as failure:
                trial.connected = True
                self._refused(failure, trial)
                raise
            except ATTEMPT_ERRORS as err:
                fault = fault_of(err, self.address)
                trial.connected |= fault.reason is not FailureReason.UNREACHABLE
                self._refused(fault, trial)
                raise fault from err
            finally:
                silence.ends()
            trial.connected = True
            self._slots.answered()
            self._outcomes.answered()
        # What a failed attempt may have taken stays taken.
        if self._quota is not None and taken is not None and spent is not None:
            await self._quota.settle(taken, spent(result))
        return result

    def _refused(self, fault: AttemptFailed, trial: "_Trial") -> None:
        """What one call was told of the endpoint's limits holds for all, unless most others were answered lately."""
        if fault.reason is not FailureReason.RATE_LIMITED:
            return
        self._slots.refused()
        self._outcomes.refused()
        if fault.wait is not None and fault.wait < self._max_seconds:
            trial.waits_asked_for += 1
            trial.opens = time.monotonic() + fault.wait
            if self._outcomes.mostly_refused:
                self._closed_until = max(self._closed_until, trial.opens)

    @asynccontextmanager
    async def _place(self, trial: "_Trial", tokens: int) -> AsyncIterator[Reservation | None]:
        since = time.monotonic()
        async with self._slots:
            # After a refusal the call has waited already.
            if self._closed_until > max(time.monotonic(), trial.opens):
                left = self._closed_until - time.monotonic()
                await self.sleep(left * random.uniform(1, 1 + _SPREAD_SHARE))
            taken = await self._quota.take(tokens) if self._quota is not None else None
            trial.queued += time.monotonic() - since
            yield taken


@asynccontextmanager
async def _ended(call: "asyncio.Future[R]") -> "AsyncIterator[asyncio.Future[R]]":
    """A call that is broken off where nobody waits for it any more."""
    try:
        yield call
    finally:
        call.cancel()
        await asyncio.wait({call})
        if not call.cancelled():
            # Asked for, or it would be complained of that nobody did.
            call.exception()


async def _first_result(calls: "set[asyncio.Future[R]]") -> R:
    """Of the first that succeeds. When none does, or trying again cannot mend one, its error."""
    waiting = calls
    while True:
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for call in sorted(done, key=_has_failed):
            if not waiting or not _has_failed(call) or not _may_pass(call.exception()):
                return call.result()


def _has_failed(call: "asyncio.Future[R]") -> bool:
    return call.cancelled() or call.exception() is not None


class _Trial(stop_base):
    """One call with all its tries: over when the next would begin too late, not counting time in the queue, or when
    there were enough. One that was told when to come back has lost no more than time: it counts half."""

    def __init__(self, max_tries: int, max_seconds: float) -> None:
        self._max_tries = max_tries
        self._max_seconds = max_seconds
        self._began = time.monotonic()
        self.waits_asked_for = 0
        self.tries = 0
        self.queued = 0.0
        self.opens = -math.inf
        self.connected = False

    def __call__(self, retry_state: RetryCallState) -> bool:
        passed = time.monotonic() - self._began - self.queued
        enough = self.tries - self.waits_asked_for // 2 >= self._max_tries
        return enough or passed + retry_state.upcoming_sleep >= self._max_seconds


def _may_pass(err: BaseException | None) -> bool:
    return isinstance(err, AttemptFailed) and err.again


_full_jitter = wait_random_exponential(multiplier=_FIRST_WINDOW_SECONDS, max=_LONGEST_WAIT_SECONDS)


def _wait(state: RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.wait if isinstance(fault, AttemptFailed) else None
    drawn = _full_jitter(state)
    return drawn if asked is None else asked + min(drawn, asked * _SPREAD_SHARE)
