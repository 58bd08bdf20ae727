"""Reading a report: the article with its claims, the evidence of one of them, and the report as a file."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from agent.doors.api.access import JobId
from agent.doors.api.reports import FORMS, Ending
from agent.doors.api.service import Served
from agent.doors.render import render
from agent.doors.web.entering import Reading
from agent.doors.web.own import own_job, own_report
from agent.doors.web.pages import Page, page
from agent.doors.web.workspace import open_workspace

router = APIRouter(route_class=Page, include_in_schema=False)
Number = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/verifications/{verification_id}")
async def read(
    request: Request, verification_id: JobId, looking: Reading, service: Served, claim: Number = None
) -> Response:
    """The whole page, or only what belongs to the chosen claim when the script asks for that."""
    job = await own_job(verification_id, looking, service)
    whole = request.headers.get("hx-target") != "evidence"
    space = await open_workspace(job, looking, service, number=claim, with_chat=whole)
    return page("workspace.html.j2" if whole else "evidence.part.html.j2", looking, space=space)


@router.get("/verifications/{verification_id}/report.{form}")
async def export(form: Ending, verification_id: JobId, looking: Reading, service: Served) -> Response:
    """A file to take away."""
    report = await own_report(verification_id, looking, service)
    rendering, media_type = FORMS[form]
    body = await asyncio.to_thread(render, report, rendering)
    named = f'attachment; filename="isnad-{report.run_id[:8]}.{form}"'
    return Response(body, media_type=media_type, headers={"Content-Disposition": named})
