"""How answers are asked for, read, repaired and counted."""

import json

import pytest

from agent.budget import RunBudget
from agent.errors import AnalystError
from agent.models import FailureReason
from evals.servers.wire import Page
from evals.servers.wire_format import Reply, count_tokens
from tests.llm.conftest import GOOD, OpenChat, Word, a_prompt, ask
from tests.support.endpoint import REFUSED, ScriptedEndpoint


async def test_an_answer_is_validated_and_its_tokens_are_the_endpoints(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD, cached_tokens=3))
    answer = await ask(await chat_with())
    assert answer.value == Word(word="good", number=1)
    assert answer.usage.calls == 1
    assert answer.usage.completion_tokens == count_tokens(GOOD)
    assert answer.usage.cached_tokens == 3
    assert answer.usage.cost is None


async def test_the_answer_is_streamed_and_held_to_a_strict_schema(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD))
    await ask(await chat_with())
    asked = endpoint.chats[0]
    assert asked.stream
    assert asked.stream_options == {"include_usage": True}
    assert asked.response_format == {
        "type": "json_schema",
        "json_schema": {
            "name": "Word",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"word": {"type": "string"}, "number": {"type": "integer"}},
                "required": ["word", "number"],
                "additionalProperties": False,
            },
        },
    }


async def test_temperature_and_length_are_sent_only_when_configured(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD))
    await ask(await chat_with())
    await ask(await chat_with(temperature=0.2, max_output_tokens=50))
    plain, configured = endpoint.chats
    assert (plain.temperature, plain.max_completion_tokens) == (None, None)
    assert (configured.temperature, configured.max_completion_tokens) == (0.2, 50)


async def test_tokens_are_estimated_where_the_endpoint_counts_none(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD, counted=False))
    usage = (await ask(await chat_with())).usage
    assert usage.prompt_tokens > count_tokens("You say words. Say a word.")
    assert usage.completion_tokens >= count_tokens(GOOD)


async def test_a_call_costs_what_the_configured_prices_say(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD, cached_tokens=10))
    usage = (await ask(await chat_with(prices="2 8 1"))).usage
    fresh = usage.prompt_tokens - 10
    assert usage.cost == pytest.approx((fresh * 2 + 10 * 1 + usage.completion_tokens * 8) / 1e6)


async def test_an_endpoint_that_does_not_stream_is_read_all_the_same(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD, ignores_stream=True))
    answer = await ask(await chat_with())
    assert answer.value.word == "good"
    assert answer.usage.completion_tokens == count_tokens(GOOD)


async def test_an_answer_in_one_object_may_be_printed_over_several_lines(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    whole = {"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]}
    endpoint.script(Page(json.dumps(whole, indent=2).encode(), "application/json"))
    assert (await ask(await chat_with())).value.word == "good"


async def test_line_ends_of_unicode_inside_an_answer_do_not_break_it(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply('{"word": "a\u2028b\u0085c", "number": 1}'))
    assert (await ask(await chat_with())).value.word == "a\u2028b\u0085c"


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```",
        f"Here it is:\n{GOOD}\nAnything else?",
        f"<think>a set {{x}} of words</think>{GOOD}",
    ],
)
async def test_json_is_found_within_talk(endpoint: ScriptedEndpoint, chat_with: OpenChat, text: str) -> None:
    endpoint.script(Reply(text))
    assert (await ask(await chat_with())).value.word == "good"
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize("bad", ["no JSON here", '{"word": "half', '{"word": "bad", "number": -1}', '{"number": 2}'])
async def test_a_malformed_answer_gets_one_repair_call_that_shows_it_and_the_error(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, bad: str
) -> None:
    endpoint.script(Reply(bad), Reply(GOOD))
    answer = await ask(await chat_with())
    repair = endpoint.chats[1].messages
    assert answer.value.word == "good"
    assert answer.usage.calls == 2
    assert repair[2].content == bad
    assert "cannot be used" in repair[3].content
    assert '"properties"' in repair[3].content


async def test_an_answer_malformed_twice_is_a_failure_that_says_what_it_cost(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply("no"), Reply("no again"), Reply(GOOD))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.MALFORMED
    assert caught.value.usage is not None
    assert caught.value.usage.calls == 2
    assert len(endpoint.chats) == 2


@pytest.mark.parametrize("cut", [2, 3])
async def test_an_answer_cut_off_two_or_three_times_is_asked_for_once_more(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, cut: int
) -> None:
    endpoint.script(Reply('{"word": "go'), *[Reply('{"word": "good", "num')] * (cut - 1), Reply(GOOD))
    answer = await ask(await chat_with())
    assert answer.value.word == "good"
    assert answer.usage.calls == cut + 1
    assert endpoint.chats[2].messages[2].content == '{"word": "good", "num'


async def test_an_answer_cut_off_four_times_is_a_failure(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply('{"word": "go'))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.MALFORMED
    assert caught.value.usage is not None
    assert caught.value.usage.calls == len(endpoint.chats) == 4


async def test_a_repair_that_fails_tells_what_both_cost(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply("no"), REFUSED)
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.REFUSED
    assert caught.value.usage is not None
    assert caught.value.usage.calls == 2


async def test_a_value_that_is_not_accepted_is_asked_for_again_with_the_reason(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    def even(value: Word) -> None:
        if value.number % 2:
            raise ValueError("the number has to be even")

    endpoint.script(Reply(GOOD), Reply('{"word": "even", "number": 2}'))
    chat = await chat_with()
    answer = await chat.ask(a_prompt(), Word, budget=RunBudget(None), accept=even)
    assert answer.value.number == 2
    assert "has to be even" in endpoint.chats[1].messages[3].content


async def test_the_budget_is_booked_with_what_was_spent(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply("no"), Reply(GOOD))
    budget = RunBudget(100_000)
    answer = await ask(await chat_with(), budget=budget)
    assert budget.spent == answer.usage.tokens


async def test_no_call_starts_that_may_go_over_the_budget(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    budget = RunBudget(500)
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with(), budget=budget)
    assert caught.value.reason is FailureReason.BUDGET
    assert (endpoint.chats, budget.spent) == ([], 0)


async def test_a_failed_call_gives_its_reservation_back(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(refusal="no"), Reply(GOOD))
    chat, budget = await chat_with(), RunBudget(1_600)
    with pytest.raises(AnalystError):
        await ask(chat, budget=budget)
    assert (await ask(chat, budget=budget)).value.word == "good"


async def test_the_key_shows_nowhere(chat_with: OpenChat) -> None:
    chat = await chat_with()
    assert "secret" not in repr(chat)
    assert "secret" not in repr(vars(chat))
