"""Why a job, or something by the clock, failed: whether another try may help, and what is kept and told of it."""

from dbos import PortableWorkflowError
from dbos import error as dbos_errors

from agent import errors
from agent.errors import EmbedderMismatch, EndpointUnreachable, FetchFailed, IsnadError, StoreError

# What a step may end with. Anything else is a mistake of ours.
FORESEEN = (IsnadError, dbos_errors.DBOSMaxStepRetriesExceeded, PortableWorkflowError)


def is_passing(err: BaseException) -> bool:
    """Whether it may go away by itself."""
    if isinstance(err, StoreError):
        return not isinstance(err, EmbedderMismatch)
    return isinstance(err, EndpointUnreachable | FetchFailed)


def told_of(err: Exception) -> PortableWorkflowError:
    """An error as it is kept: its kind in one word, and its sentence."""
    if isinstance(err, dbos_errors.DBOSMaxStepRetriesExceeded):
        return told_of(err.errors[-1])
    if isinstance(err, PortableWorkflowError):
        # Read back from the database, where a step that had ended with it was kept under the error's name.
        kind = getattr(errors, err.name, IsnadError)
        return PortableWorkflowError(err.message, "JobFailed", _code(kind))
    return PortableWorkflowError(str(err), "JobFailed", _code(type(err)))


def fit_for_callers(problem: PortableWorkflowError) -> PortableWorkflowError:
    """What stores, settings and evaluations say of themselves names hosts, users and folders: it is for the log."""
    if problem.code not in ("store", "configuration", "evaluation", "internal"):
        return problem
    told = f"the service could not do it ({problem.code}); its log has the reason"
    return PortableWorkflowError(told, problem.name, problem.code)


def _code(kind: type[Exception]) -> str:
    """One word for a kind of error, for programs."""
    table: tuple[tuple[type[Exception], str], ...] = (
        (errors.FetchError, "fetch"),
        (errors.BadInput, "article"),
        (errors.ConfigurationError, "configuration"),
        (errors.StoreError, "store"),
        (errors.AnalystError, "endpoint"),
        (errors.EvaluationFailed, "evaluation"),
        (IsnadError, "run"),
    )
    return next((code for known, code in table if issubclass(kind, known)), "internal")
