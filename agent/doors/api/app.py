"""The application: routes, errors, limits and headers put together."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from agent.doors.api import (
    archive,
    audits,
    chains,
    claim_search,
    claims,
    coverage,
    edits,
    events,
    followed,
    gathering,
    health,
    looks,
    past_reports,
    problems,
    publishing,
    reports,
    schedules,
    sharing,
    sources,
    verifications,
)
from agent.doors.api.described import build_webhooks, describe
from agent.doors.api.metrics import Metrics
from agent.doors.api.service import Service
from agent.doors.api.wrapping import BoundedBody, MetricsMiddleware
from agent.doors.completions import routes as completions
from agent.doors.web import browsing, lost
from agent.doors.web.routes import ROUTERS
from agent.extras import installed_version

_ABOUT = """
Claims of news articles, checked against coverage: who else says so, who says otherwise, and are they really someone
else? Labels speak of coverage, never of truth.

Errors are RFC 9457 problems (`application/problem+json`) whose `type` is one of a closed set. Keys are made with
`isnad keys create`; without any key only the machine that the service runs on is answered.
"""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


@asynccontextmanager
async def open_app(service: Service) -> AsyncIterator[FastAPI]:
    """The whole application over a service that is open, with what has to run beside it."""
    from agent.doors.api.mcp import open_mcp

    async with open_mcp(service) as mcp:
        yield build_app(service, mcp)


def build_app(service: Service, *more: APIRouter) -> FastAPI:
    """The API over a service that is open, and stays so for as long as the application is used. It opens nothing."""
    settings = service.settings
    app = FastAPI(
        title="Isnad",
        version=installed_version(),
        description=_ABOUT,
        openapi_url="/v1/openapi.json",
        # Their pages load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_name,
        redirect_slashes=False,
        webhooks=build_webhooks(),
        routes=_routes(),
    )
    files = dict.fromkeys(("/v1/coverage/files", "/archive/files"), settings.max_upload_mb * 1_000_000)
    app.add_middleware(BoundedBody, most_bytes=settings.max_body_mb * 1_000_000, larger=files)
    app.state.service = service
    app.state.metrics = Metrics()
    problems.install(app)
    lost.install(app, problems.on_http)
    describe(app, *more)
    for router in more:
        app.include_router(router)
    if settings.cors_origins:
        _let_other_origins_in(app, settings.cors_origins.split())
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics, headers=_HEADERS)
    return app


def _let_other_origins_in(app: FastAPI, origins: Sequence[str]) -> None:
    """Pages of these origins may call the API from a browser, with a key of their own."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=[
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-None-Match",
            "Last-Event-ID",
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Session-Id",
            "Prefer",
            "Traceparent",
            "Tracestate",
            "X-API-Key",
        ],
        expose_headers=["ETag", "Location", "Mcp-Session-Id", "Preference-Applied", "Retry-After"],
    )


@cache
def _routes() -> list[BaseRoute]:
    """The same for every application of a process."""
    whole = APIRouter(generate_unique_id_function=_name)
    # In front of what they answer instead of.
    whole.include_router(browsing.router)
    coverages = sources, followed, archive, gathering, coverage
    later = chains, audits, edits, past_reports, publishing, sharing, looks, claim_search, claims
    for module in (verifications, events, reports, *later, *coverages, completions, schedules, health):
        whole.include_router(module.router)
    for router in ROUTERS:
        whole.include_router(router)
    for route in whole.routes:
        # FastAPI puts them together when they are first looked through, for which a first request would wait.
        route.matches({"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []})
    return whole.routes


def _name(route: APIRoute) -> str:
    return route.name
