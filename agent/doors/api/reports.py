"""The reports of verifications in all their forms, and what people say is wrong with them."""

import asyncio
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import Field, StringConstraints

from agent.doors.api.access import Admin, Keyed, OwnJob, OwnJobToChange, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted import Posted
from agent.doors.api.problems import Answers, answers
from agent.doors.api.service import Served, Service
from agent.doors.api.shown import PATH
from agent.doors.api.verifications import tagged
from agent.doors.render import ReportForm, render
from agent.models import Frozen, Label, Report
from agent.service.corrected import corrected_report
from agent.service.workspace import Workspace
from agent.storage.reports import Correction

router = APIRouter(tags=["reports"], route_class=Keyed)
# The page carries its own style and no script; nothing else may be loaded or run.
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class ReportFormat(StrEnum):
    JSON = "json"
    HTML = "html"
    MD = "md"
    JSONLD = "jsonld"


_READ = (ReportFormat.HTML, ReportFormat.MD, ReportFormat.JSONLD)
ReadForm = Literal[ReportFormat.HTML, ReportFormat.MD, ReportFormat.JSONLD]
FORMS = {
    ReportFormat.JSON: (ReportForm.JSON, "application/json"),
    ReportFormat.HTML: (ReportForm.HTML, "text/html; charset=utf-8"),
    ReportFormat.MD: (ReportForm.MARKDOWN, "text/markdown; charset=utf-8"),
    ReportFormat.JSONLD: (ReportForm.JSONLD, "application/ld+json"),
}
_SAME: Answers = {304: {"description": "It is still the one that the caller has."}}
_REPORT: Answers = {200: {"description": "The report, by the published schema."}, **_SAME}
_RENDERED: Answers = {
    200: {
        "description": "The report, to be read by people or by search engines.",
        "content": {FORMS[form][1].partition(";")[0]: {"schema": {"type": "string"}} for form in _READ},
    },
    **_SAME,
}

Version = Annotated[int | None, Query(ge=1, le=10**6, description="The latest when not given.")]
IfNoneMatch = Annotated[str | None, Header(max_length=1000)]
RunId = Annotated[
    str,
    Path(
        pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$",
        examples=["20260316-090000-4f1c2a"],
        description="`last` names the latest.",
    ),
]


@router.get(
    PATH + "/{verification_id}/report.json",
    response_model=Report,
    responses=_REPORT | answers(401, 403, 404, 409, 422, 429, 503),
    summary="The report",
)
async def get_report(
    job: OwnJob, space: Working, service: Served, version: Version = None, if_none_match: IfNoneMatch = None
) -> Response:
    """Every claim with its label, the words on both sides and their origins."""
    return await _rendered(service, space, job.id, ReportFormat.JSON, version, if_none_match)


@router.get(
    PATH + "/{verification_id}/report.{form}",
    response_class=Response,
    responses=_RENDERED | answers(401, 403, 404, 409, 422, 429, 503),
    summary="The report in another form",
)
async def get_rendered_report(
    form: ReadForm,
    job: OwnJob,
    space: Working,
    service: Served,
    version: Version = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """As a page, as Markdown or as schema.org claim reviews."""
    return await _rendered(service, space, job.id, form, version, if_none_match)


@router.get(
    REPORTS + "/{run_id}/report.json",
    response_model=Report,
    responses=_REPORT | answers(401, 403, 404, 422, 429, 503),
    summary="Any report, those of the command line too",
)
async def get_any_report(
    run_id: RunId,
    _: Admin,
    space: Working,
    service: Served,
    version: Version = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything. A verification's report has its verification's id."""
    return await _rendered(service, space, run_id, ReportFormat.JSON, version, if_none_match)


@router.get(
    REPORTS + "/{run_id}/report.{form}",
    response_class=Response,
    responses=_RENDERED | answers(401, 403, 404, 422, 429, 503),
    summary="Any report in another form",
)
async def get_any_rendered_report(
    form: ReadForm,
    run_id: RunId,
    _: Admin,
    space: Working,
    service: Served,
    version: Version = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """For whoever may see everything. A verification's report has its verification's id."""
    return await _rendered(service, space, run_id, form, version, if_none_match)


async def _rendered(
    service: Service,
    space: Workspace,
    run_id: str,
    form: ReportFormat,
    version: int | None,
    if_none_match: str | None,
) -> Response:
    report = await corrected_report(space, run_id, version)
    rendering, media_type = FORMS[form]
    body = await asyncio.to_thread(render, report, rendering, language=service.settings.language)
    policy = {"Content-Security-Policy": _PAGE_POLICY} if form is ReportFormat.HTML else {}
    return tagged(body, media_type, if_none_match, **policy)


Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]


class CorrectionRequest(Posted):
    """What a reviewer says a claim should be labelled."""

    label: Label
    reason: Words = Field(examples=["The spokesman withdrew the statement on Tuesday."])
    who: Words = Field(examples=["Desk editor"])


@router.post(
    PATH + "/{verification_id}/claims/{claim_id}/corrections",
    status_code=201,
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    summary="Correct a label",
)
async def correct(
    claim_id: Annotated[str, Path(max_length=20, pattern=r"^c\d+$", examples=["c1"])],
    posted: CorrectionRequest,
    job: OwnJobToChange,
    space: Working,
) -> Correction:
    """Keeps a person's word beside the label that was given. Neither replaces the other; nothing is overwritten."""
    return await space.correct(job.id, claim_id, posted.label, posted.reason, who=posted.who)


class Corrections(Frozen):
    corrections: tuple[Correction, ...]


@router.get(
    PATH + "/{verification_id}/corrections",
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="All corrections of a verification",
)
async def list_corrections(job: OwnJob, space: Working) -> Corrections:
    """First to last, each with the label that was given and the one that a person gave."""
    return Corrections(corrections=await space.corrections(job.id))
