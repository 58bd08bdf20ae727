"""An answer is read in whatever field of the message it arrives, or it is said which field the words went to."""

import json

import pytest

from agent.errors import AnalystError
from agent.models import FailureReason
from evals.servers.wire import Page
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import ScriptedEndpoint, json_page, piece, said, stream_of

DRAFT = '{"word": "draft", "number": 2}'


def call(arguments: object, **more: object) -> dict[str, object]:
    return {"type": "function", "function": {"name": "Word", "arguments": arguments}, **more}


def whole(message: object) -> Page:
    return json_page({"object": "chat.completion", "choices": [{"message": message, "finish_reason": "stop"}]})


def in_pieces(**fields: str) -> Page:
    """Each field a few characters at a time."""
    events = [piece({name: text[n : n + 5]}) for name, text in fields.items() for n in range(0, len(text), 5)]
    return stream_of(*events, piece({}, "stop"))


def events(text: str) -> Page:
    return Page(text.encode(), "text/event-stream")


EVENT = json.dumps(piece({"content": GOOD}, "stop"))
LINES = json.dumps(json.loads(EVENT), indent=1).splitlines()
WHOLE = json.dumps({"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]})
ANSWERS = {
    "reasoning_content": said(content=None, reasoning_content=GOOD),
    "reasoning_content in pieces": in_pieces(reasoning_content=GOOD),
    "reasoning": said(content="", reasoning=GOOD),
    "thinking": said(thinking=GOOD),
    "reasoning in a fence": said(content="\n", reasoning_content=f"```json\n{GOOD}\n```"),
    "behind thoughts in the reasoning": said(content=None, reasoning_content=f"Or {DRAFT}?</think>{GOOD}"),
    "reasoning details": said(content=None, reasoning_details=[{"type": "reasoning.text", "text": GOOD}]),
    "reasoning said twice": said(content=None, reasoning=GOOD, reasoning_content=GOOD),
    "reasoning, not streamed": whole({"content": None, "reasoning_content": GOOD}),
    "content beside reasoning": said(content=GOOD, reasoning_content=DRAFT),
    "parts": said(content=[{"type": "text", "text": GOOD[:9]}, {"type": "text", "text": GOOD[9:]}]),
    "one part": said(content={"type": "text", "text": GOOD}),
    "parts of a later kind": said(content=[{"type": "output_text", "text": {"value": GOOD}}]),
    "parts of thoughts and text": said(
        content=[
            {"type": "thinking", "thinking": [{"type": "text", "text": f"Or {DRAFT}?"}]},
            {"type": "text", "text": GOOD},
        ]
    ),
    "only a part of thoughts": said(content=[{"type": "thinking", "thinking": [{"type": "text", "text": GOOD}]}]),
    "parts, not streamed": whole({"content": [{"type": "text", "text": GOOD}]}),
    "a tool call": said(content=None, tool_calls=[call(GOOD, index=0)]),
    "a tool call with an object": said(content=None, tool_calls=[call(json.loads(GOOD), index=0)]),
    "a tool call in pieces": stream_of(
        piece({"tool_calls": [call(GOOD[:7], index=0)]}),
        piece({"tool_calls": [{"index": 0, "function": {"arguments": GOOD[7:]}}]}),
        piece({}, "tool_calls"),
    ),
    "a draft before a tool call": said(tool_calls=[call(DRAFT, index=0), call(GOOD, index=1)]),
    "talk before a tool call": said(content="Let me note that.", tool_calls=[call(GOOD, index=0)]),
    "tool calls, not streamed": whole({"content": None, "tool_calls": [call(GOOD, id="a")]}),
    "a function call": said(content=None, function_call={"name": "Word", "arguments": GOOD}),
    "a function call in pieces": stream_of(
        piece({"function_call": {"name": "Word", "arguments": GOOD[:7]}}),
        piece({"function_call": {"arguments": GOOD[7:]}}),
        piece({}, "function_call"),
    ),
    "a part that uses a tool": said(content=[{"type": "tool_use", "name": "Word", "input": json.loads(GOOD)}]),
    "text of an older kind": stream_of({"choices": [{"text": GOOD, "finish_reason": "stop"}]}),
    "the whole message at the end": stream_of(
        piece({"content": GOOD}), {"choices": [{"delta": {}, "message": {"content": GOOD}, "finish_reason": "stop"}]}
    ),
    "an object under the name of a stream": Page(
        json.dumps({"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]}, indent=1).encode(),
        "text/event-stream",
    ),
    "a stream under the name of an object": Page(
        f"data: {json.dumps(piece({'content': GOOD}, 'stop'))}\n\ndata: [DONE]\n\n".encode(), "application/json"
    ),
    "an object, read already": said(content=json.loads(GOOD)),
    "beside the content, read already": said(content=None, parsed=json.loads(GOOD)),
    "the first of several answers": stream_of(
        {"choices": [{"index": 0, "delta": {"content": GOOD}, "finish_reason": "stop"},
                     {"index": 1, "delta": {"content": DRAFT}, "finish_reason": "stop"}]},
    ),
    "a list of one object": json_page([json.loads(WHOLE)]),
    "an event over several lines": events("".join(f"data: {line}\n" for line in LINES)),
    "behind events of nothing": events(f"data:\n\ndata: {EVENT}\n\nevent: done\ndata:\n\n"),
    "lines that end in carriage returns": events(f"data: {EVENT}\r\rdata: [DONE]\r\r"),
    "behind a byte order mark": events(f"\ufeffdata: {EVENT}\n\ndata: [DONE]\n\n"),
    "an object behind a byte order mark": Page(f"\ufeff{WHOLE}".encode(), "application/json"),
    "odd fields beside the words": stream_of(
        {"choices": [{"index": "0", "delta": {"content": GOOD, "role": 7, "refusal": {}}, "finish_reason": "stop",
                      "logprobs": []}], "usage": [], "model": None, "error": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_the_answer_is_read_where_it_stands(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answer: Page
) -> None:
    endpoint.script(answer)
    found = await ask(await chat_with())
    assert (found.value.word, found.usage.calls, len(endpoint.chats)) == ("good", 1, 1)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (said(content=None, reasoning_content=f"It may be {DRAFT}, or else {GOOD}"), "'reasoning_content'"),
        (said(content="", reasoning="I cannot decide."), "'reasoning'"),
        (said(content=[{"type": "thinking", "thinking": "Hm."}]), "'content'"),
        (said(content=None, audio_words={"text": GOOD}), "'audio_words'"),
        (whole({"role": "assistant", "content": None, "thoughts": "Hm."}), "'thoughts'"),
    ],
)
async def test_where_nothing_is_said_it_is_told_where_the_words_went(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answer: Page, field: str
) -> None:
    endpoint.script(answer)
    with pytest.raises(AnalystError, match=field) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.EMPTY
    assert caught.value.usage is not None
    assert caught.value.usage.calls == 1
    assert len(endpoint.chats) == 1


async def test_an_answer_cut_off_in_its_thoughts_is_told_as_that(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(stream_of(piece({"reasoning_content": "Let me think"}), piece({}, "length")))
    with pytest.raises(AnalystError, match="while it was thinking") as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.TRUNCATED


async def test_thoughts_without_an_answer_are_asked_for_the_answer_and_not_shown_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(f"<think>Perhaps {DRAFT}, perhaps not.</think>"), Reply(GOOD))
    assert (await ask(await chat_with())).value.word == "good"
    repair = endpoint.chats[1].messages
    assert repair[2].content == "(nothing)"
    assert "only thoughts" in repair[3].content


async def test_a_character_that_comes_in_two_halves_is_put_together(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    halves = ('{"word": "a \ud83d', '\ude00 b", "number": 1}')
    events = "".join(f"data: {json.dumps(piece({'content': half}))}\n\n" for half in halves)
    endpoint.script(Page(f"{events}data: {json.dumps(piece({}, 'stop'))}\n\n".encode(), "text/event-stream"))
    assert (await ask(await chat_with())).value.word == "a \U0001f600 b"
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize("finish", ["max_tokens", "MAX_TOKENS", "model_length", "model_context_window_exceeded"])
async def test_an_answer_is_cut_off_in_any_words(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, finish: str
) -> None:
    endpoint.script(Reply(GOOD, finish=finish))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.TRUNCATED


@pytest.mark.parametrize("finish", ["SAFETY", "sensitive", "prohibited-content"])
async def test_an_answer_is_refused_in_any_words(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, finish: str
) -> None:
    endpoint.script(Reply("", finish=finish))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.REFUSED


@pytest.mark.parametrize("finish", ["eos", "end_turn", "STOP", "never heard of"])
async def test_any_other_end_is_that_of_a_whole_answer(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, finish: str
) -> None:
    endpoint.script(Reply(GOOD, finish=finish))
    assert (await ask(await chat_with())).value.word == "good"
