"""Who told whom: the chain of transmission of a claim, or of a whole article."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from agent.chain import Chain
from agent.doors.api.access import Admin, Keyed, OwnJob, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.problems import Answers, answers
from agent.doors.api.reports import IfNoneMatch, RunId, Version
from agent.doors.api.service import Served, Service
from agent.doors.api.shown import PATH
from agent.doors.api.verifications import tagged
from agent.doors.render.chain import chain_file, chain_of
from agent.service.workspace import Workspace

router = APIRouter(tags=["reports"], route_class=Keyed)
_SVG = "image/svg+xml"
# The picture carries its own style; nothing is loaded or run by it.
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_SAME: Answers = {304: {"description": "It is still the one that the caller has."}}
_TOLD: Answers = {200: {"description": "Who says it, who prints it and who copies it, along time."}, **_SAME}
_DRAWN: Answers = {
    200: {"description": "The same as a picture, by side.", "content": {_SVG: {"schema": {"type": "string"}}}},
    **_SAME,
}
_OWN = answers(401, 403, 404, 409, 422, 429, 503)
_ANY = answers(401, 403, 404, 422, 429, 503)
_OF_CLAIM = "/{verification_id}/claims/{claim_id}/chain"
_OF_ANY_CLAIM = "/{run_id}/claims/{claim_id}/chain"
ClaimId = Annotated[str, Path(max_length=100, pattern=r"^c\d+$", examples=["c1"])]
Spoken = Annotated[
    str | None,
    Query(max_length=40, description="Of the words in the picture; by default the article's, where it is spoken."),
]


@router.get(
    PATH + _OF_CLAIM + ".json", response_model=Chain, responses=_TOLD | _OWN, summary="Who told whom of a claim"
)
async def get_claim_chain(
    claim_id: ClaimId, job: OwnJob, space: Working, version: Version = None, if_none_match: IfNoneMatch = None
) -> Response:
    """The nodes and links that its picture is drawn from."""
    return await _told(space, job.id, claim_id, version, if_none_match)


@router.get(
    PATH + _OF_CLAIM + ".svg", response_class=Response, responses=_DRAWN | _OWN, summary="The chain of a claim, drawn"
)
async def get_drawn_claim_chain(
    claim_id: ClaimId,
    job: OwnJob,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """In the direction of its words; light, dark and on paper."""
    return await _drawn(service, space, job.id, claim_id, version, language, if_none_match)


@router.get(
    PATH + "/{verification_id}/chain.json",
    response_model=Chain,
    responses=_TOLD | _OWN,
    summary="Who told whom of the whole article",
)
async def get_chain(
    job: OwnJob, space: Working, version: Version = None, if_none_match: IfNoneMatch = None
) -> Response:
    """Everybody who was heard on any of its claims, with what each says of which."""
    return await _told(space, job.id, None, version, if_none_match)


@router.get(
    PATH + "/{verification_id}/chain.svg",
    response_class=Response,
    responses=_DRAWN | _OWN,
    summary="The chain of the whole article, drawn",
)
async def get_drawn_chain(
    job: OwnJob,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """In the direction of its words; light, dark and on paper."""
    return await _drawn(service, space, job.id, None, version, language, if_none_match)


@router.get(
    REPORTS + _OF_ANY_CLAIM + ".json",
    response_model=Chain,
    responses=_TOLD | _ANY,
    summary="Who told whom of a claim of any report",
)
async def get_any_claim_chain(
    claim_id: ClaimId,
    run_id: RunId,
    _: Admin,
    space: Working,
    version: Version = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything."""
    return await _told(space, run_id, claim_id, version, if_none_match)


@router.get(
    REPORTS + _OF_ANY_CLAIM + ".svg",
    response_class=Response,
    responses=_DRAWN | _ANY,
    summary="The chain of a claim of any report, drawn",
)
async def get_any_drawn_claim_chain(
    claim_id: ClaimId,
    run_id: RunId,
    _: Admin,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything."""
    return await _drawn(service, space, run_id, claim_id, version, language, if_none_match)


@router.get(
    REPORTS + "/{run_id}/chain.json",
    response_model=Chain,
    responses=_TOLD | _ANY,
    summary="Who told whom in any report",
)
async def get_any_chain(
    run_id: RunId, _: Admin, space: Working, version: Version = None, if_none_match: IfNoneMatch = None
) -> Response:
    """For whoever may see everything."""
    return await _told(space, run_id, None, version, if_none_match)


@router.get(
    REPORTS + "/{run_id}/chain.svg",
    response_class=Response,
    responses=_DRAWN | _ANY,
    summary="The chain of any report, drawn",
)
async def get_any_drawn_chain(
    run_id: RunId,
    _: Admin,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything."""
    return await _drawn(service, space, run_id, None, version, language, if_none_match)


async def _told(
    space: Workspace, run_id: str, claim_id: str | None, version: int | None, if_none_match: str | None
) -> Response:
    chain = chain_of(await space.report(run_id, version), claim_id)
    return tagged(chain.model_dump_json(), "application/json", if_none_match)


async def _drawn(
    service: Service,
    space: Workspace,
    run_id: str,
    claim_id: str | None,
    version: int | None,
    language: str | None,
    if_none_match: str | None,
) -> Response:
    chain = chain_of(await space.report(run_id, version), claim_id)
    picture = await asyncio.to_thread(chain_file, chain, language or service.settings.language)
    return tagged(picture, _SVG, if_none_match, **{"Content-Security-Policy": _PICTURE_POLICY})
