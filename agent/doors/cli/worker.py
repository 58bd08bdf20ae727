"""`isnad worker`: does verifications beside any number of other processes."""

import asyncio
import signal
from typing import TYPE_CHECKING

import click

from agent.errors import ConfigurationError

if TYPE_CHECKING:
    from agent.config import Settings

_NEEDED = ("dbos", "psycopg", "psycopg_pool", "sqlalchemy", "standardwebhooks")


@click.command()
@click.option(
    "--jobs-at-once",
    type=click.IntRange(1, 1000),
    help="Verifications done side by side by each worker; the worker that started last decides for all.",
)
@click.option(
    "--log-level", default="info", show_default=True, type=click.Choice(("debug", "info", "warning", "error"))
)
def worker(jobs_at_once: int | None, log_level: str) -> None:
    """Do the verifications that are posted to any `isnad serve` on the same PostgreSQL database.

    When stopped, it takes no more and gives what is under way some time to finish; what is left goes on elsewhere at
    once. What a killed worker had begun goes on elsewhere after some silence (ISNAD_WORKER_SILENCE).
    """
    from agent.config import load_settings
    from agent.extras import check_installed

    check_installed("a worker", "service", *_NEEDED)
    from agent.doors.api.logs import log_to_stderr
    from agent.jobs.ending import end_without_engine

    settings = load_settings(jobs_at_once=jobs_at_once)
    if settings.database_url is None:
        raise ConfigurationError(
            "a worker shares a PostgreSQL database with the API, and ISNAD_DATABASE_URL is not set; on SQLite one "
            "process does it all: isnad serve"
        )
    log_to_stderr(log_level)
    asyncio.run(_work_until_stopped(settings))
    end_without_engine()


async def _work_until_stopped(settings: "Settings") -> None:
    from agent.app import open_store, open_work
    from agent.tracing import open_tracing

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    with open_tracing(settings):
        async with open_store(settings) as coverage, open_work(settings, coverage):
            click.echo(f"Isnad works, {settings.jobs_at_once} verifications at once", err=True)
            await stop.wait()
