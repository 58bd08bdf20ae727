"""A job as it is asked for, as it stands, and as it ends. Frozen, no I/O."""

from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from agent.article import About
from agent.gather.options import GatherOptions
from agent.models import Article, Counts, Frozen, Report, digest


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self not in (JobState.QUEUED, JobState.RUNNING)


class Limits(Frozen):
    """What one run may take; never more than the settings of the server allow."""

    max_claims: int | None = Field(None, gt=0)
    max_tokens: int | None = Field(None, gt=0)


class BlockSegment(Frozen):
    """A stretch of the article's text and where it comes from: character `at` stands at `within` of `block`."""

    block: str
    at: int
    within: int
    length: int


class JobRequest(Frozen):
    """Something to verify: an article that is at hand, or the address of one that is not fetched yet. With `gather`,
    coverage of it is looked for before."""

    article: Article | None = None
    url: str | None = None
    about: About = About()
    pieces: tuple[BlockSegment, ...] = ()
    limits: Limits = Limits()
    callback_url: str | None = None
    gather: GatherOptions | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.article is None) == (self.url is None):
            raise ValueError("a job has either an article or the address of one")
        return self

    @property
    def fingerprint(self) -> str:
        """The same for the same request, however it was written down."""
        # What does not gather is the same request as before there was such a thing.
        return digest(self.model_dump_json(exclude=None if self.gather else {"gather"}))


class Task(Frozen):
    """A job as it comes to whoever does it."""

    job_id: str
    owner: str
    request: JobRequest


class Outcome(Frozen):
    """What a finished run came to, without its claims."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str
    complete: bool
    counts: Counts
    tokens: int

    @classmethod
    def of(cls, report: Report) -> Self:
        article = report.article
        return cls(
            title=article.title,
            url=article.url,
            outlet=article.outlet,
            language=article.language,
            complete=report.complete,
            counts=report.counts,
            tokens=report.usage.tokens,
        )


class JobProblem(Frozen):
    """Why a job has no report. `code` is one word for a program, `message` a sentence for a person."""

    code: str
    message: str


class Job(Frozen):
    """A job as it stands. `owner` is who asked for it; `pieces` are those of its request."""

    id: str
    state: JobState
    owner: str
    fingerprint: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    callback_url: str | None = None
    pieces: tuple[BlockSegment, ...] = ()
    created_at: AwareDatetime
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    outcome: Outcome | None = None
    problem: JobProblem | None = None


class ClockRun(Frozen):
    """Something that was done by the clock, and has ended. `problem` says why one has failed."""

    state: JobState
    began_at: AwareDatetime | None = None
    ended_at: AwareDatetime
    problem: JobProblem | None = None


class Timed(Frozen):
    """Something that is done by the clock, with the last time it was due (None before the first) and the next.

    `last_run` is the last that has ended: a time that came while the one before was under way is left out.
    """

    name: str
    cron: str
    last_at: AwareDatetime | None = None
    next_at: AwareDatetime
    running_since: AwareDatetime | None = None
    last_run: ClockRun | None = None


class JobEvent(Frozen):
    """One event of a run as JSON. Numbers begin at 1 and leave out none: who has seen 7 asks for what is after 7."""

    number: int
    type: str
    data: str
