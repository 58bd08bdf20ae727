"""Who told whom: the chain of transmission of a claim, or of a whole article."""

import asyncio
from enum import StrEnum
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
# The picture carries its own style; nothing is loaded or run by it.
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class ChainFormat(StrEnum):
    """The picture, or what it is drawn from."""

    SVG = "svg"
    JSON = "json"


_TYPES = {ChainFormat.SVG: "image/svg+xml", ChainFormat.JSON: "application/json"}
_CHAIN: Answers = {
    200: {
        "description": "Who says it, who prints it and who copies it, along time, by side.",
        "model": Chain,
        "content": {_TYPES[ChainFormat.SVG]: {}},
    },
    304: {"description": "It is still the one that the caller has."},
}
ClaimId = Annotated[str, Path(max_length=100, pattern=r"^c\d+$", examples=["c1"])]
Spoken = Annotated[
    str | None,
    Query(max_length=40, description="Of the words in the picture; by default the article's, where it is spoken."),
]


@router.get(
    PATH + "/{verification_id}/claims/{claim_id}/chain.{form}",
    response_class=Response,
    responses=_CHAIN | answers(401, 403, 404, 409, 422, 429, 503),
    summary="Who told whom of a claim",
)
async def get_claim_chain(
    form: ChainFormat,
    claim_id: ClaimId,
    job: OwnJob,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """As a picture, or as the nodes and links that it is drawn from."""
    return await _drawn(service, space, job.id, claim_id, form, version, language, if_none_match)


@router.get(
    PATH + "/{verification_id}/chain.{form}",
    response_class=Response,
    responses=_CHAIN | answers(401, 403, 404, 409, 422, 429, 503),
    summary="Who told whom of the whole article",
)
async def get_chain(
    form: ChainFormat,
    job: OwnJob,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Everybody who was heard on any of its claims, with what each says of which."""
    return await _drawn(service, space, job.id, None, form, version, language, if_none_match)


@router.get(
    REPORTS + "/{run_id}/claims/{claim_id}/chain.{form}",
    response_class=Response,
    responses=_CHAIN | answers(401, 403, 404, 422, 429, 503),
    summary="Who told whom of a claim of any report",
)
async def get_any_claim_chain(
    form: ChainFormat,
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
    return await _drawn(service, space, run_id, claim_id, form, version, language, if_none_match)


@router.get(
    REPORTS + "/{run_id}/chain.{form}",
    response_class=Response,
    responses=_CHAIN | answers(401, 403, 404, 422, 429, 503),
    summary="Who told whom in any report",
)
async def get_any_chain(
    form: ChainFormat,
    run_id: RunId,
    _: Admin,
    space: Working,
    service: Served,
    version: Version = None,
    language: Spoken = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything."""
    return await _drawn(service, space, run_id, None, form, version, language, if_none_match)


async def _drawn(
    service: Service,
    space: Workspace,
    run_id: str,
    claim_id: str | None,
    form: ChainFormat,
    version: int | None,
    language: str | None,
    if_none_match: str | None,
) -> Response:
    report = await space.report(run_id, version)
    chain = chain_of(report, claim_id)
    if form is ChainFormat.JSON:
        return tagged(chain.model_dump_json(), _TYPES[form], if_none_match)
    picture = await asyncio.to_thread(chain_file, chain, language or service.settings.language)
    policy = {"Content-Security-Policy": _PICTURE_POLICY}
    return tagged(picture, _TYPES[form], if_none_match, **policy)
