"""MCP over streamable HTTP at `/mcp`: the keys, limits and errors of the API in front, the SDK behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.config import Settings
from agent.doors.api.access import Counted, Keyed
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.messages import ENGLISH

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

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
    """The route, with what has to run behind it. That is made when it is first asked for: most services never are,
    and to describe the tools takes longer than to open all the rest."""
    application = _LazyApplication(service)
    running = asyncio.create_task(application.run())
    try:
        yield _router(application.app)
    finally:
        application.close()
        await running


class _LazyApplication:
    """The SDK's application, from the first message to the end of the service. It is left by the task that entered
    it, as it has to be, and messages come in tasks of their own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._asked = asyncio.Event()
        self._closing = asyncio.Event()
        self._made: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()

    async def app(self) -> ASGIApp:
        self._asked.set()
        return await asyncio.shield(self._made)

    async def run(self) -> None:
        await self._asked.wait()
        if self._closing.is_set():
            return
        try:
            manager = await asyncio.to_thread(_session_manager, self._service)
        except Exception as err:  # noqa: BLE001  # told to everybody who asks, instead of leaving them to wait
            self._made.set_exception(err)
            return
        async with manager.run():
            self._made.set_result(manager.handle_request)
            await self._closing.wait()

    def close(self) -> None:
        self._closing.set()
        self._asked.set()


def _session_manager(service: Service) -> "StreamableHTTPSessionManager":
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
    return server.session_manager


def _router(app: Callable[[], Awaitable[ASGIApp]]) -> APIRouter:
    router = APIRouter(route_class=Keyed)

    # The protocol describes itself; OpenAPI has no words for it.
    @router.api_route(_PATH, methods=["POST", "DELETE"], include_in_schema=False)
    async def mcp(request: Request, service: Served) -> Response:
        _check_host(request, service.settings)
        return ForwardedResponse(await app())

    @router.get(_PATH, include_in_schema=False)
    async def mcp_stream(request: Request, service: Served, _: Counted) -> Response:
        _check_host(request, service.settings)
        return ForwardedResponse(await app())

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
