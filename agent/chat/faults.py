"""What went wrong in a turn, in one word for a program and a sentence for a person."""

from agent.chat.records import TurnFailed
from agent.errors import (
    AnalystError,
    BadInput,
    ConfigurationError,
    EmbedderMismatch,
    FetchError,
    IsnadError,
    StoreError,
)

_CODES: tuple[tuple[tuple[type[IsnadError], ...], str], ...] = (
    ((FetchError,), "fetch"),
    ((BadInput,), "article"),
    ((ConfigurationError, EmbedderMismatch), "configuration"),
    ((StoreError,), "store"),
    ((AnalystError,), "endpoint"),
)


class RunFailed(IsnadError):
    """A verification ended without a report. `code` is one word for a program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def failure_of(err: IsnadError) -> TurnFailed:
    """The one table of error types and codes; what stands in none of its lines is told of the run."""
    if isinstance(err, RunFailed):
        return TurnFailed(code=err.code, message=str(err))
    code = next((code for kinds, code in _CODES if isinstance(err, kinds)), "run")
    return TurnFailed(code=code, message=str(err))
