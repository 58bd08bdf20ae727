"""The routes that check a report again, from itself alone or beside the store."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from agent.doors.api.access import Admin, Keyed, OwnJob, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.problems import answers
from agent.doors.api.reports import RunId, Version
from agent.doors.api.shown import PATH
from agent.service.compared import audit_with_store
from agent.service.workspace import Workspace
from agent.verify.auditing import Audit, audit

router = APIRouter(tags=["reports"], route_class=Keyed)
WithStore = Annotated[
    bool, Query(description="Also tell which of its documents have changed in the store since, or are gone.")
]


@router.get(
    PATH + "/{verification_id}/audit",
    responses=answers(401, 403, 404, 409, 422, 429, 503),
    summary="Check a report again",
)
async def get_audit(job: OwnJob, space: Working, version: Version = None, store: WithStore = True) -> Audit:
    """Without a model: every offset, quote, origin, count, label and hash. What does not hold is named with its
    place in the JSON."""
    return await _audited(space, job.id, version, with_store=store)


@router.get(
    REPORTS + "/{run_id}/audit",
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="Check any report again",
)
async def get_any_audit(
    run_id: RunId, _: Admin, space: Working, version: Version = None, store: WithStore = True
) -> Audit:
    """For whoever may see everything."""
    return await _audited(space, run_id, version, with_store=store)


async def _audited(space: Workspace, run_id: str, version: int | None, *, with_store: bool) -> Audit:
    report = await space.report(run_id, version)
    return await audit_with_store(report, space) if with_store else await asyncio.to_thread(audit, report)
