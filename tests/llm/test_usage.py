"""What an endpoint counts is used; what it does not count is estimated, and costs no answer."""

import pytest

from agent.llm.wire import tokens_of
from evals.servers.wire import Page
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import ScriptedEndpoint, json_page, piece, stream_of

NOT_COUNTED: dict[str, object] = {
    "null": None,
    "of nulls": {"prompt_tokens": None, "completion_tokens": None, "total_tokens": None},
    "empty": {},
    "a list": [],
    "a word": "none",
    "of words": {"prompt_tokens": "many", "completion_tokens": "few"},
    "negative": {"prompt_tokens": -1, "completion_tokens": -1},
    "of truths": {"prompt_tokens": True, "completion_tokens": False},
    "of lists": {"prompt_tokens": [9], "completion_tokens": {"n": 1}},
    "beyond all measure": {"prompt_tokens": 1e308, "completion_tokens": 10**400},
    "of zeros": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
}


def counted(usage: object) -> Page:
    return stream_of(piece({"content": GOOD}), piece({}, "stop"), {"choices": [], "usage": usage})


@pytest.mark.parametrize("usage", NOT_COUNTED.values(), ids=NOT_COUNTED)
async def test_where_nothing_is_counted_tokens_are_estimated(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, usage: object
) -> None:
    endpoint.script(Reply(GOOD, counted=False), counted(usage))
    chat = await chat_with()
    estimated, found = await ask(chat, "aaa"), await ask(chat, "bbb")
    assert found.value.word == "good"
    assert found.usage == estimated.usage
    assert found.usage.prompt_tokens > 0
    assert len(endpoint.chats) == 2


@pytest.mark.parametrize(
    ("usage", "prompt", "completion"),
    [
        ({"prompt_tokens": 12, "completion_tokens": 7}, 12, 7),
        ({"prompt_tokens": 12.0, "completion_tokens": "7"}, 12, 7),
        ({"prompt_tokens": "12.0", "completion_tokens": 7.9}, 12, 7),
        ({"input_tokens": 12, "output_tokens": 7}, 12, 7),
        ({"prompt_tokens": 12, "completion_tokens": 7, "prompt_tokens_details": None}, 12, 7),
        ({"prompt_tokens": 12, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": None}}, 12, 7),
        ({"prompt_tokens": 12, "completion_tokens": 7, "prompt_tokens_details": [1]}, 12, 7),
    ],
)
async def test_what_is_counted_is_used_however_it_is_written(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, usage: object, prompt: int, completion: int
) -> None:
    endpoint.script(counted(usage))
    found = (await ask(await chat_with())).usage
    assert (found.prompt_tokens, found.completion_tokens, found.cached_tokens) == (prompt, completion, 0)


async def test_half_a_count_is_used_and_the_other_half_estimated(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(counted({"prompt_tokens": 12, "completion_tokens": None}), Reply(GOOD, counted=False))
    chat = await chat_with()
    half, estimated = (await ask(chat, "aaa")).usage, (await ask(chat, "bbb")).usage
    assert half.prompt_tokens == 12
    assert half.completion_tokens == estimated.completion_tokens


async def test_a_count_in_two_halves_is_put_together(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(
        stream_of(
            {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 0}},
            piece({"content": GOOD}, "stop"),
            {"choices": [], "usage": {"prompt_tokens": None, "completion_tokens": 7}},
        )
    )
    found = (await ask(await chat_with())).usage
    assert (found.prompt_tokens, found.completion_tokens) == (12, 7)


async def test_nulls_in_an_answer_of_one_object_cost_nothing_either(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    usage = {"prompt_tokens": None, "completion_tokens": None}
    endpoint.script(json_page({"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}], "usage": usage}))
    found = await ask(await chat_with())
    assert found.value.word == "good"
    assert found.usage.prompt_tokens > 0


@pytest.mark.parametrize("value", [None, True, "", "nan", "inf", float("nan"), float("-inf"), -0.5, "1e999", 10**12])
def test_what_is_no_number_of_tokens_is_none(value: float | str | None) -> None:
    assert tokens_of(value) is None
