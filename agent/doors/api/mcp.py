"""MCP over streamable HTTP at `/mcp`: the keys, limits and errors of the API in front, the SDK behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.config import Settings
from agent.doors.api.access import Counted, Keyed
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.messages import ENGLISH

_PATH = "/mcp"
_MOST_SESSIONS = 1000


class ForwardedResponse(Response):
    """An answer that another application gives."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


@asynccontextmanager
async def open_mcp(service: Service) -> AsyncIterator[APIRouter]:
    """The route, with what has to run behind it."""
    from mcp.server.transport_security import TransportSecuritySettings

    from agent.doors.mcp.server import build_server
    from agent.prompts import load_fence
    from agent.service.served import ServedWorkspace

    settings = service.settings

    def find(request: object) -> ServedWorkspace:
        assert isinstance(request, Request), "every message comes with its request"
        return service.workspace(request.state.caller)

    server = build_server(find, load_fence(settings), settings.language or ENGLISH)
    server.streamable_http_app(
        # A session lives in one process; where there may be several, every message stands for itself.
        stateless_http=settings.database_url is not None,
        max_request_body_size=settings.max_body_mb * 1_000_000,
        max_sessions=_MOST_SESSIONS,
        # Checked below, for the hosts that the settings name.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    async with server.session_manager.run():
        yield _router(server.session_manager.handle_request)


def _router(app: ASGIApp) -> APIRouter:
    router = APIRouter(route_class=Keyed)

    # The protocol describes itself; OpenAPI has no words for it.
    @router.api_route(_PATH, methods=["POST", "DELETE"], include_in_schema=False)
    async def mcp(request: Request, service: Served) -> Response:
        _check_host(request, service.settings)
        return ForwardedResponse(app)

    @router.get(_PATH, include_in_schema=False)
    async def mcp_stream(request: Request, service: Served, _: Counted) -> Response:
        _check_host(request, service.settings)
        return ForwardedResponse(app)

    return router


def _check_host(request: Request, settings: Settings) -> None:
    """A page of another host can make its own name lead here, and then reads the answers as its own."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    if not is_name_of_service(host, settings):
        raise ProblemResponse(
            421, "this service is not called so; ISNAD_PUBLIC_URL lists the addresses that it answers to"
        )
    allowed = (settings.cors_origins or "").split()
    if origin is not None and urlsplit(origin).netloc != host and origin not in allowed:
        raise ProblemResponse(403, "pages of other hosts are not answered; ISNAD_CORS_ORIGINS lists those that are")


def is_name_of_service(host: str, settings: Settings) -> bool:
    """A number cannot be made to lead elsewhere, and neither can localhost; other names have to be known."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if name in ("localhost", *(urlsplit(one).hostname for one in settings.addresses)):
            return True
        ip_address(name)
    except ValueError:
        return False
    return True
