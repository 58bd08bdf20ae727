"""What is asked of an endpoint, and what comes back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from agent.errors import AnalystError
from agent.models import FailureReason, Usage

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class ModelAnswer(Generic[T]):
    """A validated answer. `usage` is what this call cost: nothing when the answer was known already."""

    value: T
    usage: Usage


@dataclass(frozen=True)
class EndpointVectors:
    """One row per text, in the order of the texts, all of one length."""

    rows: list[list[float]]
    usage: Usage


def unusable(reason: FailureReason, message: str, usage: Usage) -> AnalystError:
    """The error for an answer that came, was paid for, and is of no use."""
    error = AnalystError(reason, message)
    error.usage = usage
    return error
