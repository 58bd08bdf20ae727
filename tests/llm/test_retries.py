"""What another try may mend is tried again: after the wait that was asked for, and not for ever."""

import asyncio
from collections.abc import Callable
from itertools import islice

import httpx2
import pytest

from agent.config import Settings
from agent.errors import AnalystError, EndpointUnreachable
from agent.llm.address import EndpointAddress
from agent.llm.faults import AttemptFailed
from agent.llm.line import CallLimiter
from agent.llm.silence import Silence
from agent.models import FailureReason
from evals.servers.wire import Hang, Page, Refusal
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, Waits, ask, patience
from tests.support.endpoint import (
    DROPPED,
    HALF_THEN_SILENT,
    NO_CHOICES,
    SERVER_ERROR,
    ScriptedEndpoint,
    http_date,
    json_page,
    rate_limited,
)

MID_STREAM = Reply(GOOD, event_after_words={"error": {"message": "worker died", "code": 502}})
NEVER_DONE = Reply('{"word": "ha', finish=None)


@pytest.mark.parametrize(
    "fault",
    [
        SERVER_ERROR,
        Refusal(503, "overloaded"),
        Refusal(408, "slow"),
        Refusal(409, "lock"),
        rate_limited(),
        Hang(),
        DROPPED,
        HALF_THEN_SILENT,
        MID_STREAM,
        NEVER_DONE,
        NO_CHOICES,
        Page(b"data: {broken\n\n", "text/event-stream"),
        Page(b'{"error": {"message": "busy", "code": 500}}', "application/json"),
        Refusal(400, "Failed to generate JSON.", code="json_validate_failed"),
    ],
)
async def test_a_passing_fault_is_tried_again_and_costs_nothing(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, fault: Reply | Refusal | Page | Hang
) -> None:
    endpoint.script(fault, Reply(GOOD))
    answer = await ask(await chat_with(idle_timeout=patience(fault)))
    assert answer.value.word == "good"
    assert answer.usage.calls == 1
    assert (len(endpoint.chats), len(waits)) == (2, 1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (SERVER_ERROR, FailureReason.SERVER_ERROR),
        (rate_limited(), FailureReason.RATE_LIMITED),
        (Hang(), FailureReason.TIMEOUT),
        (DROPPED, FailureReason.SERVER_ERROR),
    ],
)
async def test_after_the_last_try_the_reason_is_told(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, fault: Reply | Refusal | Hang, reason: FailureReason
) -> None:
    endpoint.script(fault)
    with pytest.raises(AnalystError, match="tried 3 times") as caught:
        await ask(await chat_with(max_tries=3, idle_timeout=patience(fault)))
    assert caught.value.reason is reason
    assert len(endpoint.chats) == 3


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry_after": "7"}, 7.0, 7.7),
        ({"retry_after": "0.5"}, 0.5, 0.55),
        ({"retry_after_ms": "250", "retry_after": "9"}, 0.25, 0.275),
    ],
)
async def test_the_wait_is_the_one_that_the_endpoint_asks_for(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, headers: dict[str, str], least: float, most: float
) -> None:
    endpoint.script(rate_limited(**headers), Reply(GOOD))
    await ask(await chat_with())
    assert least <= waits[0] <= most


@pytest.mark.parametrize(("seconds", "least", "most"), [(60, 30.0, 66.0), (-60, 0.0, 0.0)])
async def test_a_wait_may_be_asked_for_as_a_moment(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, seconds: int, least: float, most: float
) -> None:
    endpoint.script(rate_limited(retry_after=http_date(seconds)), Reply(GOOD))
    await ask(await chat_with())
    assert least <= waits[0] <= most


@pytest.mark.parametrize("nonsense", ["soon", "nan", "inf", "Thu, 99 Foo 2026"])
async def test_a_wait_that_makes_no_sense_is_drawn_as_if_none_was_asked_for(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, nonsense: str
) -> None:
    endpoint.script(rate_limited(retry_after=nonsense), Reply(GOOD))
    await ask(await chat_with())
    assert 0 <= waits[0] <= 0.5


QUOTA_OF_A_MINUTE = (
    "You exceeded your current quota, please check your plan and billing details. "
    "Quota exceeded for requests, limit: 10."
)


@pytest.mark.parametrize(
    ("message", "least"),
    [
        (f"{QUOTA_OF_A_MINUTE}\nPlease retry in 26.5s.", 26.5),
        ("Rate limit reached on tokens per minute. Please try again in 250ms.", 0.25),
        ("Rate limit reached. Please try again in 1m2.5s. Need more tokens? See billing.", 62.5),
    ],
)
async def test_a_quota_of_a_minute_is_waited_for_though_it_speaks_of_money(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, message: str, least: float
) -> None:
    refusal = [{"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED"}}]
    endpoint.script(json_page(refusal, 429), Reply(GOOD))
    assert (await ask(await chat_with())).value.word == "good"
    assert least <= waits[0] <= least * 1.1


async def test_waits_are_drawn_from_windows_that_double(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits
) -> None:
    endpoint.script(SERVER_ERROR)
    with pytest.raises(AnalystError):
        await ask(await chat_with(max_tries=6))
    assert all(wait <= 0.5 * 2**n for n, wait in enumerate(waits))
    assert len(set(waits)) == 5


async def test_a_wait_beyond_the_bound_on_total_time_is_not_begun(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits
) -> None:
    endpoint.script(rate_limited(retry_after="200"))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.RATE_LIMITED
    assert (len(endpoint.chats), waits) == (1, [])


async def test_tries_themselves_count_into_the_bound_on_total_time(settings_for: Callable[..., Settings]) -> None:
    settings, calls = settings_for(max_tries=9), [0]

    async def attempt(_: Silence) -> None:
        calls[0] += 1
        await asyncio.sleep(0.2)
        raise AttemptFailed(FailureReason.SERVER_ERROR, "busy", again=True, wait=0.0)

    with pytest.raises(AnalystError):
        await CallLimiter(EndpointAddress.of_chat(settings), settings, sleep=Waits(), max_seconds=0.5).call(attempt)
    assert calls[0] <= 3


async def test_an_endpoint_that_answered_once_was_not_out_of_reach(settings_for: Callable[..., Settings]) -> None:
    failures = [AttemptFailed(FailureReason.SERVER_ERROR, "busy", again=True), httpx2.ConnectError("gone")]

    async def attempt(_: Silence) -> None:
        raise failures.pop(0)

    settings = settings_for(max_tries=2)
    with pytest.raises(AnalystError, match="gone") as caught:
        await CallLimiter(EndpointAddress.of_chat(settings), settings, sleep=Waits()).call(attempt)
    assert not isinstance(caught.value, EndpointUnreachable)


async def test_a_slow_answer_is_not_a_hung_one(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD, tokens_per_second=3))
    answer = await ask(await chat_with(idle_timeout=3))
    (call,) = endpoint.calls
    assert answer.value.word == "good"
    assert call.ended - call.started > 3


async def test_a_caller_that_waits_for_its_next_try_holds_no_place(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits
) -> None:
    endpoint.behave(lambda asked: Reply(GOOD) if asked.user == "second" or waits else SERVER_ERROR)
    chat = await chat_with(max_concurrency=1)
    first = asyncio.create_task(ask(chat, "first"))
    await asyncio.sleep(0)
    second = await ask(chat, "second")
    assert second.value.word == (await first).value.word
    assert [asked.user for asked in endpoint.chats] == ["first", "second", "first"]


async def test_no_more_calls_are_in_flight_than_allowed(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD, wait=0.3))
    chat = await chat_with(max_concurrency=3)
    await asyncio.gather(*(ask(chat, f"word {n}") for n in range(9)))
    assert endpoint.record.most_in_flight == 3


async def test_no_more_calls_go_out_in_a_minute_than_allowed(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with(requests_per_minute=2)
    tasks = [asyncio.create_task(ask(chat, f"word {n}")) for n in range(3)]
    for answered in islice(asyncio.as_completed(tasks), 2):
        await answered
    # For as long as the third would take that is not held back.
    await asyncio.wait(tasks, timeout=0.4)
    assert len(endpoint.chats) == 2
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
