"""A verification as the API shows it."""

import base64
import json
from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, StringConstraints

from agent.doors.api.editor_blocks import BlockSpans
from agent.doors.api.problems import ProblemResponse
from agent.jobs import Job, JobProblem, JobState
from agent.models import Counts, Frozen, Report
from agent.storage.reports import Version

PATH = "/v1/verifications"
_REPORT_FORMS = ("json", "html", "md", "jsonld")


class Links(Frozen):
    self_: str = Field(alias="self", examples=[f"{PATH}/9df5dd95902d565621da980a82f0b22f"])
    events: str
    reports: dict[str, str] = Field(description="By form; there once the verification has succeeded.")


class Result(Frozen):
    """What came out, in numbers. `complete`: every part was read and every claim was checked. `counts` and `version`
    are those of the report as it is now; in a list those of version 1."""

    complete: bool
    version: int = 1
    counts: Counts
    language: str
    tokens: int


class Verification(Frozen):
    """One verification as it stands."""

    id: str = Field(examples=["9df5dd95902d565621da980a82f0b22f"])
    state: JobState
    title: str | None = None
    url: str | None = None
    created_at: AwareDatetime
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    result: Result | None = Field(None, description="Once it has succeeded.")
    failure: JobProblem | None = Field(None, description="Why there is no report, once it has failed.")
    links: Links
    blocks: tuple[BlockSpans, ...] | None = Field(
        None, description="Where claims stand, by block, when the article came as blocks and has been verified."
    )
    report: Report | None = Field(None, description="Only in the answer to a request that waited for it.")

    @classmethod
    def of(
        cls,
        job: Job,
        *,
        latest: Version | None = None,
        blocks: tuple[BlockSpans, ...] | None = None,
        report: Report | None = None,
    ) -> Self:
        return cls(
            id=job.id,
            state=job.state,
            title=job.title,
            url=job.url,
            # To the second, which is all that every database keeps: the same in every answer.
            created_at=job.created_at.replace(microsecond=0),
            started_at=job.started_at,
            ended_at=job.ended_at,
            result=_result(job, latest),
            failure=job.problem,
            links=_links(job),
            blocks=blocks,
            report=report,
        )


def _result(job: Job, latest: Version | None) -> Result | None:
    done = job.outcome
    if done is None:
        return None
    result = Result(complete=done.complete, counts=done.counts, language=done.language, tokens=done.tokens)
    return result.model_copy(update={"version": latest.version, "counts": latest.counts}) if latest else result


class VerificationPage(Frozen):
    """Some verifications, the newest first. `next_cursor` leads to older ones; null at the end."""

    verifications: tuple[Verification, ...]
    next_cursor: str | None = None


class Cursor(Frozen):
    """A place in a listing. Verifications that come later do not move it."""

    before: AwareDatetime
    seen: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")], ...] = Field((), max_length=1000)

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None, now: datetime) -> Self:
        """The beginning where nothing is told; raises `ProblemResponse`."""
        if text is None:
            return cls(before=now)
        try:
            return cls.model_validate(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
        except (ValueError, RecursionError) as err:
            raise ProblemResponse(422, "this cursor is none that was given out") from err

    def after(self, jobs: tuple[Job, ...]) -> Self:
        """The place behind these. Several jobs may have come at the very same moment, so the moment is not enough."""
        last = jobs[-1].created_at
        seen = tuple(job.id[:8] for job in jobs if job.created_at == last)
        return type(self)(before=last, seen=seen if last != self.before else (*self.seen, *seen))


def _links(job: Job) -> Links:
    path = f"{PATH}/{job.id}"
    done = job.state is JobState.SUCCEEDED
    reports = {form: f"{path}/report.{form}" for form in _REPORT_FORMS} if done else {}
    return Links(self_=path, events=f"{path}/events", reports=reports)
