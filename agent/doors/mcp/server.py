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
from agent.doors.mcp.text import ToolText
from agent.doors.mcp.tools import ADDS, CHECKS, EXPLAINS, GATHERS, SEARCHES, VERIFIES, McpTools, refusal, sentence_of
from agent.errors import IsnadError
from agent.extras import installed_version
from agent.messages import ENGLISH, load_words
from agent.prompts import Fence
from agent.service.workspace import Workspace

# Whose workspace a message is answered in; the argument is what the transport knows of the message.
FindWorkspace = Callable[[object], Workspace]


class WorkspaceServer(MCPServer[Any]):
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


def build_server(find: FindWorkspace, fence: Fence, language: str = ENGLISH) -> MCPServer[Any]:
    """The server, whose tools answer in one language. `find` is called for every request."""
    text = ToolText(fence, load_words(language, "mcp"))

    async def enter(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.request_id is None:
            return await call_next(ctx)
        token = entered.set(find(ctx.request))
        try:
            return await call_next(ctx)
        finally:
            entered.reset(token)

    server = WorkspaceServer(
        "isnad",
        title="Isnad",
        version=installed_version(),
        instructions=text.instructions,
        middleware=[enter],
        subscriptions=False,
    )
    tools = McpTools(text)
    server.add_tool(tools.verify_article, annotations=VERIFIES)
    server.add_tool(tools.check_claim, annotations=CHECKS)
    server.add_tool(tools.explain_claim, annotations=EXPLAINS)
    server.add_tool(tools.search_coverage, annotations=SEARCHES)
    server.add_tool(tools.gather_coverage, annotations=GATHERS)
    server.add_tool(tools.add_coverage, annotations=ADDS)
    add_resources(server, text.caution)
    add_prompts(server)
    return server
