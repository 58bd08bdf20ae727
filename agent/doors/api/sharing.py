"""Links by which a report is read without a key: made, listed and revoked by whoever may see the report."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import AwareDatetime, Field

from agent.doors.api.access import Keyed, Poster, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted import Posted
from agent.doors.api.problems import ProblemResponse, answers
from agent.doors.api.reports import RunId
from agent.doors.api.service import Served, Service, public_address
from agent.doors.web.shares import LONGEST_DAYS, ReportShare
from agent.models import Frozen

router = APIRouter(tags=["reports"], route_class=Keyed)
_PATH = REPORTS + "/{run_id}/shares"
ShareId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", examples=["5d41402abc4b2a76b9719d911017c592"])]


class ShareRequest(Posted):
    """For how long the link leads to the report."""

    days: int = Field(7, ge=1, le=LONGEST_DAYS)


class SharedLink(Frozen):
    """Whoever has `url` reads the report as it then is, with people's corrections, and nothing else."""

    id: str
    run_id: str
    url: str
    made_by: str = Field(description="What the key is called with which it was made.")
    made_at: AwareDatetime
    until: AwareDatetime


class SharedLinks(Frozen):
    """Those that lead to the report now, the oldest in front."""

    shares: tuple[SharedLink, ...]


@router.post(
    _PATH,
    status_code=201,
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    summary="Share a report by a link",
)
async def share_report(
    request: Request, run_id: RunId, posted: ShareRequest, asking: Poster, space: Working, service: Served
) -> SharedLink:
    """For somebody without a key. It ends by itself, and can be revoked before."""
    report = await space.report(run_id)
    share = await asyncio.to_thread(service.shares.begin, report.run_id, posted.days, asking.name)
    return _link(share, service, request)


@router.get(_PATH, responses=answers(401, 403, 404, 409, 422, 429, 503), summary="List the links to a report")
async def list_shares(request: Request, run_id: RunId, _: Poster, space: Working, service: Served) -> SharedLinks:
    """Whoever lists them can follow them."""
    report = await space.report(run_id)
    shares = await asyncio.to_thread(service.shares.open_of, report.run_id)
    return SharedLinks(shares=tuple(_link(one, service, request) for one in shares))


@router.delete(
    _PATH + "/{share_id}",
    status_code=204,
    response_class=Response,
    responses=answers(401, 403, 404, 409, 422, 429, 503),
    summary="Revoke a link",
)
async def revoke_share(run_id: RunId, share_id: ShareId, _: Poster, space: Working, service: Served) -> Response:
    """From now on it leads nowhere."""
    report = await space.report(run_id)
    if not await asyncio.to_thread(service.shares.revoke, report.run_id, share_id):
        raise ProblemResponse(404, f"no link {share_id!r} leads to this report")
    return Response(status_code=204)


def _link(share: ReportShare, service: Service, request: Request) -> SharedLink:
    return SharedLink(
        id=share.id,
        run_id=share.run_id,
        url=f"{public_address(service.settings, request)}/shared/{share.token}",
        made_by=share.made_by,
        made_at=share.begins,
        until=share.ends,
    )
