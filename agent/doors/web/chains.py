"""Who told whom, in full width: the picture of a claim or of the whole article, and the same as a list."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response

from agent.chain import chain_of_claim, chain_of_report
from agent.doors.api.access import JobId
from agent.doors.render.chain import chain_file
from agent.doors.web.chain_figure import figure_on_page
from agent.doors.web.entering import Reading, Working
from agent.doors.web.pages import PageRoute, page
from agent.doors.web.report_page import finding_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Number = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/verifications/{verification_id}/chain")
async def show_chain(verification_id: JobId, looking: Reading, space: Working, claim: Number = None) -> Response:
    job = await space.job(verification_id)
    report = await space.report(job.id)
    finding = None if claim is None else finding_of(report, claim)
    figure = await asyncio.to_thread(figure_on_page, report, finding, looking.words, f"/verifications/{job.id}")
    place = f"/verifications/{job.id}"
    return page("chain.html.j2", looking, figure=figure, report=report, finding=finding, number=claim, place=place)


@router.get("/verifications/{verification_id}/chain.svg")
async def take_chain(verification_id: JobId, looking: Reading, space: Working, claim: Number = None) -> Response:
    """The picture as a file."""
    report = await space.report(verification_id)
    chain = chain_of_report(report) if claim is None else chain_of_claim(report, finding_of(report, claim))
    picture = await asyncio.to_thread(chain_file, chain, looking.words.language)
    named = f'attachment; filename="isnad-{report.run_id[:8]}-chain{f"-{claim}" if claim else ""}.svg"'
    headers = {
        "Content-Disposition": named,
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(picture, media_type="image/svg+xml", headers=headers)
