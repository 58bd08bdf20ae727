"""Reports as resources: the caller's own, whole, for programs and for readers."""

import asyncio
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp_types import Resource

from agent.doors.mcp.outcomes import REPORTS, report_uri
from agent.doors.mcp.room import NotAllowed, entered, room
from agent.doors.mcp.words import CAUTION
from agent.doors.render import Form, render
from agent.doors.render.bidi import one_line
from agent.errors import IsnadError, UnknownRun
from agent.storage.keys import Scope

_MOST_LISTED = 100
_ABOUT = f"A whole report: article, claims, evidence, origins, cost. {CAUTION}"
_MOST_TITLE = 200


def add_resources(server: MCPServer[Any]) -> None:
    server.resource(
        REPORTS + "/{run_id}", name="report", title="A report", mime_type="application/json", description=_ABOUT
    )(_json)
    server.resource(
        REPORTS + "/{run_id}/markdown",
        name="report_markdown",
        title="A report to read",
        mime_type="text/markdown",
        description=f"The same for reading. {CAUTION}",
    )(_markdown)


async def listed() -> list[Resource]:
    """The caller's latest reports; none for a key that may not read."""
    try:
        cards = await room(Scope.READ, Scope.VERIFY).reports(_MOST_LISTED)
    except NotAllowed:
        return []
    except IsnadError as err:
        raise ResourceError(entered.get().told(err)) from err
    return [
        Resource(
            uri=report_uri(card.run_id),
            name=f"report {card.run_id}",
            title=one_line(card.title or card.url or card.run_id)[:_MOST_TITLE],
            description=", ".join(f"{count} {name}" for name, count in card.counts.model_dump().items()),
            mime_type="application/json",
        )
        for card in cards
    ]


async def _json(run_id: str) -> str:
    return await _rendered(run_id, Form.JSON)


async def _markdown(run_id: str) -> str:
    return await _rendered(run_id, Form.MARKDOWN)


async def _rendered(run_id: str, form: Form) -> str:
    try:
        report = await room(Scope.READ, Scope.VERIFY).report(run_id)
    except UnknownRun as err:
        raise ResourceNotFoundError(entered.get().told(err)) from err
    except IsnadError as err:
        raise ResourceError(entered.get().told(err)) from err
    return await asyncio.to_thread(render, report, form)
