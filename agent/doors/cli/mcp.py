"""`isnad mcp`: the tools for a program that starts this one and talks to it over standard input and output."""

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from agent.config import Settings


@click.command()
@click.option(
    "--log-level", default="warning", show_default=True, type=click.Choice(("debug", "info", "warning", "error"))
)
def mcp(log_level: str) -> None:
    """Answer MCP on standard input and output, with the coverage and the reports of this machine.

    A client starts it by itself: give it the command `isnad mcp`. Nothing but the protocol goes to standard output.
    Where `isnad serve` runs on this data folder, it does the work; clients can also use its address http://…/mcp.
    """
    from agent.config import load_settings
    from agent.extras import check_installed

    check_installed("MCP", "mcp", "mcp")
    from agent.doors.api.logs import log_to_stderr

    settings = load_settings()
    log_to_stderr(log_level)
    asyncio.run(_serve(settings))


async def _serve(settings: "Settings") -> None:
    from agent.doors.mcp.server import build_server
    from agent.messages import ENGLISH
    from agent.prompts import load_fence
    from agent.service.workspaces import open_workspace

    async with open_workspace(settings, is_ready=True) as workspace:
        language = settings.language or ENGLISH
        await build_server(lambda _: workspace, load_fence(settings), language).run_stdio_async()
