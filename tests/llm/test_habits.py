"""What an endpoint refuses by name is left out from then on, and remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import AnalystError
from agent.llm import open_chat
from agent.llm.habits import CapabilitiesFile, EndpointCapabilities
from agent.models import FailureReason
from evals.servers.wire import Refusal
from evals.servers.wire_format import Asked, Reply
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import (
    NO_JSON_MODE,
    NO_MAX_COMPLETION_TOKENS,
    NO_SCHEMA,
    NO_STREAM_OPTIONS,
    NO_TEMPERATURE,
    ScriptedEndpoint,
)


def json_mode_only(asked: Asked) -> Reply | Refusal:
    return NO_SCHEMA if asked.mode == "schema" else Reply(GOOD)


def text_only(asked: Asked) -> Reply | Refusal:
    return {"schema": NO_SCHEMA, "json": NO_JSON_MODE}.get(asked.mode, Reply(f"Sure: {GOOD}"))


async def test_json_mode_follows_where_a_schema_is_refused(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.behave(json_mode_only)
    chat = await chat_with()
    answer = await ask(chat)
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json"]
    assert '"properties"' in endpoint.chats[1].system
    assert (answer.usage.calls, chat.mode) == (1, "json")


async def test_plain_text_follows_where_json_mode_is_refused_too(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.behave(text_only)
    assert (await ask(await chat_with())).value.word == "good"
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "text"]


async def test_the_mode_is_found_once_and_remembered_by_the_next_process(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.behave(text_only)
    first = await chat_with()
    await ask(first, "one")
    await ask(first, "two")
    second = await chat_with()
    assert second.mode == "text"
    await ask(second, "three")
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "text", "text", "text"]


async def test_another_model_at_the_same_endpoint_is_asked_for_the_best(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.behave(json_mode_only)
    await ask(await chat_with())
    assert (await chat_with(model="large")).mode == "schema"


async def test_a_forced_mode_is_kept(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.behave(text_only)
    with pytest.raises(AnalystError, match="response_format") as caught:
        await ask(await chat_with(structured_output="schema"))
    assert caught.value.reason is FailureReason.REJECTED
    assert [asked.mode for asked in endpoint.chats] == ["schema"]
    await ask(await chat_with(structured_output="text"))
    assert [asked.mode for asked in endpoint.chats] == ["schema", "text"]


async def test_a_schema_that_is_taken_and_ignored_goes_into_the_prompt(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.behave(lambda asked: Reply(GOOD if "JSON Schema" in str(asked.messages) else "I say: good."))
    chat = await chat_with()
    for n in range(3):
        await ask(chat, f"word {n}")
    assert chat.mode == "text"
    assert len(endpoint.chats) == 5


async def test_one_slip_of_a_model_is_no_habit_of_the_endpoint(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Reply(GOOD), Reply("no"), Reply(GOOD), Reply("no"), Reply(GOOD))
    chat = await chat_with()
    for n in range(3):
        await ask(chat, f"word {n}")
    assert chat.mode == "schema"


@pytest.mark.parametrize(
    ("refusal", "name"), [(NO_STREAM_OPTIONS, "stream_options"), (NO_TEMPERATURE, "temperature")]
)
async def test_a_parameter_refused_by_name_is_left_out_from_then_on(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, refusal: Refusal, name: str
) -> None:
    endpoint.behave(lambda asked: Reply(GOOD) if getattr(asked, name) is None else refusal)
    await ask(await chat_with(temperature=0.2), "one")
    await ask(await chat_with(temperature=0.2), "two")
    assert [getattr(asked, name) is None for asked in endpoint.chats] == [False, True, True]


async def test_an_older_name_of_the_length_is_tried(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.behave(lambda asked: NO_MAX_COMPLETION_TOKENS if asked.max_completion_tokens else Reply(GOOD))
    await ask(await chat_with(max_output_tokens=50))
    assert endpoint.chats[1].max_tokens == 50


async def test_a_refusal_that_names_nothing_of_ours_may_be_one_of_the_form_and_is_no_habit(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    endpoint.script(Refusal(400, "the moon is in the wrong phase"))
    chat = await chat_with()
    with pytest.raises(AnalystError, match="wrong phase") as caught:
        await ask(chat)
    assert caught.value.reason is FailureReason.REJECTED
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "text"]
    assert chat.mode == (await chat_with()).mode == "schema"


@pytest.mark.parametrize("content", ["", "{", '{"a": 3}', '["a"]', "\x00\xff"])
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "endpoints.json"
    path.write_text(content)
    file = CapabilitiesFile(path)
    assert file.load("a") == EndpointCapabilities()
    file.learn("a", EndpointCapabilities(mode="text"))
    assert CapabilitiesFile(path).load("a").mode == "text"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_learned_is_asked_again_after_a_month(tmp_path: Path) -> None:
    day = 24 * 3600.0
    CapabilitiesFile(tmp_path / "e.json", clock=lambda: 100 * day).learn("a", EndpointCapabilities(mode="json"))
    assert CapabilitiesFile(tmp_path / "e.json", clock=lambda: 129 * day).load("a").mode == "json"
    assert CapabilitiesFile(tmp_path / "e.json", clock=lambda: 131 * day).load("a").mode == "schema"


def test_calls_side_by_side_do_not_unlearn_each_others_findings() -> None:
    one = EndpointCapabilities(mode="json", batch=32)
    other = EndpointCapabilities(without=frozenset({"temperature"}))
    assert one.joined(other) == other.joined(one)
    assert one.joined(other) == EndpointCapabilities(mode="json", batch=32, without=frozenset({"temperature"}))


async def test_a_data_directory_that_cannot_be_written_costs_only_the_memory(
    endpoint: ScriptedEndpoint, settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a directory")
    endpoint.behave(json_mode_only)
    async with open_chat(settings_for(data_dir=tmp_path / "file" / "inside"), None) as chat:
        assert (await ask(chat)).value.word == "good"
        assert chat.mode == "json"
