"""Whole runs against endpoints that misbehave: every label is the one of an endpoint that behaves."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.app import open_store, open_verifier
from agent.config import load_settings
from agent.models import FailureReason, Label, Report
from evals.bench.stories import DENIAL, build_story
from evals.servers.endpoint import answer
from evals.servers.wire import Page, Refusal
from evals.servers.wire_format import Asked, Reply
from tests.support.endpoint import ScriptedEndpoint, json_page, piece, said, stream_of

pytestmark = pytest.mark.long

Answer = Reply | Refusal | Page
STORY = build_story(4, "shared", seed=3)


def draft(asked: Asked) -> str:
    """The opposite of what a careful reader says; of an article, that it claims nothing."""
    good = json.loads(answer(asked))
    turned = {"supports": "contradicts", "contradicts": "supports"}
    for one in good.get("answers", ()):
        one["stance"] = turned.get(one["stance"], one["stance"])
    return json.dumps(good if "answers" in good else {"claims": []})


def fails_first(failure: Answer) -> Callable[[], Callable[[Asked], Answer]]:
    """Every question is failed once."""

    def build() -> Callable[[Asked], Answer]:
        seen: set[str] = set()

        def behave(asked: Asked) -> Answer:
            if asked.user in seen:
                return Reply(answer(asked))
            seen.add(asked.user)
            return failure

        return behave

    return build


def always(behave: Callable[[Asked], Answer]) -> Callable[[], Callable[[Asked], Answer]]:
    return lambda: behave


def counted_as(usage: object) -> Callable[[Asked], Answer]:
    return lambda asked: stream_of(piece({"content": answer(asked)}, "stop"), {"choices": [], "usage": usage})


ODD: dict[str, Callable[[], Callable[[Asked], Answer]]] = {
    "a draft in thoughts": always(lambda a: Reply(f"<think>First {draft(a)}, but no.</think>\n{answer(a)}")),
    "a draft in thoughts without a beginning": always(lambda a: Reply(f"First {draft(a)}.\n</think>\n{answer(a)}")),
    "a draft in a channel": always(
        lambda a: Reply(f"<|channel|>analysis<|message|>{draft(a)}<|end|><|channel|>final<|message|>{answer(a)}")
    ),
    "a draft in a fence": always(lambda a: Reply(f"```json\n{draft(a)}\n```\nOr rather:\n{answer(a)}")),
    "an answer in the reasoning": always(lambda a: said(content=None, reasoning_content=answer(a))),
    "an answer in parts": always(lambda a: said(content=[{"type": "text", "text": answer(a)}])),
    "an answer in a call": always(
        lambda a: said(content=None, tool_calls=[{"index": 0, "function": {"name": "x", "arguments": answer(a)}}])
    ),
    "a usage of nulls": always(counted_as({"prompt_tokens": None, "completion_tokens": None})),
    "a schema refused in a list": always(
        lambda a: json_page([{"error": {"code": 400, "message": "Unknown name \"$defs\""}}], 400)
        if a.mode == "schema"
        else Reply(answer(a))
    ),
    "a schema refused without a word": always(
        lambda a: Refusal(400, "Bad Request") if a.mode != "text" else Reply(answer(a))
    ),
    "an error without a key": fails_first(stream_of({"code": 500, "details": "the model is restarting"})),
    "only the end": fails_first(stream_of()),
    "half an answer": fails_first(stream_of(piece({"content": '{"claims": []'}), done=False)),
}  # fmt: skip


async def verified(endpoint: ScriptedEndpoint, folder: Path, behave: Callable[[Asked], Answer]) -> Report:
    endpoint.behave(behave)
    settings = load_settings(data_dir=folder, analyst="model", model="small", base_url=endpoint.url, api_key="sk-x")
    async with open_store(settings) as store:
        await store.add(STORY.documents)
        async with open_verifier(settings, store) as verifier:
            return await verifier.verify(STORY.article)


def labels(report: Report) -> list[tuple[str, Label | None]]:
    return [(finding.quote, finding.label) for finding in report.claims]


@pytest.fixture
async def plain(endpoint: ScriptedEndpoint, tmp_path: Path) -> Report:
    return await verified(endpoint, tmp_path / "plain", lambda asked: Reply(answer(asked)))


@pytest.mark.parametrize("build", ODD.values(), ids=ODD)
async def test_the_labels_are_those_of_an_endpoint_that_behaves(
    endpoint: ScriptedEndpoint, tmp_path: Path, plain: Report, build: Callable[[], Callable[[Asked], Answer]]
) -> None:
    assert {label for _, label in labels(plain)} == {Label.CORROBORATED, Label.CONTESTED}
    odd = await verified(endpoint, tmp_path / "odd", build())
    assert labels(odd) == labels(plain)
    assert odd.complete
    assert odd.usage.calls == plain.usage.calls


async def test_a_draft_would_have_turned_the_labels_round(
    endpoint: ScriptedEndpoint, tmp_path: Path, plain: Report
) -> None:
    fooled = await verified(endpoint, tmp_path / "odd", lambda a: Reply(draft(a) if DENIAL in a.user else answer(a)))
    assert labels(fooled) != labels(plain)


async def test_what_an_endpoint_cuts_off_is_unread_and_no_label(endpoint: ScriptedEndpoint, tmp_path: Path) -> None:
    cut = await verified(endpoint, tmp_path, counted_as({"prompt_tokens": 128, "completion_tokens": 40}))
    assert cut.claims == ()
    assert {part.failure.reason for part in cut.unread} == {FailureReason.CONTEXT_OVERFLOW}
    assert not cut.complete
