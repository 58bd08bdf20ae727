"""Posting, watching, listing, cancelling and forgetting verifications."""

import asyncio
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from agent.doors.api.access import Keyed, OwnJob, OwnJobToChange, Poster, Reader, Working
from agent.doors.api.editor_blocks import BlockSpans, spans_by_block
from agent.doors.api.problems import Answers, ProblemResponse, answers
from agent.doors.api.service import Served, Service
from agent.doors.api.shown import PATH, Cursor, Verification, VerificationPage
from agent.doors.api.taking import VerificationRequest, taken
from agent.jobs import Job, JobRequest, JobState
from agent.service.served import ServedWorkspace

router = APIRouter(tags=["verifications"], route_class=Keyed)
_MOST_SECONDS = 60.0
_WAIT = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?:;|,|$)")
_SAME: Answers = {304: {"description": "It stands as it did."}}
_PROGRESS: Answers = {
    200: {
        "description": "It has ended within the time that was waited for; the report is in the body if there is one.",
        "model": Verification,
        "headers": {"Preference-Applied": {"schema": {"type": "string"}, "description": "`wait=N`"}},
    },
    202: {
        "description": "Accepted: it will be done, also if the service is stopped or killed meanwhile.",
        "model": Verification,
        "headers": {
            "Location": {"schema": {"type": "string"}, "description": "Where its state is."},
            "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds until it is worth asking."},
        },
    },
}

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="The same key and body give the same verification for 24 hours, however often it is posted.",
    ),
]
Prefer = Annotated[
    str | None,
    Header(
        max_length=200,
        description="`wait=N`: answer when it has ended, after at most N seconds; at once where too many wait.",
    ),
]


@router.post(
    PATH,
    status_code=202,
    response_model=Verification,
    responses=_PROGRESS | answers(400, 401, 403, 413, 415, 422, 429, 503),
    summary="Verify an article",
)
async def post_verification(
    posted: VerificationRequest,
    _: Poster,
    space: Working,
    service: Served,
    response: Response,
    idempotency_key: IdempotencyKey = None,
    prefer: Prefer = None,
) -> Verification:
    """Takes an article as text, HTML, blocks or an address, and verifies it in the background."""
    request = await _taken(posted, service)
    job = await space.post(request, key=idempotency_key)
    response.headers["Location"] = f"{PATH}/{job.id}"
    seconds = _seconds(prefer)
    if seconds is not None and (waited := await space.waited(job, seconds)) is not None:
        job = waited
        response.headers["Preference-Applied"] = f"wait={seconds:g}"
        if job.state.ended:
            response.status_code = 200
            return await _shown(job, space, with_report=True)
    response.headers["Retry-After"] = "1"
    return await _shown(job, space)


async def _taken(posted: VerificationRequest, service: Service) -> JobRequest:
    try:
        return await asyncio.to_thread(taken, posted, service.settings)
    except ValidationError as err:
        raise invalid(err) from err


def invalid(err: ValidationError) -> RequestValidationError:
    """What is told about an article is checked after the body; to the caller it is one body."""
    return RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in err.errors()])


def _seconds(prefer: str | None) -> float | None:
    """How long to wait; None for not at all. What is not understood of a preference is passed over (RFC 7240)."""
    found = _WAIT.search(prefer or "")
    return min(float(found[1]), _MOST_SECONDS) if found else None


@router.get(
    PATH + "/{verification_id}",
    response_model=Verification,
    responses=_SAME | answers(401, 403, 404, 422, 429, 503),
    summary="How a verification stands",
)
async def get_verification(
    job: OwnJob,
    space: Working,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """With an `ETag`; the same again is a 304."""
    shown = await _shown(job, space)
    body = shown.model_dump_json(by_alias=True)
    return tagged(body, "application/json", if_none_match)


def tagged(body: str, media_type: str, if_none_match: str | None, **headers: str) -> Response:
    """The body with its tag, or 304 when the caller has it already."""
    tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    fields = {"ETag": tag, "Cache-Control": "private, no-cache", **headers}
    known = {one.strip().removeprefix("W/") for one in (if_none_match or "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=fields)
    return Response(body, media_type=media_type, headers=fields)


@router.get(
    PATH,
    responses=answers(401, 403, 422, 429, 503),
    summary="List verifications",
)
async def list_verifications(
    _: Reader,
    space: Working,
    cursor: Annotated[str | None, Query(max_length=8000, description="`next_cursor` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    state: Annotated[list[JobState] | None, Query(description="Only those in these states.")] = None,
) -> VerificationPage:
    """One's own, the newest first; those of all keys with the scope admin."""
    place = Cursor.read(cursor, datetime.now(UTC))
    page = await space.jobs(place.before, states=tuple(state or ()), seen=place.seen, limit=limit)
    following = place.after(page.jobs) if page.more else None
    return VerificationPage(
        verifications=tuple(Verification.of(job) for job in page.jobs),
        next_cursor=str(following) if following else None,
    )


@router.post(
    PATH + "/{verification_id}/cancel",
    responses=answers(401, 403, 404, 409, 422, 429, 503),
    summary="Stop a verification",
)
async def cancel_verification(job: OwnJobToChange, space: Working) -> Verification:
    """Stops it within a second or two. Stopping it again changes nothing; what has ended otherwise is a 409."""
    job = await space.cancel(job.id)
    if job.state is not JobState.CANCELLED:
        raise ProblemResponse(409, f"this verification has {job.state} already; what waits or runs can be stopped")
    return Verification.of(job)


@router.delete(
    PATH + "/{verification_id}",
    status_code=204,
    # Nothing is sent, and so of no media type.
    response_class=Response,
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="Forget a verification",
)
async def delete_verification(job: OwnJobToChange, space: Working) -> None:
    """Stops it if it runs, and deletes the article, the report with its versions and corrections, and the events."""
    await space.forget(job.id)


async def _shown(job: Job, space: ServedWorkspace, *, with_report: bool = False) -> Verification:
    if job.state is not JobState.SUCCEEDED:
        return Verification.of(job)
    # Who edits the claims changes what a program is told: by this its `ETag` is another.
    latest = (await space.history(job.id)).versions[-1]
    report = await space.report(job.id, latest.version) if with_report or job.pieces else None
    blocks: tuple[BlockSpans, ...] | None = spans_by_block(report, job.pieces) if report and job.pieces else None
    return Verification.of(job, latest=latest, blocks=blocks, report=report if with_report else None)
