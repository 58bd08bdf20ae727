"""Reports of any origin, those of the command line too: which there are, what became of them, and people's words."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field, StringConstraints

from agent.doors.api.access import Keyed, Poster, Reader, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted import Posted
from agent.doors.api.problems import answers
from agent.doors.api.reports import CorrectionRequest, RunId
from agent.models import Frozen, Report
from agent.service.workspace import History
from agent.storage.reports import Correction, Version

router = APIRouter(tags=["reports"], route_class=Keyed)


class ListedReports(Frozen):
    """The latest version of every report, without its claims; the run that ended last in front."""

    reports: tuple[Version, ...]


class VersionedCorrection(CorrectionRequest):
    """What a reviewer says a claim should be labelled, and in which version."""

    version: int | None = Field(None, ge=1, le=10**6, description="The latest when not given.")


@router.get(
    REPORTS,
    responses=answers(401, 403, 422, 429, 503),
    summary="List reports",
)
async def list_reports(
    _: Reader, space: Working, limit: Annotated[int | None, Query(ge=1, le=100_000)] = None
) -> ListedReports:
    """One's own; with the scope `admin` all of them, those of the command line too."""
    return ListedReports(reports=await space.reports(limit))


@router.get(
    REPORTS + "/{run_id}/history",
    responses=answers(401, 403, 404, 409, 422, 429, 503),
    summary="What became of a report",
)
async def get_history(run_id: RunId, _: Reader, space: Working) -> History:
    """Its versions, what later coverage changed between them, and what people corrected."""
    return await space.history(run_id)


class Recheck(Posted):
    """Of which claims it is to be told when they could not be judged."""

    claims: tuple[Annotated[str, StringConstraints(max_length=20)], ...] = Field((), max_length=10_000)


@router.post(
    REPORTS + "/{run_id}/recheck",
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    summary="Judge a report anew",
)
async def recheck_report(run_id: RunId, posted: Recheck, _: Poster, space: Working) -> Report:
    """Against the coverage as it is now: its newest version, which is the one from before where nothing changed."""
    return await space.recheck(run_id, posted.claims)


@router.post(
    REPORTS + "/{run_id}/claims/{claim_id}/corrections",
    status_code=201,
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    summary="Correct a label of any report",
)
async def correct_report(
    run_id: RunId,
    claim_id: Annotated[str, Path(max_length=100, examples=["c1"])],
    posted: VersionedCorrection,
    _: Poster,
    space: Working,
) -> Correction:
    """Keeps a person's word beside the label that was given. The same word a second time is the one that is there."""
    return await space.correct(run_id, claim_id, posted.label, posted.reason, who=posted.who, version=posted.version)
