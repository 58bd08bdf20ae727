"""A person's word on a label. It is asked for once more before it is kept; no label is replaced."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request, Response

from agent.doors.api.access import JobId
from agent.doors.api.service import Served
from agent.doors.web.entering import Posting
from agent.doors.web.own import own_job, own_report
from agent.doors.web.pages import Page, page, to
from agent.doors.web.workspace import finding_of, open_workspace
from agent.models import Label

router = APIRouter(route_class=Page, include_in_schema=False)
Words = Annotated[str, Form(min_length=1, max_length=2000, pattern=r"\S")]


@router.post("/verifications/{verification_id}/claims/{number}/corrections")
async def correct(
    request: Request,
    verification_id: JobId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    looking: Posting,
    service: Served,
    label: Annotated[Label, Form()],
    reason: Words,
    who: Words,
    sure: Annotated[Literal["yes", "no"], Form()] = "no",
) -> Response:
    job = await own_job(verification_id, looking, service)
    report = await own_report(verification_id, looking, service)
    finding = finding_of(report, number)
    if sure == "yes":
        await asyncio.to_thread(service.reports.correct, job.id, finding.id, label, reason, who)
        return to(request, f"/verifications/{job.id}?claim={number}#evidence")
    space = await open_workspace(job, looking, service, number=number)
    draft = {"label": label, "reason": reason, "who": who}
    return page("correction.html.j2", looking, space=space, draft=draft)
