"""How every page is made: its templates, its headers, and its errors, which say what to do."""

import logging
import re
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment
from markupsafe import Markup
from starlette.exceptions import HTTPException

from agent.doors.api.problems import ProblemResponse, refusal_of
from agent.doors.render.templates import build_environment
from agent.doors.web.assets import address_of
from agent.doors.web.complaints import complaint_of_remark
from agent.doors.web.entering import (
    SignInFirst,
    Theme,
    WebUser,
    check_same_site,
    here_of,
    theme_of,
    visitor_of,
    words_of,
)
from agent.errors import IsnadError
from agent.messages import Words, languages, load_words
from agent.text import visible
from agent.text.headline import listed_by

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    # Forms of our own pages are told by their origin, which browsers hide under `no-referrer`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-store",
    "Vary": "Cookie, HX-Request",
}
# Names stand between a first strong isolate and its end.
_APART = re.compile("\u2068([^\u2068\u2069]*)\u2069")
# A key, and a place to go to.
_MOST_BYTES = 32_768
_FAILURES = ("article", "fetch", "endpoint", "store", "configuration", "given_up")
_NAMED = (401, 403, 404, 409, 413, 422, 429, 503)
_log = logging.getLogger("isnad.web")


class OpenPageRoute(APIRoute):
    """For anybody: errors are pages, and forms are short and only taken from pages of ours."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                if request.method not in ("GET", "HEAD"):
                    check_same_site(request)
                await self.enter(request)
                response = await handler(request)
            except SignInFirst as err:
                response = to(request, err.place)
            except (ProblemResponse, IsnadError, RequestValidationError, HTTPException) as err:
                response = _error(request, err)
            return _with_headers(response)

        return handle

    async def enter(self, request: Request) -> None:
        """What is checked before a form is read. Raises `ProblemResponse`, `SignInFirst`."""
        if "transfer-encoding" in request.headers or int(request.headers.get("content-length", 0)) > _MOST_BYTES:
            raise ProblemResponse(413, f"a form here has {_MOST_BYTES:,} bytes at most, and tells how many")


class PageRoute(OpenPageRoute):
    """For whoever is signed in: of anybody else nothing but the head of a request is read."""

    async def enter(self, request: Request) -> None:
        await visitor_of(request)


def to(request: Request, place: str) -> Response:
    """Leads a browser on, also one whose script sent the request."""
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": place})
    return RedirectResponse(place, 303)


def page(name: str, looking: WebUser, /, status: int = 200, **values: object) -> HTMLResponse:
    """A page, or a part of one, for somebody who is signed in."""
    fields = {"here": looking.here, "visitor": looking, **values}
    return HTMLResponse(fragment(name, looking.words, looking.theme, **fields), status)


def open_page(name: str, request: Request, /, status: int = 200, **values: object) -> HTMLResponse:
    """A page for anybody."""
    fields = {"here": here_of(request), "visitor": None, **values}
    return HTMLResponse(fragment(name, words_of(request), theme_of(request), **fields), status)


def fragment(name: str, words: Words, theme: Theme = "auto", **values: object) -> str:
    return environment().get_template(name).render(words=words, theme=theme, **values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    made = build_environment(["agent.doors.web", "agent.doors"])
    made.globals.update(
        asset=address_of,
        parted=parted,
        languages=languages,
        own_name=own_name,
        as_day=as_day,
        listed_by=listed_by,
        failure_key=failure_key,
        complaint_of_remark=complaint_of_remark,
    )
    return made


def own_name(language: str) -> str:
    """A language as those who speak it call it."""
    return load_words(language)("name")


def as_day(moment: str) -> date:
    """Of a moment as it is listed."""
    return datetime.fromisoformat(moment).date()


def failure_key(code: str) -> str:
    """Under which it is told why there is no report."""
    return f"failure.{code}" if code in _FAILURES else "failure.internal"


def parted(text: str) -> Markup:
    """A sentence of ours with foreign names: what it keeps apart by control characters, a page does by markup."""
    pieces = _APART.split(text)
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(visible(piece)) if n % 2 else visible(piece) for n, piece in enumerate(pieces)
    )


def nothing_here(request: Request) -> Response:
    """For a person whose browser asks for an address that there is none of."""
    return _with_headers(_error(request, ProblemResponse(404, "")))


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _error(request: Request, err: Exception) -> Response:
    refusal = _refusal(err, words_of(request).language)
    if refusal.status >= 500:
        _log.error("%s %s: %s", request.method, request.scope["path"], err)
    kind = refusal.status if refusal.status in _NAMED else 500
    name = "error.part.html.j2" if "hx-request" in request.headers else "error.html.j2"
    response = open_page(name, request, refusal.status, kind=kind, detail=refusal.detail)
    response.headers.update(refusal.headers)
    return response


def _refusal(err: Exception, language: str) -> ProblemResponse:
    if isinstance(err, ProblemResponse):
        return err
    if isinstance(err, IsnadError):
        return refusal_of(err, language)
    if isinstance(err, RequestValidationError):
        return ProblemResponse(422, "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in err.errors()))
    assert isinstance(err, HTTPException)
    return ProblemResponse(err.status_code, str(err.detail or ""), headers=err.headers)
