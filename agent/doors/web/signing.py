"""Signing in with a key and out again; choosing language and light."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AfterValidator

from agent.doors.api.service import Served
from agent.doors.web.entering import COOKIE, LANGUAGE, THEME, own_place
from agent.doors.web.pages import OpenPageRoute, open_page
from agent.doors.web.session import SECONDS
from agent.messages import languages

router = APIRouter(route_class=OpenPageRoute, include_in_schema=False)
_YEAR = 365 * 24 * 3600
Place = Annotated[str, Form(max_length=2000)]


def _spoken(language: str) -> str:
    if language not in languages():
        raise ValueError(f"is one of {', '.join(languages())}")
    return language


Spoken = Annotated[str, AfterValidator(_spoken)]


@router.get("/sign-in")
async def ask_key(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    return open_page("sign_in.html.j2", request, wanted=own_place(next), refused=False)


@router.post("/sign-in")
async def sign_in(
    request: Request, service: Served, key: Annotated[str, Form(max_length=400)] = "", next: Place = "/"
) -> Response:
    """The cookie names the key and is no key: it opens pages, not the API."""
    known = await asyncio.to_thread(service.keys.recognise, key.strip())
    if known is None:
        return open_page("sign_in.html.j2", request, 401, wanted=own_place(next), refused=True)
    response = RedirectResponse(own_place(next), 303)
    _keep(request, response, COOKIE, service.sessions.begin(known), SECONDS)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, service: Served) -> Response:
    """Ends the session itself: a copy of its cookie opens nothing either."""
    await asyncio.to_thread(service.sessions.end, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    # What the browser has kept of our pages goes too.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.post("/look")
async def choose_look(
    request: Request,
    language: Annotated[Spoken | None, Form()] = None,
    theme: Annotated[Literal["auto", "light", "dark"] | None, Form()] = None,
    next: Place = "/",
) -> Response:
    response = RedirectResponse(own_place(next), 303)
    for name, chosen in ((LANGUAGE, language), (THEME, theme)):
        if chosen is not None:
            _keep(request, response, name, chosen, _YEAR)
    return response


def _keep(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    # Whoever ends TLS in front of this service tells so; who tells it without need only binds a cookie of their own.
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)
