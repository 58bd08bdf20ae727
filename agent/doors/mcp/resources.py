"""Reports as resources: the caller's own, whole, for programs and for readers."""

import asyncio
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp_types import Resource

from agent.doors.mcp.entered import entered, workspace
from agent.doors.mcp.outcomes import REPORTS, report_uri
from agent.doors.render import ReportForm, render
from agent.doors.render.bidi import one_line
from agent.errors import IsnadError, NotAllowed, UnknownRun
from agent.service.corrected import corrected_report
from agent.storage.keys import Scope
from agent.storage.reports import Version

_MOST_LISTED = 100
_MOST_TITLE = 200


def add_resources(server: MCPServer[Any], caution: str) -> None:
    """`caution` is what a client's model is told of texts from outside."""
    server.resource(
        REPORTS + "/{run_id}",
        name="report",
        title="A report",
        mime_type="application/json",
        description=f"A whole report: article, claims, evidence, origins, cost. {caution}",
    )(_json)
    server.resource(
        REPORTS + "/{run_id}/markdown",
        name="report_markdown",
        title="A report to read",
        mime_type="text/markdown",
        description=f"The same for reading. {caution}",
    )(_markdown)


async def listed() -> list[Resource]:
    """The caller's latest reports; none for a key that may not read."""
    try:
        found = await workspace(Scope.READ, Scope.VERIFY).reports(_MOST_LISTED)
    except NotAllowed:
        return []
    except IsnadError as err:
        raise ResourceError(entered.get().sentence(err)) from err
    return [
        Resource(
            uri=report_uri(one.run_id),
            name=_name(one),
            title=_title(one),
            description=", ".join(f"{count} {name}" for name, count in one.counts.model_dump().items()),
            mime_type="application/json",
        )
        for one in found
    ]


def _name(one: Version) -> str:
    """What programs list it by: what it is about, from when, and which of several it is."""
    day = one.published_at or one.made_at
    return f"{_title(one)} · {day:%Y-%m-%d} · {one.run_id[-6:]}"


def _title(one: Version) -> str:
    return one_line(one.title or one.url or one.run_id)[:_MOST_TITLE]


async def _json(run_id: str) -> str:
    return await _rendered(run_id, ReportForm.JSON)


async def _markdown(run_id: str) -> str:
    return await _rendered(run_id, ReportForm.MARKDOWN)


async def _rendered(run_id: str, form: ReportForm) -> str:
    try:
        report = await corrected_report(workspace(Scope.READ, Scope.VERIFY), run_id)
    except UnknownRun as err:
        raise ResourceNotFoundError(entered.get().sentence(err)) from err
    except IsnadError as err:
        raise ResourceError(entered.get().sentence(err)) from err
    return await asyncio.to_thread(render, report, form)
