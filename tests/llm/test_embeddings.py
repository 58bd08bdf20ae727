"""Vectors: one per text, in order, whatever the endpoint's habits."""

from collections.abc import Callable

import pytest

from agent.budget import RunBudget
from agent.config import Settings
from agent.coverage.embedding.embed import Purpose
from agent.errors import AnalystError, ConfigurationError, EndpointRejected
from agent.llm.address import EndpointAddress
from agent.models import FailureReason
from evals.servers.wire import Hang, Page, Refusal
from evals.servers.wire_format import Reply, vector
from tests.llm.conftest import KEY, OpenEmbeddings, patience
from tests.support.endpoint import SERVER_ERROR, ScriptedEndpoint, json_page

MANY = [f"text {n}" for n in range(10)]
FREE = RunBudget(None)


async def test_rows_come_in_the_order_of_the_texts(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings
) -> None:
    embeddings = await embeddings_with()
    found = await embeddings.embed(["one", "two", "one"], purpose=Purpose.PASSAGE, budget=FREE)
    assert embeddings.id == "openai:vectors"
    assert [row == pytest.approx(vector(text)) for row, text in zip(found.rows, ["one", "two", "one"], strict=True)]
    assert endpoint.embedded == [["one", "two"]]
    assert (found.usage.calls, found.usage.prompt_tokens) == (1, 2)


@pytest.mark.parametrize("numbers", [({}, {}), ({"index": 0}, {"index": 0}), ({"index": None}, {"index": None})])
async def test_rows_without_numbers_come_in_the_order_of_the_texts(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, numbers: tuple[dict[str, object], ...]
) -> None:
    data = [{"object": "embedding", "embedding": [float(n), 1.0], **number} for n, number in enumerate(numbers)]
    endpoint.script_embeddings(json_page({"object": "list", "model": "m", "data": data}))
    found = await (await embeddings_with()).embed(["one", "two"], purpose=Purpose.PASSAGE, budget=FREE)
    assert found.rows == [[0.0, 1.0], [1.0, 1.0]]


async def test_nothing_to_embed_is_no_call(endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings) -> None:
    assert (await (await embeddings_with()).embed([], purpose=Purpose.PASSAGE, budget=FREE)).rows == []
    assert endpoint.calls == []


async def test_many_texts_go_in_several_calls(endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings) -> None:
    texts = [f"text {n}" for n in range(600)]
    found = await (await embeddings_with()).embed(texts, purpose=Purpose.PASSAGE, budget=FREE)
    assert len(found.rows) == 600
    assert sorted(map(len, endpoint.embedded)) == [88, 256, 256]
    assert found.usage.calls == 3


async def test_long_texts_go_in_smaller_calls(endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings) -> None:
    await (await embeddings_with()).embed(
        [f"{n} " + "x" * 90_000 for n in range(5)], purpose=Purpose.PASSAGE, budget=FREE
    )
    assert sorted(map(len, endpoint.embedded)) == [1, 2, 2]


async def test_an_endpoint_that_takes_fewer_texts_gets_fewer_and_is_remembered(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings
) -> None:
    endpoint.script_embeddings(Refusal(422, "batch size 10 > maximum allowed batch size 5"), Reply())
    found = await (await embeddings_with()).embed(MANY, purpose=Purpose.PASSAGE, budget=FREE)
    assert [row == pytest.approx(vector(text)) for row, text in zip(found.rows, MANY, strict=True)]
    await (await embeddings_with()).embed([f"other {n}" for n in range(10)], purpose=Purpose.PASSAGE, budget=FREE)
    assert list(map(len, endpoint.embedded)) == [10, 5, 5, 5, 5]


async def test_an_encoding_that_is_refused_is_left_out(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings
) -> None:
    endpoint.script_embeddings(Refusal(400, "encoding_format base64 is not supported"), Reply())
    found = await (await embeddings_with()).embed(["one"], purpose=Purpose.PASSAGE, budget=FREE)
    assert found.rows[0] == pytest.approx(vector("one"))


@pytest.mark.parametrize("fault", [SERVER_ERROR, Hang(), Refusal(429, "slow down")])
async def test_a_passing_fault_is_tried_again(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, fault: Refusal | Hang
) -> None:
    endpoint.script_embeddings(fault, Reply())
    opened = await embeddings_with(idle_timeout=patience(fault))
    assert len((await opened.embed(["one"], purpose=Purpose.PASSAGE, budget=FREE)).rows) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"data": [], "model": "m", "object": "list"}',
        b'{"data": [{"index": 0, "embedding": []}], "model": "m", "object": "list"}',
        b'{"data": [{"index": 0, "embedding": ["a"]}], "model": "m", "object": "list"}',
        b'{"data": [{"index": 0, "embedding": [NaN]}], "model": "m", "object": "list"}',
        b'{"data": [{"index": 0, "embedding": "@@@"}], "model": "m", "object": "list"}',
        b'{"data": null, "model": "m", "object": "list"}',
    ],
)
async def test_what_is_no_vector_is_a_failure(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, body: bytes
) -> None:
    endpoint.script_embeddings(Page(body, "application/json"))
    with pytest.raises(AnalystError) as caught:
        await (await embeddings_with()).embed(["one"], purpose=Purpose.PASSAGE, budget=FREE)
    assert caught.value.reason is FailureReason.MALFORMED


async def test_a_web_page_is_no_endpoint(endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings) -> None:
    endpoint.script_embeddings(Page(b"<html>"))
    with pytest.raises(EndpointRejected, match="ISNAD_EMBEDDING_BASE_URL"):
        await (await embeddings_with()).embed(["one"], purpose=Purpose.PASSAGE, budget=FREE)


async def test_texts_over_the_budget_are_not_sent(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings
) -> None:
    with pytest.raises(AnalystError) as caught:
        await (await embeddings_with()).embed(["one two three"], purpose=Purpose.PASSAGE, budget=RunBudget(3))
    assert caught.value.reason is FailureReason.BUDGET
    assert endpoint.calls == []


def test_the_key_of_the_chat_endpoint_does_not_go_to_another_host(settings_for: Callable[..., Settings]) -> None:
    elsewhere = settings_for(embedding_base_url="http://other.example/v1")
    assert EndpointAddress.of_embeddings(elsewhere).key != KEY
    assert EndpointAddress.of_embeddings(settings_for()).key == KEY
    own = settings_for(embedding_base_url="http://other.example/v1", embedding_api_key="sk-other")
    assert EndpointAddress.of_embeddings(own).key == "sk-other"
    with pytest.raises(ConfigurationError, match="ISNAD_EMBEDDING_API_KEY"):
        EndpointAddress.of_embeddings(settings_for(embedding_base_url="https://api.openai.com/v1"))


@pytest.mark.parametrize(
    "usage",
    [None, {}, {"prompt_tokens": None}, {"prompt_tokens": "many"}, {"prompt_tokens": -3}, {"prompt_tokens": 0}],
)
async def test_tokens_are_estimated_where_the_count_is_none(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, usage: object
) -> None:
    rows = [{"object": "embedding", "index": 0, "embedding": [1.0, 0.0]}]
    endpoint.script_embeddings(json_page({"object": "list", "data": rows, "usage": usage}))
    found = await (await embeddings_with()).embed(["a word"], purpose=Purpose.PASSAGE, budget=FREE)
    assert found.rows == [[1.0, 0.0]]
    assert found.usage.prompt_tokens > 0


@pytest.mark.parametrize("error", [{"message": "worker died", "code": 503}, "worker died"])
async def test_an_error_in_place_of_vectors_is_tried_again(
    endpoint: ScriptedEndpoint, embeddings_with: OpenEmbeddings, error: object
) -> None:
    endpoint.script_embeddings(json_page({"error": error}), Reply())
    found = await (await embeddings_with()).embed(["a word"], purpose=Purpose.PASSAGE, budget=FREE)
    assert (len(found.rows), len(endpoint.embedded)) == (1, 2)
    endpoint.script_embeddings(json_page({"error": error}))
    with pytest.raises(AnalystError, match="worker died"):
        await (await embeddings_with(max_tries=2)).embed(["another word"], purpose=Purpose.PASSAGE, budget=FREE)
