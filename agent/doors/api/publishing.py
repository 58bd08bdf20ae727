"""A claim's review as a person publishes it: the markup for their page."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field, StringConstraints

from agent.doors.api.access import Keyed, Poster, Working
from agent.doors.api.past_claims import REPORTS
from agent.doors.api.posted import Posted
from agent.doors.api.problems import Answers, answers
from agent.doors.api.reports import RunId
from agent.doors.render.publication import render_publication
from agent.service.publication import SignedRating

router = APIRouter(tags=["reports"], route_class=Keyed)
_MEDIA_TYPE = "application/ld+json"
_REVIEW: Answers = {
    200: {"description": "A `ClaimReview` of schema.org.", "content": {_MEDIA_TYPE: {"schema": {"type": "object"}}}}
}
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]


class PublicationRequest(Posted):
    """What a person calls a claim, and who that person is. Without a name nothing is made."""

    rating: Name = Field(examples=["False"], description="In words; a number says nothing by itself.")
    reviewer: Name = Field(examples=["Ola Strand"], description="The person who made the review, by name.")
    explanation: str | None = Field(None, max_length=2000, examples=["The log of the dam shows that it stayed shut."])
    url: str | None = Field(
        None,
        max_length=2000,
        description="The page that the review is for.",
        examples=["https://harbour.example/check"],
    )


@router.post(
    REPORTS + "/{run_id}/claims/{claim_id}/review",
    response_class=Response,
    responses=_REVIEW | answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    summary="The markup of a published review",
)
async def publish_review(
    run_id: RunId,
    claim_id: Annotated[str, Path(max_length=100, examples=["c1"])],
    posted: PublicationRequest,
    _: Poster,
    space: Working,
    version: Annotated[int | None, Query(ge=1, le=10**6, description="The latest when not given.")] = None,
) -> Response:
    """For the page on which a newsroom publishes its review, signed by a person. Nothing is published by this, and
    nothing is kept: the report stays as it is."""
    signed = SignedRating.model_validate(posted.model_dump())
    publication = await space.publish(run_id, claim_id, signed, version)
    return Response(await asyncio.to_thread(render_publication, publication), media_type=_MEDIA_TYPE)
