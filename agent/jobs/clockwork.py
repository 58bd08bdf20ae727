"""What a service does by the clock: looking for what changes earlier labels, reading followed feeds, evaluations, and
forgetting how all that went."""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from agent.config import Settings
from agent.errors import ConfigurationError, EvaluationFailed
from agent.extras import needs
from agent.jobs.access import open_jobs
from agent.jobs.crons import cron_of
from agent.jobs.duties import EVALUATE, PRUNE, REFRESH, WATCH, ScheduledTask
from agent.jobs.label_changes import announce_changes, announce_edits
from agent.storage.reports import open_reports

if TYPE_CHECKING:
    from agent.coverage.web.web import Web
    from agent.watch.look import Watch

T = TypeVar("T")
Opening = Callable[[], AbstractAsyncContextManager[T]]

_log = logging.getLogger("isnad.duties")
_EVALUATIONS = ("inspect_ai", "sklearn")
_LONGEST_FAILURE = 500
_NIGHTLY = "41 3 * * *"


def build_crons(settings: Settings) -> dict[str, str]:
    """When each duty is done that is asked for, or is the service's own. Raises `ConfigurationError` for what is no
    time."""
    asked = {
        WATCH: ("ISNAD_WATCH_EVERY", settings.watch_every),
        REFRESH: ("ISNAD_REFRESH_EVERY", settings.refresh_every),
        EVALUATE: ("ISNAD_EVAL_SCHEDULE", settings.eval_schedule),
    }
    crons = {name: cron_of(setting, value) for name, (setting, value) in asked.items() if value is not None}
    return crons | {PRUNE: _NIGHTLY}


def build_duties(
    settings: Settings, watch: "Opening[Watch]", web: "Opening[Web]", suite: str
) -> tuple[ScheduledTask, ...]:
    """What they work with is opened for each run; `suite` is what an evaluation runs. Raises as `build_crons`, and
    for a missing package."""
    crons = build_crons(settings)
    if EVALUATE in crons and any(find_spec(package) is None for package in _EVALUATIONS):
        raise ConfigurationError(needs("ISNAD_EVAL_SCHEDULE", "evals"))
    done: dict[str, Callable[[], Awaitable[None]]] = {
        WATCH: lambda: _watch(settings, watch),
        REFRESH: lambda: _refresh(web),
        EVALUATE: lambda: _evaluate(settings, suite),
        PRUNE: lambda: _prune(settings),
    }
    return tuple(ScheduledTask(name, cron, done[name]) for name, cron in crons.items())


async def announce(settings: Settings) -> None:
    """Hands on what changed by now, also by a look of the command line."""
    with open_jobs(settings, listens=False) as jobs, open_reports(settings) as reports:
        if result := await announce_changes(jobs, reports):
            _log.info("callback addresses are told of %d changed labels", result)
        if result := await announce_edits(jobs, reports):
            _log.info("callback addresses are told of %d edits", result)


async def _watch(settings: Settings, opening: "Opening[Watch]") -> None:
    # First what another look left behind, which may be long done when this one fails.
    await announce(settings)
    async with opening() as watch:
        try:
            looked = await watch.look()
        finally:
            await announce(settings)
    relabelled = sum(change.relabelled for change in looked.changes)
    _log.info(
        "looked: %d new documents, %d claims judged anew, %d labels changed, %d claims could not be judged",
        looked.documents,
        looked.claims,
        relabelled,
        len(looked.missed),
    )


async def _refresh(opening: "Opening[Web]") -> None:
    from agent.coverage.web.following import refresh
    from agent.coverage.web.sources import EntryFilter

    async with opening() as web:
        taken = await refresh(web, EntryFilter(limit=500))
    if taken.sources:
        failed = sum(source.error is not None for source in taken.sources)
        _log.info("refreshed: %d feeds were due, %d failed", len(taken.sources), failed)


async def _evaluate(settings: Settings, suite: str) -> None:
    """In a process of its own: it is heavy, and its results stand where `isnad eval trend` finds them.

    A run that was broken off is taken up by the next one.
    """
    environment = {**os.environ, "ISNAD_DATA_DIR": str(settings.data_dir)}
    command = (sys.executable, "-m", "agent", "eval", "run", "--suite", suite)
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, errors = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if process.returncode == 0:
        _log.info("evaluation done; `isnad eval trend` draws it")
    elif process.returncode == 1:
        _log.error("evaluation done: it got worse; `isnad eval gate` tells what")
    else:
        text = errors.decode(errors="replace")[-_LONGEST_FAILURE:].strip()
        raise EvaluationFailed(f"the evaluation ended with {process.returncode}: {text}")


async def _prune(settings: Settings) -> None:
    with open_jobs(settings, listens=False) as jobs:
        forgotten = await jobs.prune(datetime.now(UTC) - timedelta(days=settings.history_days))
    _log.info("%d ended runs by the clock and deliveries are forgotten", forgotten)
