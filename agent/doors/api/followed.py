"""Feeds and sitemaps that are followed: beginning, listing and ending it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints

from agent.coverage.web.followed import Followed
from agent.doors.api.access import Coverer, Keyed, Working
from agent.doors.api.posted import Posted
from agent.doors.api.problems import ProblemResponse, answers
from agent.models import Frozen

router = APIRouter(tags=["coverage"], route_class=Keyed)
_PATH = "/v1/coverage/followed"
_QUARTER = 900


class FollowRequest(Posted):
    """What is to be followed. The same address a second time has its rhythm changed."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=4000)] = Field(
        examples=["https://courier.example/feed.xml"]
    )
    every: int = Field(_QUARTER, ge=60, le=10**8, description="Looked at so many seconds apart.")


class FollowedFeeds(Frozen):
    """In the order in which they were begun."""

    followed: tuple[Followed, ...]


@router.get(_PATH, responses=answers(401, 403, 429, 503), summary="List what is followed")
async def list_followed(_: Coverer, space: Working) -> FollowedFeeds:
    """With when each was looked at and will be, and what went wrong the last time."""
    return FollowedFeeds(followed=await space.followed())


@router.post(
    _PATH,
    responses=answers(400, 401, 403, 413, 415, 422, 429, 503),
    summary="Follow a feed or sitemap",
)
async def follow_feed(posted: FollowRequest, _: Coverer, space: Working) -> Followed:
    """It is read once, to see that it is one. Its pages come in at its next look, by the clock of the service
    (`ISNAD_REFRESH_EVERY`) or `isnad coverage refresh`; `POST /v1/coverage/urls` with `every` adds them at once."""
    return await space.follow(posted.url, posted.every)


@router.delete(
    _PATH,
    status_code=204,
    response_class=Response,
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="End following",
)
async def unfollow_feed(
    _: Coverer,
    space: Working,
    url: Annotated[str, Query(min_length=1, max_length=4000, examples=["https://courier.example/feed.xml"])],
) -> Response:
    """What was added stays."""
    if not await space.unfollow([url]):
        raise ProblemResponse(404, f"{url!r} is not followed")
    return Response(status_code=204)
