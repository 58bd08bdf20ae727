"""Why a job, or something by the clock, failed: whether another try may help, and what is kept and told of it."""

from dbos import PortableWorkflowError
from dbos import error as dbos_errors

from agent import errors
from agent.errors import EmbedderMismatch, EndpointUnreachable, FetchFailed, FetchReason, IsnadError, StoreError
from agent.service.faults import fault_called, fault_of

# What endpoints say of themselves is told: whoever posted an article wants to know why it has no report.
_WITH_MESSAGE = ("endpoint", "run")
# A name that nobody has and a page that nobody may see stay so.
_AWAY = (FetchReason.UNREACHABLE, FetchReason.TIMEOUT, FetchReason.RATE_LIMITED)
_BUSY = (408, 425, 429, 500, 502, 503, 504)
# What a step may end with. Anything else is a mistake of ours.
FORESEEN = (IsnadError, dbos_errors.DBOSMaxStepRetriesExceeded, PortableWorkflowError)


def is_passing(err: BaseException) -> bool:
    """Whether it may go away by itself."""
    if isinstance(err, StoreError):
        return not isinstance(err, EmbedderMismatch)
    if isinstance(err, FetchFailed):
        return err.status in _BUSY if err.reason is FetchReason.STATUS else err.reason in _AWAY
    return isinstance(err, EndpointUnreachable)


def portable_error(err: Exception) -> PortableWorkflowError:
    """An error as it is kept: its kind in one word, and its sentence."""
    if isinstance(err, dbos_errors.DBOSMaxStepRetriesExceeded):
        return portable_error(err.errors[-1])
    if isinstance(err, PortableWorkflowError):
        # Read back from the database, where a step that had ended with it was kept under the error's name.
        kind = getattr(errors, err.name, IsnadError)
        return PortableWorkflowError(err.message, "JobFailed", fault_of(kind).code)
    return PortableWorkflowError(str(err), "JobFailed", fault_of(type(err)).code)


def fit_for_callers(problem: PortableWorkflowError) -> PortableWorkflowError:
    """What stores, settings and evaluations say of themselves names hosts, users and folders: it is for the log."""
    if problem.code in _WITH_MESSAGE or not fault_called(str(problem.code)).is_private:
        return problem
    text = f"the service could not do it ({problem.code}); its log has the reason"
    return PortableWorkflowError(text, problem.name, problem.code)
