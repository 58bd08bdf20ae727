"""What is asked of an endpoint, and what comes back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from agent.errors import AnalystError
from agent.models import FailureReason, Usage

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A validated answer. `usage` is what this call cost: nothing when the answer was known already."""

    value: T
    usage: Usage


@dataclass(frozen=True)
class Vectors:
    """One row per text, in the order of the texts, all of one length."""

    rows: list[list[float]]
    usage: Usage


class UnusableAnswer(AnalystError):
    """The endpoint answered, was paid for it (`usage`), and the answer is of no use."""

    def __init__(self, reason: FailureReason, message: str, usage: Usage) -> None:
        super().__init__(reason, message)
        self.usage = usage
