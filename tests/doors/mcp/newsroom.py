"""A newsroom of one machine with a few reports, and what a client sees of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent, TextResourceContents

from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.doors.mcp.server import build_server
from agent.prompts import Fence
from agent.service.local import LocalWorkspace, open_local
from agent.storage.reports import Reports, open_reports
from agent.verify.keeping import ReportKeeper
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst
from tests.support.shelf import DENIAL, QUAY, CountingEmbedder, report


@dataclass
class Newsroom:
    client: Client
    coverage: Coverage
    reports: Reports
    analyst: ScriptedAnalyst
    progress: list[tuple[float, float | None, str | None]] = field(default_factory=list)

    async def call(self, tool: str, **arguments: Any) -> CallToolResult:
        return await self.client.call_tool(tool, arguments, progress_callback=self._note)

    async def _note(self, progress: float, total: float | None, message: str | None) -> None:
        self.progress.append((progress, total, message))


# Whose workspace the server answers in: what it offers is put together once, which takes longer than most tests.
_open: list[LocalWorkspace] = []


@cache
def _server() -> MCPServer[Any]:
    return build_server(lambda _: _open[-1], Fence(b"salt"))


@asynccontextmanager
async def open_newsroom(settings: Settings, analyst: ScriptedAnalyst, mode: str = "auto") -> AsyncIterator[Newsroom]:
    """The server in this process, with the SDK's own client to it."""
    from agent.coverage.archive import open_coverage

    settings = settings.model_copy(update={"allow_private_urls": True, "fetch_delay": 0})
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        async with open_runs(settings) as runs:
            await coverage.add([report(QUAY, "The Courier"), report(DENIAL, "Bay Agency", hours=20)])
            verifier = Verifier(Parts(analyst, coverage, runs, ReportKeeper(reports, coverage)), settings)
            async with open_local(settings, "local", coverage=coverage, verifier=verifier) as workspace:
                _open.append(workspace)
                try:
                    async with Client(_server(), mode=mode) as client:
                        yield Newsroom(client, coverage, reports, analyst)
                finally:
                    _open.remove(workspace)


def words(answer: CallToolResult) -> str:
    """What a client's model reads."""
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def told(answer: CallToolResult) -> dict[str, Any]:
    """What a program reads."""
    assert not answer.is_error, words(answer)
    found: dict[str, Any] = answer.structured_content
    assert found is not None
    return found


async def resource(client: Client, uri: str) -> str:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    return content.text
