"""What an error is called where it is told: one table for the command line, the API, the jobs, the chat and MCP."""

from typing import NamedTuple

from agent import errors
from agent.errors import IsnadError
from agent.messages.catalogue import ENGLISH, sections, spoken_for

USAGE, CONFIGURATION, UNREACHABLE = 2, 4, 5


class ErrorRule(NamedTuple):
    """`code` is one word for a program, `status` is HTTP's, `exit_code` the command line's.

    `kind` tells apart the problems that have one status. `is_private`: what the error says of itself names hosts,
    users and folders, and is for the log and for whoever sits at the machine. `retry_after`, in seconds, is told
    where the error knows no better.
    """

    code: str
    status: int
    exit_code: int
    kind: str | None = None
    is_private: bool = False
    retry_after: int | None = None


_OTHERWISE = ErrorRule("internal", 500, 1, is_private=True)
_SETUP = ErrorRule("configuration", 500, CONFIGURATION, is_private=True)
_STORE = ErrorRule("store", 503, UNREACHABLE, is_private=True, retry_after=5)
_ENDPOINT = ErrorRule("endpoint", 503, UNREACHABLE, is_private=True, retry_after=5)
# The first line that fits.
_TABLE: tuple[tuple[type[IsnadError], ErrorRule], ...] = (
    (errors.QueueFull, ErrorRule("queue", 429, UNREACHABLE, "queue-full")),
    (errors.TokensSpent, ErrorRule("endpoint", 429, UNREACHABLE, "token-budget")),
    (errors.EditUnchecked, _ENDPOINT._replace(code="edit", kind="edit-unchecked")),
    (errors.TooManyFollow, ErrorRule("queue", 429, UNREACHABLE, "streams")),
    (errors.NotAllowed, ErrorRule("key", 403, CONFIGURATION, "scope")),
    (errors.NotFound, ErrorRule("run", 404, USAGE)),
    (errors.StaleVersion, ErrorRule("run", 409, USAGE, "stale-version")),
    (errors.NoReport, ErrorRule("run", 409, USAGE)),
    (errors.KeyReused, ErrorRule("run", 422, USAGE, "idempotency-key")),
    (errors.FetchError, ErrorRule("fetch", 422, USAGE)),
    (errors.EditRefused, ErrorRule("article", 422, USAGE, "edit")),
    (errors.BadInput, ErrorRule("article", 422, USAGE)),
    (errors.NoSource, ErrorRule("sources", 422, CONFIGURATION, "no-source")),
    (errors.EmbedderMismatch, _STORE._replace(code="configuration", exit_code=CONFIGURATION)),
    (errors.ConfigurationError, _SETUP),
    (errors.StoreError, _STORE),
    (errors.EndpointRejected, _ENDPOINT._replace(status=500, exit_code=CONFIGURATION, retry_after=None)),
    (errors.AnalystError, _ENDPOINT),
    (errors.EvaluationFailed, ErrorRule("evaluation", 500, 1, is_private=True)),
    (IsnadError, ErrorRule("run", 500, 1, is_private=True)),
)
# For failures of which only the code is known, as at the end of a run: the widest type with that code.
_BY_CODE = {fault.code: fault for _, fault in _TABLE} | {_OTHERWISE.code: _OTHERWISE}


def fault_of(kind: type[BaseException]) -> ErrorRule:
    """How errors of this type are told; what was not foreseen is `internal`."""
    return next((fault for known, fault in _TABLE if issubclass(kind, known)), _OTHERWISE)


def fault_called(code: str) -> ErrorRule:
    """How that is told which has this code."""
    return _BY_CODE.get(code, _OTHERWISE)


def exit_code(err: BaseException) -> int:
    fault = fault_called(err.code) if isinstance(err, errors.RunFailed) else fault_of(type(err))
    return fault.exit_code


def code_of(err: BaseException) -> str:
    """The word for a program. A run that failed brings its own."""
    return err.code if isinstance(err, errors.RunFailed) else fault_of(type(err)).code


def public_sentence(code: str, language: str = ENGLISH) -> str:
    """What strangers are told of a private fault, in their language where there are words for it."""
    value = sections(spoken_for(language))["faults"]
    return value.get(code, value["internal"])


def sentence_of(err: IsnadError, language: str = ENGLISH) -> str:
    """What a caller of the service is told of an error: its own words, unless they are private."""
    fault = fault_of(type(err))
    if isinstance(err, errors.RunFailed) or not fault.is_private:
        return str(err)
    return public_sentence(fault.code, language)
