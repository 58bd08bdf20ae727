"""`isnad mcp`: the tools for a program that starts this one and talks to it over standard input and output."""

import asyncio
from typing import TYPE_CHECKING

import click

from agent.errors import StoreBusy

if TYPE_CHECKING:
    from agent.config import Settings


@click.command()
@click.option(
    "--log-level", default="warning", show_default=True, type=click.Choice(("debug", "info", "warning", "error"))
)
def mcp(log_level: str) -> None:
    """Answer MCP on standard input and output, with the coverage and the reports of this machine.

    A client starts it by itself: give it the command `isnad mcp`. Nothing but the protocol goes to standard output.
    Where `isnad serve` runs, clients use its address http://…/mcp instead, as one process has the store.
    """
    from agent.config import load_settings
    from agent.extras import check_installed

    check_installed("MCP", "mcp", "mcp")
    from agent.doors.api.logs import log_to_stderr

    settings = load_settings()
    log_to_stderr(log_level)
    try:
        asyncio.run(_serve(settings))
    except StoreBusy as err:
        err.add_note("If that is isnad serve, use its address http://…/mcp in the client instead of this command.")
        raise


async def _serve(settings: "Settings") -> None:
    from agent.doors.mcp.server import build_server
    from agent.messages import ENGLISH
    from agent.prompts import load_fence
    from agent.service.local import open_local
    from agent.storage.keys import LOCAL

    async with open_local(settings, LOCAL) as workspace:
        language = settings.language or ENGLISH
        await build_server(lambda _: workspace, load_fence(settings), language).run_stdio_async()
