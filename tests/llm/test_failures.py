"""What cannot be mended by trying again is told apart, by reason and in words that name what to correct."""

import pytest

from agent.errors import AnalystError, ConfigurationError, EndpointRejected, EndpointUnreachable
from agent.models import FailureReason
from evals.servers.wire import Page, Refusal
from evals.servers.wire_format import Reply
from tests.llm.conftest import OpenChat, Waits, ask
from tests.support.endpoint import (
    FILTERED,
    FORBIDDEN,
    NO_MODEL,
    NO_QUOTA,
    NO_WORDS,
    OVERFLOWS,
    REFUSED,
    TRUNCATED,
    WRONG_KEY,
    ScriptedEndpoint,
    closed_port,
)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (REFUSED, FailureReason.REFUSED),
        (Reply("", finish="content_filter"), FailureReason.REFUSED),
        (FILTERED, FailureReason.REFUSED),
        (TRUNCATED, FailureReason.TRUNCATED),
        (NO_WORDS, FailureReason.EMPTY),
        *((overflow, FailureReason.CONTEXT_OVERFLOW) for overflow in OVERFLOWS),
    ],
)
async def test_useless_answers_are_told_apart_and_not_asked_for_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answer: Reply | Refusal, reason: FailureReason
) -> None:
    endpoint.script(answer)
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    assert caught.value.reason is reason
    assert type(caught.value) is AnalystError
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize(
    ("refusal", "names"),
    [
        (WRONG_KEY, "ISNAD_API_KEY"),
        (FORBIDDEN, "ISNAD_API_KEY"),
        (NO_MODEL, "ISNAD_MODEL"),
        (NO_QUOTA, "ISNAD_API_KEY"),
        (Refusal(402, "Insufficient Balance"), "ISNAD_API_KEY"),
        (Refusal(405, "Method Not Allowed"), "ISNAD_BASE_URL"),
        (Page(b"<html>Welcome</html>"), "ISNAD_BASE_URL"),
    ],
)
async def test_a_rejected_key_model_or_address_names_the_setting_and_is_not_tried_again(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, waits: Waits, refusal: Refusal | Page, names: str
) -> None:
    endpoint.script(refusal)
    with pytest.raises(EndpointRejected, match=names) as caught:
        await ask(await chat_with())
    assert caught.value.reason is FailureReason.REJECTED
    assert (len(endpoint.chats), waits) == (1, [])


async def test_an_endpoint_that_nobody_listens_at_is_unreachable(chat_with: OpenChat, waits: Waits) -> None:
    chat = await chat_with(base_url=f"http://127.0.0.1:{closed_port()}/v1", max_tries=3)
    with pytest.raises(EndpointUnreachable, match="tried 3 times") as caught:
        await ask(chat)
    assert caught.value.reason is FailureReason.UNREACHABLE
    assert len(waits) == 2


async def test_words_of_the_endpoint_are_shown_short_on_one_line_and_without_the_key(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Refusal(400, "no\x1b[31m\n\u202e way sk-test-very-secret and sk-proj-abcdef " + "x" * 5000))
    with pytest.raises(AnalystError) as caught:
        await ask(await chat_with())
    shown = str(caught.value)
    assert "no [31m way *** and ***" in shown
    assert len(shown) < 500


async def test_an_address_is_shown_without_its_password(chat_with: OpenChat) -> None:
    chat = await chat_with(base_url=f"http://me:hidden@127.0.0.1:{closed_port()}/v1", max_tries=1)
    with pytest.raises(EndpointUnreachable) as caught:
        await ask(chat)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"base_url": "localhost:11434"}, "ISNAD_BASE_URL"),
        ({"base_url": "http://"}, "ISNAD_BASE_URL"),
        ({"base_url": "https://api.openai.com/v1", "api_key": " "}, "ISNAD_API_KEY"),
        ({"api_key": "sk-with-a-“quote”"}, "ISNAD_API_KEY"),
        ({"model": ""}, "ISNAD_MODEL"),
    ],
)
async def test_what_can_be_seen_to_be_wrong_is_refused_before_anything_is_sent(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, given: dict[str, object], names: str
) -> None:
    with pytest.raises(ConfigurationError, match=names):
        await chat_with(None, **given)
    assert endpoint.calls == []
