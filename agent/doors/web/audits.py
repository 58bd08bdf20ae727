"""The page that checks a report again."""

from fastapi import APIRouter, Response

from agent.doors.api.access import JobId
from agent.doors.render.audit import fault, lines, named, state, values, verdict
from agent.doors.web.entering import Reading, Working
from agent.doors.web.pages import PageRoute, page
from agent.service.compared import audit_with_store

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/verifications/{verification_id}/audit")
async def show_audit(verification_id: JobId, looking: Reading, space: Working) -> Response:
    job = await space.job(verification_id)
    report = await space.report(job.id)
    result = await audit_with_store(report, space)
    return page(
        "audit.html.j2",
        looking,
        report=report,
        told=result,
        lines=lines(result, looking.words),
        verdict=verdict(result, looking.words),
        place=f"/verifications/{job.id}",
        fault=fault,
        values=values,
        state=state,
        named=named,
    )
