"""A person's word on a label. It is asked for once more before it is kept; no label is replaced."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request, Response

from agent.doors.api.access import JobId
from agent.doors.api.service import Served
from agent.doors.web.entering import Posting, Working
from agent.doors.web.fields import Reason
from agent.doors.web.pages import PageRoute, page, to
from agent.doors.web.report_page import finding_of, open_report_page
from agent.models import Label

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.post("/verifications/{verification_id}/claims/{number}/corrections")
async def correct(
    request: Request,
    verification_id: JobId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    looking: Posting,
    space: Working,
    service: Served,
    label: Annotated[Label, Form()],
    reason: Reason,
    who: Reason,
    sure: Annotated[Literal["yes", "no"], Form()] = "no",
) -> Response:
    job = await space.job(verification_id)
    finding = finding_of(await space.report(job.id), number)
    if sure == "yes":
        await space.correct(job.id, finding.id, label, reason, who=who)
        return to(request, f"/verifications/{job.id}?claim={number}#evidence")
    shown = await open_report_page(job, looking, service, number=number)
    draft = {"label": label, "reason": reason, "who": who}
    return page("correction.html.j2", looking, space=shown, draft=draft)
