"""Who is asking, and what they may do. Without any key this machine may do everything, and nobody else anything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer

from agent.doors.api.problems import Refused
from agent.doors.api.service import Served, Service
from agent.jobs import Job
from agent.storage.keys import LOCAL, Key, Scope

_BEARER = HTTPBearer(auto_error=False, description="A key made with `isnad keys create`.")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same key, for clients without bearers.")
# A proxy in front may look at the first of two, and we at the last.
_CREDENTIALS = ("authorization", "x-api-key")
# What a proxy adds: then the caller is not on this machine, whatever host it asks for.
_PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", examples=["9df5dd95902d565621da980a82f0b22f"])]


@dataclass(frozen=True)
class Caller:
    """`name` is what the key is called."""

    id: str
    name: str
    scopes: frozenset[Scope]
    has_budget: bool = False

    @classmethod
    def of(cls, key: Key) -> Self:
        return cls(key.id, key.name, frozenset(key.scopes), has_budget=key.daily_tokens is not None)

    @classmethod
    def here(cls) -> Self:
        """Whoever sits at this machine, while there is no key."""
        return cls(LOCAL, LOCAL, frozenset(Scope))

    def may(self, *scopes: Scope) -> bool:
        return Scope.ADMIN in self.scopes or any(scope in self.scopes for scope in scopes)

    @property
    def sees(self) -> str | None:
        """Whose jobs are listed: one's own; None for everybody's."""
        return None if Scope.ADMIN in self.scopes else self.id


class Keyed(APIRoute):
    """A route that knows who asks before it reads what is sent: for a stranger nothing but the head is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            await caller_of(request)
            return await handler(request)

        return answered


async def caller_of(request: Request) -> Caller:
    """Looked up once for a request. Raises `Refused`: 401 without a good key, 429 for more than the key allows."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        known = request.state.caller = await _recognised(request, request.app.state.service)
    return known


async def _recognised(request: Request, service: Service) -> Caller:
    bearer, header = await _BEARER(request), await _HEADER(request)
    told = {one for one in (bearer.credentials if bearer else request.headers.get("authorization"), header) if one}
    if len(told) > 1 or any(len(request.headers.getlist(name)) > 1 for name in _CREDENTIALS):
        raise _unknown("more than one key was sent; send one")
    if not told:
        if await asyncio.to_thread(service.keys.none_was_made):
            check_local(request)
            return Caller.here()
        raise _unknown("send a key as `Authorization: Bearer …` or `X-API-Key: …`")
    key = await asyncio.to_thread(service.keys.recognise, told.pop())
    if key is None and await asyncio.to_thread(service.keys.none_was_made):
        # Many programs cannot go without a key, and send any.
        check_local(request)
        return Caller.here()
    if key is None:
        raise _unknown("this key is not known, or was revoked")
    await check_rate(service, key)
    return Caller.of(key)


def _unknown(detail: str) -> Refused:
    return Refused(401, detail, headers={"WWW-Authenticate": 'Bearer realm="isnad"'})


def check_local(request: Request) -> None:
    """Raises `Refused`. A page in a browser on this machine may be anybody's: its host and origin tell."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    allowed = request.app.state.service.settings.cors_origins or ""
    if not is_loopback(urlsplit(f"//{host}").hostname or ""):
        raise Refused(403, "there is no key yet, so only this machine is answered, and only by its own name")
    if any(name in request.headers for name in _PROXIED):
        raise Refused(403, "there is no key yet, so what comes through a proxy is not answered")
    if origin is not None and urlsplit(origin).netloc != host and origin not in allowed.split():
        raise Refused(403, "there is no key yet, so pages of other hosts are not answered")


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def check_rate(service: Service, key: Key) -> None:
    """Raises `Refused` for more requests than the key allows."""
    most = key.requests_per_minute or service.settings.key_requests_per_minute
    if wait := await service.rates.take(key.id, most):
        raise Refused(
            429,
            f"this key may ask {most} times a minute; ask again after as many seconds as Retry-After tells",
            kind="rate-limit",
            headers={"Retry-After": str(wait)},
        )


async def _caller(
    request: Request, _bearer: Annotated[object, Depends(_BEARER)], _header: Annotated[object, Depends(_HEADER)]
) -> Caller:
    """The ways of telling a key stand here for the description of the API; `caller_of` reads them by itself."""
    return await caller_of(request)


Asking = Annotated[Caller, Depends(_caller)]


async def _counted(asking: Asking, service: Served) -> AsyncIterator[None]:
    with service.followers.place(asking.id) as free:
        if not free:
            raise service.followers.refusal(asking.id)
        yield


# Has a place among those who follow, until the answer has been sent.
Counted = Annotated[None, Depends(_counted)]


def allowed(*scopes: Scope) -> Callable[[Caller], Awaitable[Caller]]:
    """A dependency: the caller, when one of these scopes is theirs."""

    async def check(asking: Asking) -> Caller:
        if not asking.may(*scopes):
            named = " or ".join(scopes)
            raise Refused(403, f"this needs a key with the scope {named}", kind="scope")
        return asking

    return check


Reader = Annotated[Caller, Depends(allowed(Scope.READ, Scope.VERIFY))]
Poster = Annotated[Caller, Depends(allowed(Scope.VERIFY))]
Coverer = Annotated[Caller, Depends(allowed(Scope.COVERAGE))]
Admin = Annotated[Caller, Depends(allowed(Scope.ADMIN))]


async def _own(verification_id: str, asking: Caller, service: Service) -> Job:
    """Somebody else's job looks like none at all."""
    job = await service.jobs.get(verification_id)
    if asking.sees not in (None, job.owner):
        raise Refused(404, f"there is no verification {verification_id!r}")
    return job


async def _read_job(verification_id: JobId, asking: Reader, service: Served) -> Job:
    return await _own(verification_id, asking, service)


async def _write_job(verification_id: JobId, asking: Poster, service: Served) -> Job:
    return await _own(verification_id, asking, service)


OwnJob = Annotated[Job, Depends(_read_job)]
OwnJobToChange = Annotated[Job, Depends(_write_job)]
