"""Who told whom: the chain of transmission of a claim, or of a whole article."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

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
_LISTED: Answers = {200: {"description": "Who says it, who prints it and who copies it, along time."}, **_SAME}
_DRAWN: Answers = {
    200: {"description": "The same as a picture, by side.", "content": {_SVG: {"schema": {"type": "string"}}}},
    **_SAME,
}
ClaimId = Annotated[str, Path(max_length=100, pattern=r"^c\d+$", examples=["c1"])]
Spoken = Annotated[
    str | None,
    Query(max_length=40, description="Of the words in the picture; by default the article's, where it is spoken."),
]
_Run = Callable[..., Awaitable[str]]


async def _own_run(job: OwnJob) -> str:
    return job.id


async def _any_run(run_id: RunId, _: Admin) -> str:
    return run_id


def _serve(place: str, allowed: _Run, refused: Answers, any_: str, of_any: str) -> None:
    """The four routes of the chains of a report, for whoever `allowed` lets see the run that it returns."""
    run = Depends(allowed)

    @router.get(
        f"{place}/claims/{{claim_id}}/chain.json",
        name=f"get{any_}_claim_chain",
        response_model=Chain,
        responses=_LISTED | refused,
        summary=f"Who told whom of a claim{of_any}",
    )
    async def claim_chain(
        claim_id: ClaimId,
        space: Working,
        run_id: str = run,
        version: Version = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """The nodes and links that its picture is drawn from."""
        return await _listed(space, run_id, claim_id, version, if_none_match)

    @router.get(
        f"{place}/claims/{{claim_id}}/chain.svg",
        name=f"get{any_}_drawn_claim_chain",
        response_class=Response,
        responses=_DRAWN | refused,
        summary=f"The chain of a claim{of_any}, drawn",
    )
    async def drawn_claim_chain(
        claim_id: ClaimId,
        space: Working,
        service: Served,
        run_id: str = run,
        version: Version = None,
        language: Spoken = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """In the direction of its words; light, dark and on paper."""
        return await _drawn(service, space, run_id, claim_id, version, language, if_none_match)

    @router.get(
        f"{place}/chain.json",
        name=f"get{any_}_chain",
        response_model=Chain,
        responses=_LISTED | refused,
        summary=f"Who told whom of the whole article{of_any}",
    )
    async def chain(
        space: Working, run_id: str = run, version: Version = None, if_none_match: IfNoneMatch = None
    ) -> Response:
        """Everybody who was heard on any of its claims, with what each says of which."""
        return await _listed(space, run_id, None, version, if_none_match)

    @router.get(
        f"{place}/chain.svg",
        name=f"get{any_}_drawn_chain",
        response_class=Response,
        responses=_DRAWN | refused,
        summary=f"The chain of the whole article{of_any}, drawn",
    )
    async def drawn_chain(
        space: Working,
        service: Served,
        run_id: str = run,
        version: Version = None,
        language: Spoken = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """In the direction of its words; light, dark and on paper."""
        return await _drawn(service, space, run_id, None, version, language, if_none_match)


_serve(f"{PATH}/{{verification_id}}", _own_run, answers(401, 403, 404, 409, 422, 429, 503), "", "")
# For whoever may see everything.
_serve(f"{REPORTS}/{{run_id}}", _any_run, answers(401, 403, 404, 422, 429, 503), "_any", " of any report")


async def _listed(
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
