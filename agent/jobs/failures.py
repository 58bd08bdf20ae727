"""Why a job or a scheduled task failed: whether another try may help, and what is kept and shown of it."""

from dbos import PortableWorkflowError
from dbos import error as dbos_errors

from agent import errors
from agent.errors import EmbedderMismatch, EndpointUnreachable, FetchFailed, FetchReason, IsnadError, StoreError
from agent.faults import fault_called, fault_of

# What endpoints say of themselves is told: whoever posted an article wants to know why it has no report.
_WITH_MESSAGE = ("endpoint", "run")
# A host that does not exist and a page that is forbidden stay so: another try does not help.
_AWAY = (FetchReason.UNREACHABLE, FetchReason.TIMEOUT, FetchReason.RATE_LIMITED)
_BUSY = (408, 425, 429, 500, 502, 503, 504)
# What a step may end with. Anything else is a mistake of ours.
FORESEEN = (IsnadError, dbos_errors.DBOSMaxStepRetriesExceeded, PortableWorkflowError)


def is_foreseen(err: BaseException) -> bool:
    return isinstance(err, FORESEEN)


def ends_the_job(err: Exception) -> bool:
    """Whether an error ends the job. False for the ways in which the engine itself breaks off: the job goes on
    elsewhere."""
    return is_foreseen(err) or not (isinstance(err, dbos_errors.DBOSException) or is_after_shutdown(err))


def is_after_shutdown(err: BaseException | None) -> bool:
    """Whether an error is how work ends when the engine stops. It is not logged, and the next start goes on with the
    job."""
    return isinstance(err, RuntimeError) and "after shutdown" in str(err)


def is_passing(err: BaseException) -> bool:
    """Whether an error may go away by itself."""
    if isinstance(err, StoreError):
        return not isinstance(err, EmbedderMismatch)
    if isinstance(err, FetchFailed):
        return err.status in _BUSY if err.reason is FetchReason.STATUS else err.reason in _AWAY
    return isinstance(err, EndpointUnreachable)


def portable_error(err: Exception) -> PortableWorkflowError:
    """An error in the form in which it is kept: a code and a sentence."""
    if isinstance(err, dbos_errors.DBOSMaxStepRetriesExceeded):
        return portable_error(err.errors[-1])
    if isinstance(err, PortableWorkflowError):
        # Read back from the database, where a step that had ended with it was kept under the error's name.
        kind = getattr(errors, err.name, Exception)
        return PortableWorkflowError(err.message, "JobFailed", fault_of(kind).code)
    return PortableWorkflowError(str(err), "JobFailed", fault_of(type(err)).code)


def fit_for_callers(problem: PortableWorkflowError) -> PortableWorkflowError:
    """The error as a caller may see it. What stores, settings and evaluations say names hosts, users and folders, and
    is for the log."""
    if problem.code in _WITH_MESSAGE or not fault_called(str(problem.code)).is_private:
        return problem
    text = f"the service could not do it ({problem.code}); its log has the reason"
    return PortableWorkflowError(text, problem.name, problem.code)
