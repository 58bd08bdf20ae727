"""A refusal of the schema, in any words and any shape, leads to JSON mode and then to text; any other ends as what it
is, after as few calls."""

import pytest

from agent.errors import AnalystError, EndpointRejected
from agent.models import FailureReason
from evals.servers.wire import Page, Refusal
from evals.servers.wire_format import Asked, Reply
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import NO_TEMPERATURE, ScriptedEndpoint, json_page, stream_of

Answer = Reply | Refusal | Page

_GOOGLE = (
    "Invalid JSON payload received. Unknown name \"$defs\" at 'generation_config.response_schema': Cannot find field."
)
REFUSALS: dict[str, Answer] = {
    "a list of one": json_page([{"error": {"code": 400, "message": _GOOGLE, "status": "INVALID_ARGUMENT"}}], 400),
    "too many states": json_page(
        [{"error": {"code": 400, "message": "The specified schema produces a constraint that has too many states."}}],
        400,
    ),
    "a bare string": json_page("structured outputs are not available here", 400),
    "plain words": Page(b"json_schema: unknown field", "text/plain", 400),
    "a web page": Page(b"<html><head><title>400 Bad Request</title></head><body>no</body></html>", status=400),
    "nothing": Page(b"", "application/json", 400),
    "an empty object": json_page({}, 400),
    "an error that is a string": json_page({"error": "invalid format: expected \"json\""}, 400),
    "a nested detail": json_page({"detail": {"error": {"message": "Unsupported response format"}}}, 400),
    "details of a validation": json_page(
        {"detail": [{"loc": ["body", "response_format", "type"], "msg": "Input should be 'text'"}]},
        422,
    ),
    "an object without an error": json_page(
        {"object": "error", "message": "xgrammar cannot compile this", "type": "BadRequestError", "code": 400}, 400
    ),
    "an error within an error": json_page(
        {"error": {"message": "Provider returned error", "code": 400,
                   "metadata": {"raw": '{"error": {"message": "output_config: schema too complex"}}'}}}, 400
    ),
    "several errors": json_page({"errors": [{"code": 7001, "message": "AiError: JSON Mode unsupported"}]}, 400),
    "no endpoint with it": json_page(
        {"error": {"message": "No endpoints found that can handle the requested parameters.", "code": 404}}, 404
    ),
    "of an api version": Refusal(400, "response_format value as json_schema is enabled only for later api versions"),
    "not yours": Refusal(403, "Structured output is not part of your plan."),
    "not implemented": Refusal(501, "response_format is not implemented"),
    "a grammar that fails": Refusal(500, "failed to parse grammar"),
    "a schema that fails": Refusal(500, "Unsupported JSON schema: the keyword \"format\" is not known"),
    "unavailable": Refusal(400, "This response_format type is unavailable now", code="invalid_request_error"),
    "in Chinese": Refusal(400, "参数错误：不支持的输出格式"),
    "in words that say nothing": Refusal(400, "Bad Request"),
    "in an answer": stream_of({"error": {"message": "guided decoding is off", "type": "bad", "code": 400}}),
    "in an answer without a key": stream_of({"object": "error", "message": "no such grammar", "code": 400}),
    "in an answer of one object": json_page({"error": "json_schema is not supported"}),
    "in an answer, saying nothing": stream_of({"error": {"message": "bad request", "code": 400}}),
}  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_json_mode_follows_a_refusal_of_the_schema(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, refusal: Answer
) -> None:
    endpoint.behave(lambda asked: refusal if asked.mode == "schema" else Reply(GOOD))
    chat = await chat_with()
    answers = [await ask(chat, "one"), await ask(chat, "two")]
    assert [answer.value.word for answer in answers] == ["good", "good"]
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "json"]
    assert (await chat_with()).mode == "json"


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_text_follows_where_json_mode_is_refused_as_well(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, refusal: Answer
) -> None:
    endpoint.behave(lambda asked: Reply(f"Sure: {GOOD}") if asked.mode == "text" else refusal)
    chat = await chat_with()
    answers = [await ask(chat, "one"), await ask(chat, "two")]
    assert [answer.value.word for answer in answers] == ["good", "good"]
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "text", "text"]


@pytest.mark.parametrize(
    ("refusal", "reason", "words", "modes"),
    [
        (Refusal(400, "Bad Request"), FailureReason.REJECTED, r"\(400\): Bad Request\.", ["schema", "json", "text"]),
        (json_page([{"error": {"message": "no bridge"}}], 422), FailureReason.REJECTED, "no bridge", None),
        (json_page({"detail": "user is asleep"}, 400), FailureReason.REJECTED, "user is asleep", None),
        (Page(b"", "text/plain", 400), FailureReason.REJECTED, "no reason given", None),
        (Refusal(400, "maximum context length is 9"), FailureReason.CONTEXT_OVERFLOW, "too long", ["schema"]),
        (json_page([{"error": {"message": "content policy"}}], 400), FailureReason.REFUSED, "refused", ["schema"]),
        (Refusal(400, "the model small has a tool that is not found"), FailureReason.REJECTED, "a tool", None),
        (Refusal(413, "too large for us"), FailureReason.REJECTED, "too large for us", ["schema"]),
    ],
)
async def test_what_has_another_cause_ends_as_what_it_is(
    endpoint: ScriptedEndpoint,
    chat_with: OpenChat,
    refusal: Answer,
    reason: FailureReason,
    words: str,
    modes: list[str] | None,
) -> None:
    endpoint.script(refusal)
    chat = await chat_with()
    with pytest.raises(AnalystError, match=words) as caught:
        await ask(chat)
    assert caught.value.reason is reason
    assert [asked.mode for asked in endpoint.chats] == (modes or ["schema", "json", "text"])
    assert chat.mode == (await chat_with()).mode == "schema"


@pytest.mark.parametrize(
    ("refusal", "names"),
    [
        (
            json_page([{"error": {"code": 400, "message": "API key not valid. Pass a valid one."}}], 400),
            "ISNAD_API_KEY",
        ),
        (json_page({"error": {"message": "no api key provided"}}, 422), "ISNAD_API_KEY"),
        (Refusal(400, "x is not a valid model ID"), "has no model 'small' .* ISNAD_MODEL"),
        (Refusal(400, "Model Not Exist"), "ISNAD_MODEL"),
        (Refusal(400, "The model `a/b-2.5:7b` does not exist."), "ISNAD_MODEL"),
        (Page(b"404 page not found", "text/plain", 404), "ISNAD_BASE_URL"),
        (Page(b"<html><title>Error response</title></html>", status=501), "ISNAD_BASE_URL"),
        (json_page({"error": {"message": "insufficient balance"}}, 403), "paid first"),
        (stream_of({"error": {"message": "Invalid API key", "code": "invalid_api_key"}}), "ISNAD_API_KEY"),
    ],
)
async def test_a_wrong_key_model_or_address_is_told_whatever_the_status(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, refusal: Answer, names: str
) -> None:
    endpoint.script(refusal)
    with pytest.raises(EndpointRejected, match=names):
        await ask(await chat_with())
    assert len(endpoint.chats) == 1


async def test_a_form_that_was_accepted_once_is_not_doubted(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Reply(GOOD), Refusal(400, "Bad Request"))
    chat = await chat_with()
    await ask(chat, "one")
    with pytest.raises(AnalystError, match="Bad Request"):
        await ask(chat, "two")
    assert [asked.mode for asked in endpoint.chats] == ["schema", "schema"]


async def test_a_forced_form_is_not_doubted(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    endpoint.script(Refusal(400, "Bad Request"))
    with pytest.raises(AnalystError, match="Bad Request"):
        await ask(await chat_with(structured_output="schema"))
    assert [asked.mode for asked in endpoint.chats] == ["schema"]


async def test_a_parameter_that_is_refused_on_the_way_says_nothing_of_the_form(
    endpoint: ScriptedEndpoint, chat_with: OpenChat
) -> None:
    def picky(asked: Asked) -> Answer:
        if asked.temperature is None:
            return Reply(GOOD)
        return NO_TEMPERATURE if asked.mode == "json" else Refusal(400, "Bad Request")

    endpoint.behave(picky)
    chat = await chat_with(temperature=0.2)
    assert (await ask(chat)).value.word == "good"
    assert [asked.mode for asked in endpoint.chats] == ["schema", "json", "schema"]
    assert chat.mode == "schema"


async def test_everything_refused_by_name_ends_at_last(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    named = "response_format, temperature, stream_options, max_tokens and max_completion_tokens are not known"
    endpoint.script(Refusal(400, named))
    with pytest.raises(AnalystError, match="not known"):
        await ask(await chat_with(temperature=0.2, max_output_tokens=50))
    assert len(endpoint.chats) <= 8
