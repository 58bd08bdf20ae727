"""Errors as RFC 9457 problems: one form for all, one table from our errors to theirs."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from agent.doors.api import complaints
from agent.doors.api.complaints import FieldProblem
from agent.errors import IsnadError
from agent.faults import fault_of, public_sentence, sentence_of
from agent.models import Frozen

MEDIA_TYPE = "application/problem+json"
_PREFIX = "urn:isnad:problem:"
_TITLES = {
    400: "Malformed request",
    401: "Key missing or unknown",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Form not available",
    409: "Not in this state",
    413: "Too large",
    415: "Media type not read",
    421: "Not called so",
    422: "Not acceptable as it is",
    429: "Too much at once",
    500: "Internal error",
    503: "Not available at the moment",
}
SLUGS = {
    400: "malformed",
    401: "key",
    403: "forbidden",
    404: "not-found",
    405: "method",
    406: "form",
    409: "state",
    413: "too-large",
    415: "media-type",
    421: "host",
    422: "invalid",
    429: "too-many",
    500: "internal",
    503: "unavailable",
}
_MOST_OF_A_KIND = 100
# What FastAPI takes as the documentation of answers.
Answers = dict[int | str, dict[str, Any]]
_log = logging.getLogger("isnad.api")


class Problem(Frozen):
    """RFC 9457. `type` is one of a closed set and stays the same; `detail` is for people."""

    type: str = Field(examples=["urn:isnad:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str | None = Field(None, examples=["there is no verification '4f1c…'"])
    errors: tuple[FieldProblem, ...] = ()


class ProblemResponse(Exception):
    """An answer other than what was asked for."""

    def __init__(
        self, status: int, detail: str, *, kind: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind
        self.headers = dict(headers or {})


def answers(*statuses: int) -> Answers:
    """What an operation documents of its errors."""
    return {
        status: {
            "description": _TITLES[status],
            "model": Problem,
            "content": {MEDIA_TYPE: {"example": _body(status, "what exactly, in a sentence").model_dump()}},
        }
        for status in (*statuses, 500)
    }


def install(app: FastAPI) -> None:
    app.add_exception_handler(ProblemResponse, _on_refused)
    app.add_exception_handler(IsnadError, _on_isnad_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, _on_anything)


def refusal_of(err: IsnadError, language: str = "en") -> ProblemResponse:
    """The answer to an error; what is private of it is for the log."""
    fault = fault_of(type(err))
    wait = getattr(err, "retry_after", None) or fault.retry_after
    headers = {"Retry-After": str(wait)} if wait is not None and fault.status in (429, 503) else {}
    return ProblemResponse(fault.status, sentence_of(err, language), kind=fault.kind, headers=headers)


def problem_of(err: IsnadError) -> Problem:
    """As `refusal_of`, for an answer that has begun already."""
    refusal = refusal_of(err)
    return _body(refusal.status, refusal.detail, kind=refusal.kind)


async def _on_refused(_: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, ProblemResponse)
    return _response(_body(err.status, err.detail, kind=err.kind), err.headers)


async def _on_isnad_error(request: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, IsnadError)
    refusal = refusal_of(err)
    if refusal.status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, err)
    return await _on_refused(request, refusal)


async def _on_invalid(request: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, RequestValidationError)
    wrong = err.errors()
    if broken := complaints.no_json(wrong):
        return _response(_body(400, broken))
    if complaints.body_unread(wrong):
        kind = request.headers.get("content-type", "")[:_MOST_OF_A_KIND]
        text = f"what came says of itself that it is {kind!r}" if kind else "what came does not say what it is"
        return _response(_body(415, f"send JSON, with `Content-Type: application/json`; {text}"))
    found = complaints.field_problems(wrong)
    first = ": ".join(filter(None, (found[0].pointer, found[0].detail)))
    return _response(_body(422, f"the request does not fit its description: {first}", errors=found))


async def on_http(request: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, HTTPException)
    status = err.status_code if err.status_code in _TITLES else 400
    headers, detail = dict(err.headers or {}), err.detail or None
    if status == 404:
        detail = "there is nothing at this address; /v1/openapi.json tells what there is"
    if status == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
        detail = f"what may be done with this address: {headers['Allow']}"
    return _response(_body(status, detail), headers)


def _methods(request: Request) -> set[str]:
    """Of every route with this path: the router itself names those of the first."""
    described = request.app.openapi()["paths"]
    route = request.scope.get("route")
    return {method.upper() for method in described.get(getattr(route, "path", ""), {})}


async def _on_anything(request: Request, err: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=err)
    return _response(_body(500, public_sentence("internal")))


def _body(
    status: int, detail: str | None, *, kind: str | None = None, errors: tuple[FieldProblem, ...] = ()
) -> Problem:
    return Problem(
        type=_PREFIX + (kind or SLUGS[status]), title=_TITLES[status], status=status, detail=detail, errors=errors
    )


def _response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem.model_dump(mode="json"), problem.status, dict(headers or {}), MEDIA_TYPE)
