"""Reading a report: the article with its claims, the evidence of one of them, and the report as a file."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from agent.doors.api.access import JobId
from agent.doors.api.reports import FORMS, ReportFormat
from agent.doors.api.service import Served
from agent.doors.render import render
from agent.doors.web.entering import Reading, Working
from agent.doors.web.pages import PageRoute, page
from agent.doors.web.report_page import open_report_page
from agent.service.corrected import corrected_report

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Number = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/verifications/{verification_id}")
async def read(
    request: Request,
    verification_id: JobId,
    looking: Reading,
    space: Working,
    service: Served,
    claim: Number = None,
    show: Literal["contested", "corroborated", "unsourced", "failed"] | None = None,
) -> Response:
    """The whole page, or only what belongs to the chosen claim when the script asks for that."""
    job = await space.job(verification_id)
    whole = request.headers.get("hx-target") != "evidence"
    shown = await open_report_page(job, looking, service, number=claim, shown=show, with_chat=whole)
    return page("workspace.html.j2" if whole else "evidence.part.html.j2", looking, space=shown)


@router.get("/verifications/{verification_id}/report.{form}")
async def export(
    form: ReportFormat, verification_id: JobId, _: Reading, space: Working, version: Number = None
) -> Response:
    """A file to take away: the latest version when none is named."""
    report = await corrected_report(space, verification_id, version)
    rendering, media_type = FORMS[form]
    body = await asyncio.to_thread(render, report, rendering)
    named = f'attachment; filename="isnad-{report.run_id[:8]}.{form}"'
    return Response(body, media_type=media_type, headers={"Content-Disposition": named})
