"""How DBOS sees a job, and how we do."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Self

from dbos import PortableWorkflowError, WorkflowSchedule, WorkflowStatus
from pydantic import Field

from agent.coverage.intake.headed import below_dated
from agent.jobs.crons import next_after
from agent.jobs.records import BlockSegment, ClockRun, Job, JobProblem, JobRequest, JobState, Outcome, Timed
from agent.models import Frozen
from agent.text.headline import listed_by

_STATES = {
    "ENQUEUED": JobState.QUEUED,
    "DELAYED": JobState.QUEUED,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.SUCCEEDED,
    "ERROR": JobState.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobState.FAILED,
    "CANCELLED": JobState.CANCELLED,
}
_SUMMARY = "card"
_GIVEN_UP = JobProblem(
    code="given_up", message="every process that began this died of something; it is not begun again"
)


class JobSummary(Frozen):
    """What is kept beside a job so that a listing needs no article."""

    fingerprint: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    callback_url: str | None = None
    pieces: tuple[BlockSegment, ...] = Field(())

    @classmethod
    def of(cls, request: JobRequest) -> Self:
        article = request.article
        return cls(
            fingerprint=request.fingerprint,
            title=(article.title or listed_by(below_dated(article.text))) if article else request.about.title,
            outlet=article.outlet if article else request.about.outlet,
            url=article.url if article else request.url,
            callback_url=request.callback_url,
            pieces=request.pieces,
        )

    @classmethod
    def read(cls, attributes: Mapping[str, object] | None) -> Self:
        return cls.model_validate_json(str((attributes or {}).get(_SUMMARY)))

    @property
    def attributes(self) -> dict[str, str]:
        """As the engine keeps it: one text, for there are characters that PostgreSQL has in a text of JSON alone."""
        return {_SUMMARY: self.model_dump_json()}


def statuses_of(*states: JobState) -> Iterator[str]:
    """The names that DBOS has for these states."""
    return (status for status, state in _STATES.items() if state in states)


def queued(job_id: str, summary: JobSummary, owner: str) -> Job:
    """A job as it stands when it has just been accepted."""
    return Job(
        id=job_id,
        state=JobState.QUEUED,
        owner=owner,
        fingerprint=summary.fingerprint,
        title=summary.title,
        outlet=summary.outlet,
        url=summary.url,
        callback_url=summary.callback_url,
        pieces=summary.pieces,
        created_at=datetime.now(UTC),
    )


def job_of(status: WorkflowStatus) -> Job:
    summary = JobSummary.read(status.attributes)
    outcome = Outcome.model_validate_json(status.output) if status.status == "SUCCESS" and status.output else None
    state = _STATES[status.status]
    return Job(
        id=status.workflow_id,
        state=state,
        owner=status.authenticated_user or "",
        fingerprint=summary.fingerprint,
        title=(outcome and outcome.title) or summary.title,
        outlet=(outcome and outcome.outlet) or summary.outlet,
        url=(outcome and outcome.url) or summary.url,
        callback_url=summary.callback_url,
        pieces=summary.pieces,
        created_at=_moment(status.created_at) or datetime.fromtimestamp(0, UTC),
        started_at=_moment(status.dequeued_at),
        ended_at=_moment(status.completed_at) if state.ended else None,
        outcome=outcome,
        problem=_problem(status) if state is JobState.FAILED else None,
    )


def run_of(status: WorkflowStatus) -> ClockRun:
    """Of one that has ended."""
    state = _STATES[status.status]
    return ClockRun(
        state=state,
        began_at=_moment(status.dequeued_at),
        ended_at=_moment(status.completed_at) or datetime.fromtimestamp(0, UTC),
        problem=_problem(status) if state is JobState.FAILED else None,
    )


def timed_of(schedule: WorkflowSchedule, running: WorkflowStatus | None, ended: WorkflowStatus | None) -> Timed:
    last = schedule["last_fired_at"]
    return Timed(
        name=schedule["schedule_name"],
        cron=schedule["schedule"],
        last_at=datetime.fromisoformat(last) if last else None,
        next_at=next_after(schedule["schedule"], datetime.now(UTC)),
        running_since=_moment(running.dequeued_at) if running else None,
        last_run=run_of(ended) if ended else None,
    )


def _problem(status: WorkflowStatus) -> JobProblem:
    if status.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        return _GIVEN_UP
    if isinstance(status.error, PortableWorkflowError) and isinstance(status.error.code, str):
        return JobProblem(code=status.error.code, message=status.error.message)
    # Not one of our errors: what it says may hold anything.
    return JobProblem(code="internal", message="the job failed for a reason that was not foreseen; the log has it")


def _moment(milliseconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds is not None else None
