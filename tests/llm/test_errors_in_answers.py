"""An answer that was accepted and then failed is tried again, however the failure is told; at last it is shown."""

import json

import pytest

from agent.errors import AnalystError
from agent.models import FailureReason
from evals.servers.wire import Page
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, Waits, ask
from tests.support.endpoint import ScriptedEndpoint, json_page, piece, stream_of

DRAFT = '{"word": "draft", "number": 2}'
HALF = piece({"content": GOOD[:9]})


def lines(*told: str, content_type: str = "text/event-stream") -> Page:
    return Page("".join(f"{line}\n" for line in told).encode(), content_type)


# Each with the words that are shown when it does not pass.
FAILURES: dict[str, tuple[Page, str]] = {
    "named an error": (lines("event: error", 'data: {"code": 500, "details": "restarting"}', ""), "restarting"),
    "named an error, with an id": (lines("event: error", "id: 1", 'data: {"a": 1}', ""), '"a": 1'),
    "named an error, in plain words": (lines("event: error", "data: the model is gone", ""), "the model is gone"),
    "an error": (stream_of({"error": {"message": "worker died", "code": 502}}), "worker died"),
    "an error that is a string": (stream_of({"error": "worker died"}), "worker died"),
    "an error that is true": (stream_of({"error": True, "message": "worker died"}), "worker died"),
    "a code and a message": (stream_of({"code": 503, "message": "worker died"}), r"503\): worker died"),
    "a code alone": (stream_of({"code": 503}), '"code":503|"code": 503'),
    "a detail": (stream_of({"detail": "worker died"}), "worker died"),
    "details in a list": (stream_of({"detail": [{"msg": "worker died", "loc": ["body"]}]}), "worker died"),
    "an object that is an error": (stream_of({"object": "error", "message": "worker died", "code": None}), "died"),
    "a type that is an error": (stream_of({"type": "error", "error": {"message": "worker died"}}), "worker died"),
    "a list of one": (stream_of([{"error": {"code": 503, "message": "worker died"}}]), "worker died"),
    "a string": (stream_of("worker died"), "worker died"),
    "a status beside no choices": (
        stream_of({"choices": None, "base_resp": {"status_code": 1013, "status_msg": "worker died"}}), "worker died"
    ),
    "an error in the choice": (
        stream_of({"choices": [{"delta": {}, "finish_reason": "error", "error": {"message": "worker died"}}]}),
        "worker died",
    ),
    "an end that is an error": (stream_of(HALF, piece({}, "error")), "ended with 'error'"),
    "an end for want of resources": (stream_of(HALF, piece({}, "insufficient_system_resource")), "insufficient"),
    "an error after half of the words": (stream_of(HALF, {"detail": "worker died"}), "worker died"),
    "an error after all words": (stream_of(piece({"content": GOOD}), {"message": "worker died"}), "worker died"),
    "an error out of the format": (lines('{"message": "worker died"}'), "worker died"),
    "an error over several lines": (lines("{", '"message": "worker died"', "}"), "worker died"),
    "an error with its name before it": (lines('error: {"message": "worker died"}'), "worker died"),
    "plain words": (lines("upstream request timeout"), "upstream request timeout"),
    "plain words after half of an answer": (
        lines(f"data: {json.dumps(HALF)}", "", "upstream request timeout"), "upstream request timeout"
    ),
    "plain words under another name": (lines("upstream gone", content_type="text/plain"), "upstream gone"),
    "one object of another kind": (json_page({"status": "starting", "uptime": 3}), "starting"),
    "one object that is an error": (json_page({"success": False, "errors": [{"message": "worker died"}]}), "died"),
    "one object without choices": (json_page({"choices": [], "usage": {"prompt_tokens": 9}}), "no chat completion"),
    "only the end": (stream_of(), "before it began"),
    "nothing": (Page(b"", "text/event-stream"), "before it began"),
    "nothing of an object": (Page(b"", "application/json"), "before it began"),
    "only signs of life": (lines(": still here", "", ": still here", "", "data: [DONE]"), "before it began"),
    "an answer that breaks off": (stream_of(HALF, done=False), "in the middle"),
    "an answer that ends without an end": (stream_of(HALF), "in the middle"),
    "a draft before it breaks off": (stream_of(piece({"content": f"First {DRAFT}"}), done=False), "in the middle"),
    "thoughts before it breaks off": (
        stream_of(piece({"content": f"<think>{DRAFT}</think>"}), done=False), "in the middle"
    ),
    "thoughts before it ends without an end": (
        stream_of(piece({"content": f"<think>Perhaps {DRAFT}."}), piece({})), "in the middle"
    ),
}  # fmt: skip


@pytest.mark.parametrize("failure", [page for page, _ in FAILURES.values()], ids=FAILURES)
async def test_a_failure_in_an_answer_is_tried_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, failure: Page
) -> None:
    endpoint.script(failure, Reply(GOOD))
    answer = await ask(await chat_with())
    assert (answer.value.word, answer.usage.calls) == ("good", 1)
    assert (len(endpoint.chats), len(waits)) == (2, 1)


@pytest.mark.parametrize(("failure", "words"), FAILURES.values(), ids=FAILURES)
async def test_a_failure_that_does_not_pass_is_shown_in_the_words_of_the_endpoint(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, failure: Page, words: str
) -> None:
    endpoint.script(failure)
    with pytest.raises(AnalystError, match=words) as caught:
        await ask(await chat_with(max_tries=2))
    assert caught.value.reason is FailureReason.SERVER_ERROR
    assert "tried 2 times" in str(caught.value)
    assert len(endpoint.chats) == 2


async def test_a_refusal_within_an_answer_of_an_accepted_form_is_tried_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD), stream_of({"error": {"message": "bad request", "code": 400}}), Reply(GOOD))
    chat = await chat_with()
    await ask(chat, "one")
    assert (await ask(chat, "two")).value.word == "good"
    assert [asked.mode for asked in endpoint.chats] == ["schema"] * 3


@pytest.mark.parametrize(
    "error", [{"message": "slow down", "type": "rate_limit_error"}, {"code": 429, "message": "no"}]
)
async def test_a_rate_limit_within_an_answer_is_one(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, error: dict[str, object]
) -> None:
    endpoint.script(stream_of({"error": error}))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with(max_tries=2))
    assert caught.value.reason is FailureReason.RATE_LIMITED


@pytest.mark.parametrize(
    "answer",
    [
        stream_of({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}, piece({"content": GOOD}, "stop")),
        stream_of({"type": "ping"}, piece({"content": GOOD}, "stop"), {"metadata": {"cost": 1}}),
        stream_of({"code": 0, "message": "Success", "choices": []}, piece({"content": GOOD}, "stop")),
        stream_of(piece({"content": GOOD}, "stop") | {"error": None, "code": 0, "message": "Success"}),
        lines(": OPEN", "retry: 3000", "id: 7", f"data:{json.dumps(piece({'content': GOOD}, 'stop'))}"),
        stream_of(piece({"content": GOOD}), done=False),
        stream_of(piece({"content": f"```json\n{GOOD}\n```"}), done=False),
        stream_of(piece({"content": f"<think>{DRAFT}</think>{GOOD}"})),
    ],
)
async def test_what_is_no_failure_is_not_taken_for_one(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answer: Page
) -> None:
    endpoint.script(answer)
    assert (await ask(await chat_with())).value.word == "good"
    assert len(endpoint.chats) == 1


async def test_a_web_page_under_another_name_is_no_endpoint(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(lines("<!DOCTYPE html>", "<title>Welcome</title>", content_type="text/plain"))
    with pytest.raises(AnalystError, match="web page") as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.REJECTED
    assert len(endpoint.chats) == 1
