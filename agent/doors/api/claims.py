"""Checking one statement."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints, ValidationError

from agent.article import About, make_article
from agent.doors.api.access import Keyed, Poster, Working
from agent.doors.api.posted import Posted
from agent.doors.api.problems import Answers, answers
from agent.doors.api.shown import PATH, Verification
from agent.doors.api.verifications import invalid
from agent.jobs import JobRequest, JobState
from agent.models import Finding, Frozen

router = APIRouter(tags=["claims"], route_class=Keyed)
_PATIENCE_SECONDS = 30.0


class Statement(Posted):
    """One statement, and what is known of when and where it was made."""

    statement: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"[^\W\d_]")] = Field(
        examples=["The old bridge was shut on Monday, the mayor said."]
    )
    published_at: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = Field(
        None, examples=["2026-03-16"], description="Decides what came before it."
    )
    language: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = Field(None, examples=["en"])
    outlet: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class Checked(Frozen):
    """What was found of the claims in a statement: usually it makes one. Kept as a verification like any other."""

    verification: Verification
    claims: tuple[Finding, ...] = ()


_LATER: Answers = {202: {"description": "It takes over 30 s, or too many wait; see `Location`.", "model": Checked}}


@router.post(
    "/v1/claims/check",
    responses=_LATER | answers(400, 401, 403, 413, 415, 422, 429, 503),
    summary="Check one statement",
)
async def check_claim(posted: Statement, _: Poster, space: Working, response: Response) -> Checked:
    """Answers with what was found, within half a minute as a rule."""
    try:
        about = About.model_validate(posted.model_dump(exclude={"statement"}))
    except ValidationError as err:
        raise invalid(err) from err
    article = make_article(posted.statement, "statement", about, space.max_article_chars)
    job = await space.post(JobRequest(article=article))
    response.headers["Location"] = f"{PATH}/{job.id}"
    job = await space.waited(job, _PATIENCE_SECONDS) or job
    if not job.state.ended:
        response.status_code = 202
        response.headers["Retry-After"] = "2"
    if job.state is not JobState.SUCCEEDED:
        return Checked(verification=Verification.of(job))
    report = await space.report(job.id)
    return Checked(verification=Verification.of(job), claims=report.claims)
