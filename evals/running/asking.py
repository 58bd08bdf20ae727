"""Asking inside Inspect: what was said, or why nothing was, with what it took, kept as the sample's output."""

import time
from collections.abc import Awaitable
from typing import Generic, TypeVar

from inspect_ai.model import ModelOutput
from inspect_ai.solver import TaskState
from pydantic import BaseModel, ConfigDict

from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable, StoreError
from agent.models import Failure, Usage
from evals.running.items import Spent

T = TypeVar("T", bound=BaseModel)


class Said(BaseModel, Generic[T]):
    """The answer of one sample. Without a `said` there is a `failure`, named by its reason."""

    model_config = ConfigDict(frozen=True)

    said: T | None = None
    failure: str | None = None
    message: str = ""
    spent: Spent = Spent()


async def ask(state: TaskState, work: Awaitable[tuple[T, Usage]]) -> TaskState:
    """The state with the answer as its output.

    What fails for one sample is kept as its failure. An endpoint that refuses or cannot be reached fails all: it is
    raised, so that the suite ends as an error and can be resumed.
    """
    began = time.perf_counter()
    answer: Said[T]
    try:
        said, usage = await work
        answer = Said(said=said, spent=_spent(began, usage))
    except (EndpointRejected, EndpointUnreachable):
        raise
    except AnalystError as err:
        answer = Said(failure=err.reason, message=str(err), spent=_spent(began, err.usage or Usage()))
    except StoreError as err:
        answer = Said(failure="store", message=str(err), spent=_spent(began, Usage()))
    state.output = ModelOutput.from_content("isnad", answer.model_dump_json())
    return state


def answer_of(state: TaskState, kind: type[T]) -> Said[T]:
    """The answer that `ask` kept, also when an old log is scored anew."""
    return Said[kind].model_validate_json(state.output.completion)  # type: ignore[valid-type]  # a type at run time


def reason(failure: Failure | None) -> str:
    return f"{failure.step}: {failure.reason}" if failure else "no answer"


def _spent(began: float, usage: Usage) -> Spent:
    return Spent(seconds=time.perf_counter() - began, usage=usage)
