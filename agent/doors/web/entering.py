"""Who looks at a page, in which language and light; and from where a form was sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request

from agent.doors.api.access import check_local, check_rate
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.messages import ENGLISH, Words
from agent.messages.words import load_words
from agent.service.caller import Caller
from agent.service.served import ServedWorkspace
from agent.storage.keys import LOCAL, Key, Scope

COOKIE = "isnad_session"
LANGUAGE = "isnad_language"
THEME = "isnad_theme"
Theme = Literal["auto", "light", "dark"]


class SignInFirst(Exception):
    """Nobody is signed in, or no longer: the key was revoked, or the cookie is not ours."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.place = f"/sign-in?next={quote(wanted, safe='')}"


@dataclass(frozen=True)
class WebUser:
    """Without a name nobody had to sign in: there is no key yet, and this is the machine itself."""

    caller: Caller
    words: Words
    theme: Theme
    here: str

    @property
    def name(self) -> str | None:
        return None if self.caller.id == LOCAL else self.caller.name

    def need(self, *scopes: Scope) -> None:
        """Raises `NotAllowed` when none of these is theirs."""
        self.caller.need(*scopes)


def words_of(request: Request) -> Words:
    """What was chosen, or else the first language of the browser that is spoken here, or that of the settings."""
    chosen = request.cookies.get(LANGUAGE)
    accepted = request.headers.get("accept-language", "").split(",") if chosen is None else [chosen]
    for language in (one.partition(";")[0].strip() for one in accepted):
        words = load_words(language, "web")
        if words.language == language.partition("-")[0].lower():
            return words
    service: Service = request.app.state.service
    return load_words(service.settings.language or ENGLISH, "web")


def theme_of(request: Request) -> Theme:
    chosen = request.cookies.get(THEME)
    return "light" if chosen == "light" else "dark" if chosen == "dark" else "auto"


async def visitor_of(request: Request) -> WebUser:
    """Looked up once for a request. Raises `SignInFirst`, and `ProblemResponse` for more requests than the key
    allows."""
    known: WebUser | None = getattr(request.state, "visitor", None)
    if known is None:
        known = request.state.visitor = await _entered(request, request.app.state.service)
    return known


async def _entered(request: Request, service: Service) -> WebUser:
    words, theme = words_of(request), theme_of(request)
    if await asyncio.to_thread(service.keys.none_was_made):
        check_local(request)
        return WebUser(Caller.here(), words, theme, here_of(request))
    key = await signed_in(request, service)
    if key is None:
        raise SignInFirst(here_of(request))
    await check_rate(service, key)
    return WebUser(Caller.of(key), words, theme, here_of(request))


async def signed_in(request: Request, service: Service) -> Key | None:
    """The key of the cookie, unless it was revoked or renewed, or somebody has signed out."""
    return await asyncio.to_thread(_signed_in, request.cookies.get(COOKIE, ""), service)


def _signed_in(cookie: str, service: Service) -> Key | None:
    session = service.sessions.read(cookie)
    key = service.keys.in_use(session.key) if session is not None else None
    return key if session is not None and key is not None and key.renewals == session.renewals else None


def here_of(request: Request) -> str:
    """The page that is looked at. What was sent with a form is not sent again."""
    if request.method != "GET":
        return "/"
    value = request.headers.get("hx-current-url") if "hx-request" in request.headers else None
    parts = urlsplit(value or str(request.url))
    return own_place(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def own_place(text: str) -> str:
    """A place on this host, or its first page: no link that is sent around leads away from here."""
    plain = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if plain else "/"


def check_same_site(request: Request) -> None:
    """Raises `ProblemResponse` unless a form came from a page of ours. The cookie is `SameSite=Lax` besides.

    Browsers tell where a request comes from, in a header that no page can change; the older of the two is also sent
    where there is no TLS.
    """
    fetched = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    if not (ours or fetched == "same-origin") or fetched not in (None, "same-origin"):
        raise ProblemResponse(
            403, "this form was not sent from a page of this service; open the page again and repeat it"
        )


Visiting = Annotated[WebUser, Depends(visitor_of)]


async def reader(looking: Visiting) -> WebUser:
    looking.need(Scope.READ, Scope.VERIFY)
    return looking


async def poster(looking: Visiting) -> WebUser:
    looking.need(Scope.VERIFY)
    return looking


async def coverer(looking: Visiting) -> WebUser:
    looking.need(Scope.COVERAGE)
    return looking


async def _place(looking: Visiting, service: Served) -> AsyncIterator[bool]:
    with service.followers.place(looking.caller.id) as free:
        yield free


async def _workspace(looking: Visiting, service: Served) -> ServedWorkspace:
    return service.workspace(looking.caller)


Working = Annotated[ServedWorkspace, Depends(_workspace)]
Reading = Annotated[WebUser, Depends(reader)]
# Whether there is a place among those who follow, kept until the stream has ended.
Place = Annotated[bool, Depends(_place)]
Covering = Annotated[WebUser, Depends(coverer)]
Posting = Annotated[WebUser, Depends(poster)]
