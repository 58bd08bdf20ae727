"""Who is asking, and what they may do. Without any key this machine may do everything, and nobody else anything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from hmac import compare_digest
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer

from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.jobs import Job
from agent.service.caller import Caller
from agent.service.served import ServedWorkspace
from agent.storage.keys import Key, Scope

_BEARER = HTTPBearer(auto_error=False, description="A key made with `isnad keys create`.")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same key, for clients without bearers.")
# A proxy in front may look at the first of two, and we at the last.
_CREDENTIALS = ("authorization", "x-api-key")
# Of a key that says no other number.
_REQUESTS_PER_MINUTE = 600
# What a proxy adds: then the caller is not on this machine, whatever host it asks for.
_PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", examples=["9df5dd95902d565621da980a82f0b22f"])]


class Keyed(APIRoute):
    """A route that knows who asks before it reads what is sent: for a stranger nothing but the head is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            await caller_of(request)
            return await handler(request)

        return answered


async def caller_of(request: Request) -> Caller:
    """Looked up once for a request. Raises `ProblemResponse`: 401 without a good key, 429 for more than the key
    allows."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        known = request.state.caller = await _recognised(request, request.app.state.service)
    return known


async def _recognised(request: Request, service: Service) -> Caller:
    bearer, header = await _BEARER(request), await _HEADER(request)
    found = {one for one in (bearer.credentials if bearer else request.headers.get("authorization"), header) if one}
    if len(found) > 1 or any(len(request.headers.getlist(name)) > 1 for name in _CREDENTIALS):
        raise _unknown("more than one key was sent; send one")
    if not found:
        if await asyncio.to_thread(service.keys.none_was_made):
            check_local(request)
            return Caller.here()
        raise _unknown("send a key as `Authorization: Bearer …` or `X-API-Key: …`")
    shown = found.pop()
    if compare_digest(shown.encode(), service.operator_key.encode()):
        return Caller.here()
    key = await asyncio.to_thread(service.keys.recognise, shown)
    if key is None and await asyncio.to_thread(service.keys.none_was_made):
        # Many programs cannot go without a key, and send any.
        check_local(request)
        return Caller.here()
    if key is None:
        raise _unknown("this key is not known, or was revoked")
    await check_rate(service, key)
    return Caller.of(key)


def _unknown(detail: str) -> ProblemResponse:
    return ProblemResponse(401, detail, headers={"WWW-Authenticate": 'Bearer realm="isnad"'})


def check_local(request: Request) -> None:
    """Raises `ProblemResponse`. A page in a browser on this machine may be anybody's: its host and origin tell."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    allowed = request.app.state.service.settings.cors_origins or ""
    if not is_loopback(urlsplit(f"//{host}").hostname or ""):
        raise ProblemResponse(403, "there is no key yet, so only this machine is answered, and only by its own name")
    if any(name in request.headers for name in _PROXIED):
        raise ProblemResponse(403, "there is no key yet, so what comes through a proxy is not answered")
    if origin is not None and urlsplit(origin).netloc != host and origin not in allowed.split():
        raise ProblemResponse(403, "there is no key yet, so pages of other hosts are not answered")


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def check_rate(service: Service, key: Key) -> None:
    """Raises `ProblemResponse` for more requests than the key allows."""
    most = key.requests_per_minute or _REQUESTS_PER_MINUTE
    if wait := await service.rates.take(key.id, most):
        raise ProblemResponse(
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
    with service.followers.counted(asking.id):
        yield


# Has a place among those who follow, until the answer has been sent.
Counted = Annotated[None, Depends(_counted)]


def allowed(*scopes: Scope) -> Callable[[Caller], Awaitable[Caller]]:
    """A dependency: the caller, when one of these scopes is theirs."""

    async def check(asking: Asking) -> Caller:
        asking.need(*scopes)
        return asking

    return check


Reader = Annotated[Caller, Depends(allowed(Scope.READ, Scope.VERIFY))]
Poster = Annotated[Caller, Depends(allowed(Scope.VERIFY))]
Coverer = Annotated[Caller, Depends(allowed(Scope.COVERAGE))]
Admin = Annotated[Caller, Depends(allowed(Scope.ADMIN))]


async def _workspace(asking: Asking, service: Served) -> ServedWorkspace:
    return service.workspace(asking)


Working = Annotated[ServedWorkspace, Depends(_workspace)]


async def _read_job(verification_id: JobId, _: Reader, space: Working) -> Job:
    return await space.job(verification_id)


async def _write_job(verification_id: JobId, _: Poster, space: Working) -> Job:
    return await space.job(verification_id)


OwnJob = Annotated[Job, Depends(_read_job)]
OwnJobToChange = Annotated[Job, Depends(_write_job)]
