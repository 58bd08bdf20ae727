"""What the description tells beside the code: an example for every answer, and the webhooks that are sent."""

from typing import Any, get_args

from fastapi import APIRouter, FastAPI
from pydantic.json_schema import models_json_schema

from agent.doors.api.examples import EXAMPLES
from agent.doors.api.posted_coverage import PostedDocuments
from agent.doors.api.problems import MEDIA_TYPE
from agent.events import Event
from agent.jobs.webhooks import ClaimEdited, ClaimReviewed, Ended, LabelChanged

_FOREIGN = ("HTTPValidationError", "ValidationError")


def build_webhooks() -> APIRouter:
    """What is posted to a callback address, signed by Standard Webhooks. Any 2xx takes it; 410 ends it."""
    router = APIRouter()

    @router.post("verification.completed", summary="A verification has succeeded")
    def completed(body: Ended) -> None: ...

    @router.post("verification.failed", summary="A verification has failed")
    def failed(body: Ended) -> None: ...

    @router.post("claim.label_changed", summary="Later coverage has changed a label")
    def label_changed(body: LabelChanged) -> None: ...

    @router.post("claim.reviewed", summary="A published fact-check of a claim has come")
    def reviewed(body: ClaimReviewed) -> None: ...

    @router.post("claim.edited", summary="A person has edited claims")
    def edited(body: ClaimEdited) -> None: ...

    return router


def _further() -> Any:
    """What no route has as a model: a body that is read line by line, and what the data of events is."""
    _, value = models_json_schema(
        [(PostedDocuments, "validation"), *((one, "serialization") for one in get_args(get_args(Event)[0]))],
        ref_template="#/components/schemas/{model}",
    )
    return value["$defs"]


# By the addresses of further routes: all else that an application tells of itself is the same in each of a process.
_descriptions: dict[tuple[str, ...], dict[str, Any]] = {}


def describe(app: FastAPI, *more: APIRouter) -> None:
    """Puts the examples into what the application, with these further routers, tells of itself."""
    openapi = app.openapi
    further = tuple(str(getattr(route, "path", "")) for router in more for route in router.routes)

    def described() -> dict[str, Any]:
        if further not in _descriptions:
            _descriptions[further] = _complete(openapi())
        return _descriptions[further]

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI documents


def _complete(schema: dict[str, Any]) -> dict[str, Any]:
    for item in schema["paths"].values():
        for operation in item.values():
            _add_examples(operation)
            _tell_errors_as_problems(operation)
            _tell_events_in_this_version(operation)
            _leave_out_foreign_errors(operation)
    schema["components"]["schemas"] = _further() | schema["components"]["schemas"]
    for name in _FOREIGN:
        schema["components"]["schemas"].pop(name, None)
    for item in schema["webhooks"].values():
        # What somebody else's address answers is theirs to describe.
        item["post"]["responses"] = {
            "2XX": {"description": "Taken."},
            "410": {"description": "Wanted no more."},
        }
    return schema


def _tell_errors_as_problems(operation: dict[str, Any]) -> None:
    """Their form stands where the framework puts all forms, and belongs to the media type that is sent."""
    for answer in operation["responses"].values():
        content = answer.get("content", {})
        for media_type in [one for one in content if MEDIA_TYPE in content and one != MEDIA_TYPE]:
            content[MEDIA_TYPE] |= content.pop(media_type)


def _tell_events_in_this_version(operation: dict[str, Any]) -> None:
    """The framework tells the form of an event by a word of OpenAPI 3.2, and this is 3.1: a stream is a text here."""
    for answer in operation["responses"].values():
        for content in answer.get("content", {}).values():
            if content.pop("itemSchema", None) is not None:
                content["schema"] = {"description": "Server-sent events; `data` is JSON."}


def _leave_out_foreign_errors(operation: dict[str, Any]) -> None:
    """The framework adds a 422 in a form of its own, which no route here answers with."""
    if _FOREIGN[0] in str(operation["responses"].get("422", "")):
        del operation["responses"]["422"]


def _add_examples(operation: dict[str, Any]) -> None:
    name = operation.get("operationId", "")
    for status, example in EXAMPLES.answers.get(name, {}).items():
        operation["responses"][status]["content"]["application/json"]["example"] = example
    for media_type, example in EXAMPLES.texts.get(name, {}).items():
        operation["responses"]["200"]["content"][media_type]["example"] = example
    if name in EXAMPLES.bodies:
        operation["requestBody"]["content"]["application/json"]["example"] = EXAMPLES.bodies[name]
