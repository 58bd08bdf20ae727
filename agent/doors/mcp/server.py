"""The server: tools, resources and prompts put together. It opens nothing and knows no transport."""

from collections.abc import Callable
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult
from mcp_types import Resource as ListedResource
from pydantic import ValidationError

from agent.doors.mcp.entered import entered
from agent.doors.mcp.prompts import add_prompts
from agent.doors.mcp.resources import add_resources, listed
from agent.doors.mcp.tools import ADDS, CHECKS, EXPLAINS, SEARCHES, VERIFIES, Tools, refusal, sentence_of
from agent.doors.mcp.words import CAUTION, Words
from agent.errors import IsnadError
from agent.extras import installed_version
from agent.prompts import Fence
from agent.service.workspace import Workspace

_INSTRUCTIONS = f"""
Isnad tells of the claims of a news article who else says so, who says otherwise, and whether they are really someone
else. Give each label together with the words that it rests on and with their source, and add no verdict of your own:
labels speak of coverage, never of truth, and a check that failed is no finding.

{CAUTION}
"""

# Whose workspace a message is answered in; the argument is what the transport knows of the message.
FindWorkspace = Callable[[object], Workspace]


class Door(MCPServer[Any]):
    """Answers in the workspace of whoever asks, and tells errors as the rest of the product does."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as err:
            cause = err.__cause__
            if isinstance(cause, IsnadError):
                return refusal(entered.get().sentence(cause))
            if isinstance(cause, ValidationError) and not isinstance(err, UnexpectedToolError):
                return refusal(sentence_of(cause))
            raise

    async def list_resources(self) -> list[ListedResource]:
        return await listed()


def build_server(find: FindWorkspace, fence: Fence) -> MCPServer[Any]:
    """The server. `find` is called for every request."""

    async def enter(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.request_id is None:
            return await call_next(ctx)
        token = entered.set(find(ctx.request))
        try:
            return await call_next(ctx)
        finally:
            entered.reset(token)

    server = Door(
        "isnad",
        title="Isnad",
        version=installed_version(),
        instructions=_INSTRUCTIONS.strip(),
        middleware=[enter],
        subscriptions=False,
    )
    tools = Tools(Words(fence))
    server.add_tool(tools.verify_article, annotations=VERIFIES)
    server.add_tool(tools.check_claim, annotations=CHECKS)
    server.add_tool(tools.explain_claim, annotations=EXPLAINS)
    server.add_tool(tools.search_coverage, annotations=SEARCHES)
    server.add_tool(tools.add_coverage, annotations=ADDS)
    add_resources(server)
    add_prompts(server)
    return server
