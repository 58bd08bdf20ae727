"""What a chat program asks for on its own is told from what somebody says."""

import pytest

from agent.envelopes import is_errand
from tests.envelopes.shapes import BRIDGE, retrieval, source

_TALK = f"USER: {BRIDGE}\nASSISTANT: 3 claims found."


@pytest.mark.parametrize(
    "message",
    [
        f"### Task:\nGenerate a concise title.\n### Chat History:\n<chat_history>\n{_TALK}\n</chat_history>",
        f'### Task:\nGenerate tags.\n### Output:\nJSON format: {{"tags": []}}\n\n### Chat History:\n{_TALK}',
        f"### Task:\nSuggest questions.\n<chat_history>\n{retrieval(source(BRIDGE))}\n</chat_history>",
        "### Task:\nGo on with the text.\n### Input:\n<type>General</type>\n<text>The bridge</text>\n#### Output:",
        f"Create a concise, 3-5 word phrase as a header for this query:\n\nQuery: {BRIDGE}",
        f"Provide a concise, 5-word-or-less title for the conversation.\n\nConversation:\nUser: {BRIDGE}",
        f"Please generate a title for this.\n\n||>User:\n{BRIDGE}\n||>Response:\nx",
        f"Analyze this conversation and provide:\n1. its language\n2. a title\n\nUser: {BRIDGE}",
    ],
)
def test_titles_tags_and_the_like_are_errands(message: str) -> None:
    assert is_errand(message)


@pytest.mark.parametrize(
    "message",
    [
        retrieval(source(BRIDGE)),
        retrieval(source(f"{BRIDGE}\n<chat_history>\nno talk\n</chat_history>")),
        f"### Task:\nThe town asks who pays.\n\n{BRIDGE}",
        BRIDGE,
        "Create a concise summary",
        "generate a title",
        "",
    ],
)
def test_what_somebody_says_is_none(message: str) -> None:
    assert not is_errand(message)


@pytest.mark.parametrize("message", ["### Task:\n" * 30_000, "Create a concise title\n" + "\n" * 300_000])
def test_a_message_made_to_be_slow_takes_no_longer(message: str) -> None:
    assert not is_errand(message)
