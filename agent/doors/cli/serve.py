"""`isnad serve`: the whole service in one process."""

import asyncio
from typing import TYPE_CHECKING

import click

from agent.errors import ConfigurationError

if TYPE_CHECKING:
    from socket import socket

    from agent.config import Settings

_NEEDED = ("dbos", "fastapi", "limits", "mcp", "prometheus_client", "sqlalchemy", "standardwebhooks", "uvicorn")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--log-level", default="info", show_default=True, type=click.Choice(("debug", "info", "warning", "error"))
)
@click.option("--api-only", is_flag=True, help="Answer only, and leave the work to `isnad worker` (PostgreSQL).")
def serve(host: str, port: int, log_level: str, api_only: bool) -> None:
    """Answer the HTTP API, do the verifications that are posted, and keep everything in the data folder.

    Nothing else has to run; with PostgreSQL (ISNAD_DATABASE_URL) any number of these and of `isnad worker` may.
    Without any key (isnad keys create) only this machine is answered. What was accepted is done, also after a kill;
    when stopped, it takes no more and gives what is under way some time to finish.
    """
    from agent.config import load_settings
    from agent.extras import check_installed

    check_installed("the service", "service", *_NEEDED)
    from agent.doors.api.logs import log_to_stderr
    from agent.doors.api.serving import bind, check_keys
    from agent.jobs.ending import end_without_engine

    settings = load_settings()
    if api_only and settings.database_url is None:
        raise ConfigurationError("--api-only needs ISNAD_DATABASE_URL: on SQLite one process does it all")
    log_to_stderr(log_level)
    result = check_keys(settings, host)
    with bind(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        greeting = f"Isnad listens on http://{shown}:{listening.getsockname()[1]}{result}"
        asyncio.run(_serve(settings, listening, greeting, works=not api_only))
    end_without_engine()


async def _serve(settings: "Settings", listening: "socket", greeting: str, *, works: bool) -> None:
    from agent.doors.api.serving import serve_until_stopped
    from agent.tracing import open_tracing

    with open_tracing(settings):
        await serve_until_stopped(settings, listening, greeting, works=works)
