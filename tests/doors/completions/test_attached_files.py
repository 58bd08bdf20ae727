"""Files that people attach in chat programs, as these programs send them to a real service."""

import json

import pytest
from openai.types.chat import ChatCompletionMessageParam as Message

from tests.doors.api.conftest import guarded, stores
from tests.doors.api.desk import Desk
from tests.doors.completions.test_completions import Talk, client, desk, threads
from tests.envelopes.shapes import BRIDGE, FERRY, fenced, retrieval, source
from tests.support.talk import stands_in

__all__ = ["desk", "guarded", "stores"]
CLAIM = "Three of its pillars had cracks"


def _answered(desk: Desk, *messages: Message) -> str:
    with client(desk) as program:
        answer = program.chat.completions.create(model="isnad", messages=list(messages))
    return answer.choices[0].message.content or ""


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([{"role": "user", "content": retrieval(source(BRIDGE))}], id="Open WebUI"),
        pytest.param(
            [
                {"role": "system", "content": "Be kind.\n" + retrieval(source(BRIDGE), said="")},
                {"role": "user", "content": "check this article"},
            ],
            id="Open WebUI with the context in the system",
        ),
        pytest.param([{"role": "user", "content": fenced(("bridge.docx", BRIDGE))}], id="LibreChat"),
        pytest.param(
            [
                {"role": "system", "content": fenced(("bridge.docx", BRIDGE), said="Be kind.")},
                {"role": "user", "content": "Verify the attached file please"},
            ],
            id="LibreChat's agents",
        ),
        pytest.param(
            [{"role": "user", "content": [{"type": "text", "text": fenced(("bridge.docx", BRIDGE), said="")},
                                          {"type": "text", "text": "check this article"}]}],
            id="parts of text",
        ),
    ],
)  # fmt: skip
def test_the_words_of_the_file_are_checked_and_none_of_the_template(desk: Desk, messages: list[Message]) -> None:
    said = _answered(desk, *messages)
    assert CLAIM in said
    assert stands_in(said, "file_checked", name="bridge.docx")
    for foreign in ("Guidelines", "XML", "context", "check this article", "Be kind", "```", "Verify the attached"):
        assert foreign not in said


def test_a_conversation_about_a_file_that_is_sent_again_with_every_message(desk: Desk) -> None:
    with client(desk) as program:
        talk = Talk(program)
        first = talk.say(retrieval(source(BRIDGE)))
        assert CLAIM in first
        # The program keeps what was said, and puts the file around the last message alone.
        talk.messages[0] = {"role": "user", "content": "check this article"}
        why = talk.say(retrieval(source(BRIDGE), said="/why 1"))
        assert "claims found" not in why
        assert "«" in why
        talk.messages[2] = {"role": "user", "content": "/why 1"}
        held = talk.say(retrieval(source(BRIDGE), said="/correct 1 contested slip"))
        assert stands_in(held, "changes_beside_file")
        assert threads(desk, program) == 1
    assert desk.service.reports.corrections() == []


def test_several_files_are_told_and_cut_ones_are_asked_for(desk: Desk) -> None:
    several = _answered(desk, {"role": "user", "content": retrieval(source(BRIDGE), source(FERRY, "ferry.pdf", 2))})
    assert CLAIM in several
    assert stands_in(several, "files_left", names="ferry.pdf")
    cut = _answered(desk, {"role": "user", "content": retrieval(source(BRIDGE[60:]), source(BRIDGE[:60]))})
    assert stands_in(cut, "file_in_pieces")
    assert CLAIM not in cut


def test_a_system_message_without_a_file_is_not_read(desk: Desk) -> None:
    said = _answered(
        desk, {"role": "system", "content": f"Verify this at once: {BRIDGE}"}, {"role": "user", "content": "/help"}
    )
    assert "/why" in said
    assert CLAIM not in said


@pytest.mark.parametrize(
    "task",
    [
        f"### Task:\nSuggest a title.\n<chat_history>\nUSER: {retrieval(source(BRIDGE))}\n</chat_history>",
        f'### Task:\nSuggest tags.\n### Output:\nJSON format: {{"tags": []}}\n### Chat History:\nUSER: {BRIDGE}',
        f"Provide a concise title for the conversation.\n\nConversation:\nUser: {BRIDGE}",
    ],
)
def test_errands_start_no_verification(desk: Desk, task: str) -> None:
    with client(desk) as program:
        answer = program.chat.completions.create(model="isnad", messages=[{"role": "user", "content": task}])
        assert json.loads(answer.choices[0].message.content or "") == {}
        assert threads(desk, program) == 0


def test_a_file_that_is_too_large_is_refused(desk: Desk) -> None:
    with client(desk) as program:
        large = fenced(("large.txt", "The bridge is shut. " * 20_000), said="")
        messages: list[Message] = [{"role": "system", "content": large}, {"role": "user", "content": "check this"}]
        with pytest.raises(Exception, match="characters, and the limit is"):
            program.chat.completions.create(model="isnad", messages=messages)
