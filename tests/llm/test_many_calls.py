"""Calls to one endpoint side by side: what one of them is told or takes decides about the others."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

import pytest

from agent.budget import RunBudget
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm.address import EndpointAddress
from agent.llm.faults import AttemptFailed
from agent.llm.line import CallLimiter
from agent.llm.silence import Silence
from agent.llm.slots import CallSlots
from agent.models import FailureReason
from evals.reliability.virtual_time import VirtualLoop

T = TypeVar("T")
Attempt = Callable[[Silence], Awaitable[str]]
HANGS = 1000.0


@pytest.fixture
def line(settings_for: Callable[..., Settings]) -> CallLimiter:
    settings = settings_for(max_tries=3)
    return CallLimiter(EndpointAddress.of_chat(settings), settings)


def in_virtual_time(work: Callable[[], Coroutine[None, None, T]]) -> T:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work())


def now() -> float:
    return asyncio.get_running_loop().time()


def answering(*seconds: float) -> Attempt:
    """Each attempt speaks after the next of these seconds, and is over with its word."""
    left = list(seconds)

    async def attempt(silence: Silence) -> str:
        await asyncio.sleep(left.pop(0))
        silence.breaks()
        return f"{len(seconds) - len(left)}"

    return attempt


def refusing(*waits: float) -> Attempt:
    """Each attempt is told to wait for so long, and the one after them is answered."""
    left = list(waits)

    async def attempt(silence: Silence) -> str:
        if left:
            raise AttemptFailed(FailureReason.RATE_LIMITED, "busy", again=True, wait=left.pop(0))
        return "at last"

    return attempt


async def known(line: CallLimiter, seconds: float = 1.0) -> None:
    """So that the line knows what a call takes."""
    for _ in range(3):
        await line.call(answering(seconds), budget=RunBudget(None))


def test_a_call_that_is_silent_for_far_longer_than_others_gets_another_beside_it(line: CallLimiter) -> None:
    async def work() -> tuple[str, float]:
        await known(line)
        began = now()
        return await line.call(answering(HANGS, 1), budget=RunBudget(None)), now() - began

    answer, took = in_virtual_time(work)
    assert answer == "2"
    assert 5 <= took <= 5.5


def test_whichever_of_the_two_answers_first_is_taken(line: CallLimiter) -> None:
    async def work() -> tuple[str, float]:
        await known(line)
        began = now()
        return await line.call(answering(5, HANGS), budget=RunBudget(None)), now() - began

    answer, took = in_virtual_time(work)
    assert took == 5
    assert answer == "2"


def test_what_others_take_may_come_to_be_known_only_while_a_call_hangs(line: CallLimiter) -> None:
    async def work() -> float:
        hanging = asyncio.create_task(line.call(answering(HANGS, 1), budget=RunBudget(None)))
        await known(line)
        await hanging
        return now()

    assert in_virtual_time(work) < 6


def test_an_answer_that_has_begun_is_waited_for(line: CallLimiter) -> None:
    async def slow(silence: Silence) -> str:
        await asyncio.sleep(1)
        silence.breaks()
        await asyncio.sleep(60)
        return "whole"

    async def work() -> tuple[str, float]:
        await known(line)
        began = now()
        return await line.call(slow, budget=RunBudget(None)), now() - began

    assert in_virtual_time(work) == ("whole", 61)


def test_without_a_budget_nothing_is_asked_twice(line: CallLimiter) -> None:
    async def work() -> str:
        await known(line)
        return await line.call(answering(90, 1))

    assert in_virtual_time(work) == "1"


def test_a_second_call_is_paid_for_and_is_not_made_where_the_money_is_gone(line: CallLimiter) -> None:
    async def work() -> tuple[str, str, int]:
        await known(line)
        budget = RunBudget(100)
        budget.reserve(40)
        rich = await line.call(answering(HANGS, 1), tokens=40, budget=budget)
        poor = await line.call(answering(90, 1), tokens=40, budget=budget)
        return rich, poor, budget.spent

    assert in_virtual_time(work) == ("2", "1", 40)


def test_where_all_have_gone_silent_few_are_asked_again(line: CallLimiter) -> None:
    asked: list[float] = []

    async def gone(silence: Silence) -> str:
        asked.append(now())
        await asyncio.sleep(30)
        return "back"

    async def work() -> None:
        await known(line)
        await asyncio.gather(*(line.call(gone, budget=RunBudget(None)) for _ in range(16)))

    in_virtual_time(work)
    assert 16 < len(asked) <= 16 + 4


def test_a_queue_before_a_slow_model_is_no_hang(line: CallLimiter) -> None:
    asked = 0

    async def work() -> None:
        model = asyncio.Lock()

        async def queued(silence: Silence) -> str:
            nonlocal asked
            asked += 1
            async with model:
                await asyncio.sleep(2)
            silence.breaks()
            return "done"

        await asyncio.gather(*(line.call(queued, budget=RunBudget(None)) for _ in range(12)))

    in_virtual_time(work)
    assert asked == 12


def test_when_both_fail_the_call_is_tried_again_as_one(line: CallLimiter) -> None:
    async def work() -> None:
        async def broken(silence: Silence) -> str:
            await asyncio.sleep(20)
            raise AttemptFailed(FailureReason.SERVER_ERROR, "gone", again=True, wait=0.0)

        await known(line)
        await line.call(broken, budget=RunBudget(None))

    with pytest.raises(AnalystError, match="gone"):
        in_virtual_time(work)


def test_a_second_call_that_fails_is_tried_again_while_the_first_hangs(line: CallLimiter) -> None:
    words = iter((HANGS, None, 1.0))

    async def attempt(silence: Silence) -> str:
        if (seconds := next(words)) is None:
            raise AttemptFailed(FailureReason.SERVER_ERROR, "gone", again=True, wait=0.5)
        await asyncio.sleep(seconds)
        return "whole"

    async def work() -> tuple[str, float]:
        await known(line)
        began = now()
        return await line.call(attempt, budget=RunBudget(None)), now() - began

    answer, took = in_virtual_time(work)
    assert answer == "whole"
    assert took < 7


def test_a_wait_that_one_call_is_told_holds_for_all(settings_for: Callable[..., Settings]) -> None:
    settings, waits = settings_for(), list[float]()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def work() -> None:
        line = CallLimiter(EndpointAddress.of_chat(settings), settings, sleep=sleep)
        assert await line.call(refusing(20)) == "at last"
        await line.call(answering(0))

    asyncio.run(work())
    told, shared = waits
    assert 20 <= told <= 22
    assert 19 <= shared <= 22


def test_where_others_are_answered_a_wait_holds_for_the_one_that_is_told_it(line: CallLimiter) -> None:
    async def work() -> tuple[float, float]:
        await known(line)
        refused = asyncio.create_task(line.call(refusing(20)))
        await asyncio.sleep(0.1)
        began = now()
        await line.call(answering(1))
        other = now() - began
        await refused
        return other, now() - began

    other, waited = in_virtual_time(work)
    assert other == pytest.approx(1)
    assert 19 <= waited <= 22


def test_once_most_are_refused_a_wait_holds_for_all_again(line: CallLimiter) -> None:
    async def work() -> float:
        await known(line)
        refused = [asyncio.create_task(line.call(refusing(20))) for _ in range(3)]
        await asyncio.sleep(0.1)
        began = now()
        await line.call(answering(1))
        await asyncio.gather(*refused)
        return now() - began

    assert in_virtual_time(work) >= 20


def test_a_try_that_was_told_when_to_come_back_counts_half(line: CallLimiter) -> None:
    assert in_virtual_time(lambda: line.call(refusing(1, 1, 1, 1))) == "at last"
    with pytest.raises(AnalystError, match="busy"):
        in_virtual_time(lambda: line.call(refusing(1, 1, 1, 1, 1, 1)))


async def most_at_once(slots: CallSlots, calls: int) -> int:
    most = 0

    async def one() -> None:
        nonlocal most
        async with slots:
            most = max(most, slots.taken)
            await asyncio.sleep(0)
            slots.answered()

    await asyncio.gather(*(one() for _ in range(calls)))
    return most


async def test_places_grow_while_they_are_all_taken_and_answered() -> None:
    slots = CallSlots(256)
    assert 64 < await most_at_once(slots, 400) <= 256
    assert await most_at_once(CallSlots(256), 60) == 60
    assert await most_at_once(CallSlots(3), 50) == 3


async def test_places_shrink_with_a_refusal_once_and_let_go_of_nobody() -> None:
    slots = CallSlots(256)
    inside = [slots for _ in range(60)]
    for one in inside:
        await one.__aenter__()
    for _ in range(10):
        slots.refused()
    waiting = asyncio.create_task(slots.__aenter__())
    for _ in range(30):
        await slots.__aexit__()
        await asyncio.sleep(0)
    assert not waiting.done()
    await slots.__aexit__()
    await asyncio.wait_for(waiting, 240)
    assert slots.taken == 30


async def test_who_gives_up_in_the_line_takes_no_place() -> None:
    slots = CallSlots(1)
    async with slots:
        gone = asyncio.create_task(slots.__aenter__())
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
    late = asyncio.create_task(slots.__aenter__())
    await asyncio.sleep(0)
    assert late.done()
    # The place and the end came at once.
    last = asyncio.create_task(slots.__aenter__())
    await asyncio.sleep(0)
    await slots.__aexit__()
    last.cancel()
    await asyncio.gather(last, return_exceptions=True)
    assert slots.taken == 0
