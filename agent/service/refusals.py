"""The way back: what a server answers when it refuses, as the error that it stands for."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from agent.errors import (
    BadInput,
    ConfigurationError,
    EditUnchecked,
    IsnadError,
    NoReport,
    NotAllowed,
    NotFound,
    QueueFull,
    StaleVersion,
    StoreError,
)
from agent.models import FailureReason

_OTHER_WAIT = 10
_MOST_OF_ANSWER = 200
_STALE, _UNCHECKED = "urn:isnad:problem:stale-version", "urn:isnad:problem:edit-unchecked"


class _Problem(BaseModel):
    """As much of RFC 9457 as is told."""

    type: str | None = None
    detail: str | None = None
    title: str | None = None


def error_of(status: int, body: bytes, headers: Mapping[str, str], missing: type[NotFound]) -> IsnadError:
    """`missing` is what a 404 means where it was asked."""
    try:
        problem = _Problem.model_validate_json(body)
        detail = problem.detail or problem.title or f"it answers {status}"
    except ValidationError:
        problem = _Problem()
        detail = f"it answers {status}: {body[:_MOST_OF_ANSWER].decode('utf-8', 'replace')}"
    if status == 404:
        return missing(detail)
    if status == 401:
        return ConfigurationError(f"the server does not take this key: {detail}")
    if status == 403:
        return NotAllowed(detail)
    if status == 409:
        return StaleVersion(detail) if problem.type == _STALE else NoReport(detail)
    if status == 429:
        wait = headers.get("retry-after", "")
        return QueueFull(detail, int(wait) if wait.isdigit() else _OTHER_WAIT)
    if problem.type == _UNCHECKED:
        return EditUnchecked(FailureReason.SERVER_ERROR, detail)
    if status < 500:
        return BadInput(detail)
    return ConfigurationError(detail) if status == 500 else StoreError(detail)
