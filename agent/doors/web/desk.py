"""The first page: what to verify, what was verified, what was talked about."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from agent.doors.api.service import Served, Service
from agent.doors.api.shown import Cursor
from agent.doors.web.complaints import FormComplaint
from agent.doors.web.entering import Reading, WebUser
from agent.doors.web.fields import KnownOfText
from agent.doors.web.pages import PageRoute, page
from agent.doors.web.talk import chats_of
from agent.storage.keys import Scope


@dataclass(frozen=True)
class FilledForm(KnownOfText):
    """What was filled in, to be shown again when it cannot be taken."""

    text: str = ""
    language: str = ""
    sentence: str = ""
    gather: str = ""


router = APIRouter(route_class=PageRoute, include_in_schema=False)
_A_PAGE = 12


@router.get("/")
async def show_desk(
    looking: Reading, service: Served, cursor: Annotated[str | None, Query(max_length=8000)] = None
) -> Response:
    return await desk_page(looking, service, cursor=cursor)


async def desk_page(
    looking: WebUser,
    service: Service,
    *,
    cursor: str | None = None,
    sent: FilledForm = FilledForm(),
    problems: Mapping[str, FormComplaint] | None = None,
    status: int = 200,
) -> Response:
    """With what was sent, when it could not be taken: nothing that was typed is lost."""
    place = Cursor.read(cursor, datetime.now(UTC))
    space = service.workspace(looking.caller)
    jobs = await space.jobs(place.before, seen=place.seen, limit=_A_PAGE)
    return page(
        "desk.html.j2",
        looking,
        status,
        jobs=jobs.jobs,
        following=str(place.after(jobs.jobs)) if jobs.more else None,
        documents=(await space.stats()).documents,
        threads=await chats_of(service, looking).threads(),
        ticket=secrets.token_hex(16),
        sent=sent,
        problems=problems or {},
        limit=space.max_article_chars,
        may_add=looking.caller.may(Scope.COVERAGE),
        sources=await space.sources() if looking.caller.may(Scope.COVERAGE) else (),
    )
