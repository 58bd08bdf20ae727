"""Errors in the form that clients of OpenAI's interface read."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from agent.doors.api.access import Keyed
from agent.doors.api.complaints import no_json, words
from agent.doors.api.problems import Answers, ProblemResponse, refusal_of
from agent.doors.completions.turn import NoAnswer
from agent.errors import IsnadError
from agent.faults import public_sentence
from agent.models import Frozen

_log = logging.getLogger("isnad.completions")
_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "invalid_request_error",
    413: "invalid_request_error",
    429: "rate_limit_error",
}
_CODES = {401: "invalid_api_key", 403: "insufficient_scope", 404: "model_not_found", 413: "request_too_large"}
# Of turns that failed.
_STATUSES = {"fetch": 400, "article": 400, "store": 503, "endpoint": 502}
_SAYS = {
    400: "The request, or what was said in it, cannot be answered as it is",
    401: "Key missing or unknown",
    403: "Not allowed",
    404: "There is no such model",
    413: "Too large",
    429: "Too much at once",
    502: "The model endpoint behind this service failed",
    503: "Not available at the moment",
}


class CompletionError(Frozen):
    message: str
    type: str
    param: str | None = None
    code: str | None = None


class FaultBody(Frozen):
    """OpenAI's form of an error."""

    error: CompletionError


def faults(*statuses: int) -> Answers:
    """What an operation documents of its errors."""
    return {status: {"description": _SAYS[status], "model": FaultBody} for status in statuses}


class OpenAIRoute(Keyed):
    """A route that tells every error in OpenAI's form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except (ProblemResponse, IsnadError, RequestValidationError, HTTPException) as err:
                return _response(err)

        return answered


def fault_of(err: Exception) -> tuple[CompletionError, int]:
    """An error with its status."""
    if isinstance(err, NoAnswer):
        status = _STATUSES.get(err.code, 500)
        return CompletionError(message=str(err), type=_TYPES.get(status, "server_error"), code=err.code), status
    if isinstance(err, RequestValidationError):
        first = err.errors()[0]
        if broken := no_json(err.errors()):
            return CompletionError(message=broken, type=_TYPES[400]), 400
        param = ".".join(map(str, first["loc"][1:])) or None
        message = words(first)
        text = f"{param}: {message}" if param else message
        return CompletionError(message=text, type=_TYPES[400], param=param), 400
    refused = _refused(err)
    if refused is None or refused.status >= 500:
        _log.error("completions: %s", err)
    if refused is None:
        return CompletionError(message=public_sentence("internal"), type="server_error"), 500
    status = 400 if refused.status == 422 else refused.status
    fault = CompletionError(message=refused.detail, type=_TYPES.get(status, "server_error"), code=_CODES.get(status))
    return fault, status


def _refused(err: Exception) -> ProblemResponse | None:
    if isinstance(err, IsnadError):
        return refusal_of(err)
    if isinstance(err, HTTPException):
        return ProblemResponse(err.status_code, str(err.detail), headers=err.headers)
    return err if isinstance(err, ProblemResponse) else None


def _response(err: Exception) -> JSONResponse:
    fault, status = fault_of(err)
    refused = _refused(err)
    headers = dict(refused.headers) if refused is not None else {}
    if isinstance(err, NoAnswer):
        # A client would say the same thing again by itself, and fail again.
        headers["x-should-retry"] = "false"
    return JSONResponse(FaultBody(error=fault).model_dump(), status, headers)
