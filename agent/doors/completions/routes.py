"""`/v1/chat/completions` and `/v1/models`."""

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from agent.doors.api.access import Counted, Poster, Reader
from agent.doors.api.problems import Answers, ProblemResponse
from agent.doors.api.service import Served
from agent.doors.completions.asked import MODEL, CompletionRequest
from agent.doors.completions.faults import OpenAIRoute, faults
from agent.doors.completions.responses import ChatCompletion, Model, ModelList, completion
from agent.doors.completions.streaming import streamed
from agent.doors.completions.thread_marker import place_in
from agent.doors.completions.turn import TurnReply, speak
from agent.models import Usage

router = APIRouter(tags=["completions"], route_class=OpenAIRoute)
_STREAM: Answers = {
    200: {
        "description": "The answer; with `stream`, chunks of it as server-sent events.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/v1/chat/completions",
    response_model=ChatCompletion,
    responses=_STREAM | faults(400, 401, 403, 404, 413, 429, 502, 503),
    summary="Say something in a chat",
)
async def create_completion(
    posted: CompletionRequest, asking: Poster, _: Counted, service: Served
) -> Response | ChatCompletion:
    """The chat as a model. Answers come from stored reports and coverage, with the words that they rest on."""
    _check_model(posted.model)
    if posted.is_errand:
        return completion("{}", Usage())
    place, files = place_in(posted.messages[:-1]), posted.files
    turn = speak(service.chats(asking), place, posted.said, files)
    if posted.stream:
        options = posted.stream_options
        events = streamed(
            turn, steps=posted.progress == "reasoning", usage=options is not None and options.include_usage
        )
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
    async for value in turn:
        if isinstance(value, TurnReply):
            return completion(value.text, value.usage)
    raise AssertionError("a turn ended without an answer or an error")


def _check_model(name: str) -> None:
    if name != MODEL:
        raise ProblemResponse(404, f"there is no model {name!r} here; the chat is called {MODEL!r}")


@router.get("/v1/models", responses=faults(401, 403, 429, 503), summary="The chat as the only model")
async def list_models(_: Reader) -> ModelList:
    return ModelList()


@router.get("/v1/models/{model}", responses=faults(400, 401, 403, 404, 429, 503), summary="The chat as a model")
async def get_model(model: str, _: Reader) -> Model:
    _check_model(model)
    return Model()
