"""Which claims a report makes, as people edit them; what comes of an edit is checked again alone."""

from fastapi import APIRouter
from pydantic import Field

from agent.doors.api.access import Keyed, OwnJob, OwnJobToChange, Poster, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted import Posted
from agent.doors.api.problems import answers
from agent.doors.api.reports import RunId, Words
from agent.doors.api.shown import PATH
from agent.models import ClaimEdit, EditRequest, Frozen, Report

router = APIRouter(tags=["reports"], route_class=Keyed)
_FAULTS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)


class PostedEdit(Posted):
    """What is to become of some claims of a version of a report."""

    version: int = Field(
        ge=1, le=10**6, description="The one that the person has seen. Where there is another by now it is a 409."
    )
    who: Words | None = Field(None, description="The person who edits; by default the name of the key.")
    edit: EditRequest


class Edits(Frozen):
    edits: tuple[ClaimEdit, ...]


@router.post(
    PATH + "/{verification_id}/edits",
    status_code=201,
    responses=answers(*_FAULTS),
    summary="Edit the claims of a report",
)
async def edit_claims(posted: PostedEdit, job: OwnJobToChange, space: Working) -> Report:
    """Adds, rewords, splits, merges, sets aside or brings back claims: the new version of the report. What comes of
    it is checked again alone, and no other claim changes. Where that fails nothing does. The same edit of the same
    version a second time is the one that is there."""
    return await space.edit(job.id, posted.edit, who=posted.who, version=posted.version)


@router.get(
    PATH + "/{verification_id}/edits",
    responses=answers(401, 403, 404, 409, 422, 429, 503),
    summary="All edits of a report",
)
async def list_edits(job: OwnJob, space: Working) -> Edits:
    """First to last: by whom, when, and what the claims were before."""
    return Edits(edits=(await space.report(job.id)).edits)


@router.post(
    REPORTS + "/{run_id}/edits",
    status_code=201,
    responses=answers(*_FAULTS),
    summary="Edit the claims of any report",
)
async def edit_report(run_id: RunId, posted: PostedEdit, _: Poster, space: Working) -> Report:
    """As for a verification; those of the command line too."""
    return await space.edit(run_id, posted.edit, who=posted.who, version=posted.version)
