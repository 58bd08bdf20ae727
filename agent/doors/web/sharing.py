"""A report by a link that needs no key: made and revoked beside the report, read by whoever has it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import HTMLResponse

from agent.doors.api.access import JobId
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, public_address
from agent.doors.render.html import render_html
from agent.doors.web.entering import Posting, Working
from agent.doors.web.pages import OpenPageRoute, PageRoute, page, to
from agent.doors.web.shares import LONGEST_DAYS, ReportShare
from agent.errors import NotFound
from agent.service.corrected import with_corrections

router = APIRouter(route_class=PageRoute, include_in_schema=False)
open_router = APIRouter(route_class=OpenPageRoute, include_in_schema=False)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@router.get("/verifications/{verification_id}/shares")
async def show_shares(
    request: Request, verification_id: JobId, looking: Posting, space: Working, service: Served
) -> Response:
    job = await space.job(verification_id)
    shares = await asyncio.to_thread(service.shares.open_of, job.id)
    base = public_address(service.settings, request)
    return page("shares.html.j2", looking, job=job, shares=shares, base=base)


@router.post("/verifications/{verification_id}/shares")
async def make_share(
    request: Request,
    verification_id: JobId,
    looking: Posting,
    space: Working,
    service: Served,
    days: Annotated[int, Form(ge=1, le=LONGEST_DAYS)] = 7,
) -> Response:
    job = await space.job(verification_id)
    await space.report(job.id)
    await asyncio.to_thread(service.shares.begin, job.id, days, looking.caller.name)
    return to(request, f"/verifications/{job.id}/shares")


@router.post("/verifications/{verification_id}/shares/{share_id}/revoke")
async def revoke_share(
    request: Request,
    verification_id: JobId,
    share_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    _: Posting,
    space: Working,
    service: Served,
) -> Response:
    job = await space.job(verification_id)
    await asyncio.to_thread(service.shares.revoke, job.id, share_id)
    return to(request, f"/verifications/{job.id}/shares")


@open_router.get("/shared/{token}")
async def read_shared(token: Annotated[str, Path(max_length=200)], service: Served) -> Response:
    """The report as it is now, with people's corrections: a page without script, cookie or way to anything else."""
    share = await asyncio.to_thread(service.shares.read, token)
    if share is None:
        raise ProblemResponse(404, "this link leads nowhere: it was revoked, or its time is over", kind="share")
    try:
        shown = await asyncio.to_thread(_rendered, service, share)
    except NotFound as err:
        raise ProblemResponse(404, "the report of this link was deleted", kind="share") from err
    return HTMLResponse(shown, headers=_HEADERS)


def _rendered(service: Served, share: ReportShare) -> str:
    report = service.reports.get(share.run_id)
    return render_html(with_corrections(report, service.reports.corrections(share.run_id)), until=share.ends)
