"""What a service does by the clock: looking for what changes earlier labels, reading followed feeds, evaluations, and
forgetting how all that went."""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.errors import ConfigurationError, EvaluationFailed
from agent.extras import needs
from agent.jobs.crons import cron_of
from agent.jobs.duties import EVALUATE, PRUNE, REFRESH, WATCH, Duty
from agent.jobs.label_changes import announce_changes
from agent.reports import open_reports

_log = logging.getLogger("isnad.duties")
_EVALUATIONS = ("inspect_ai", "sklearn")
_TOLD_OF_FAILURE = 500
_NIGHTLY = "41 3 * * *"


def build_crons(settings: Settings) -> dict[str, str]:
    """When each duty is done that is asked for, or is the service's own. Raises `ConfigurationError` for what is no
    time."""
    asked = {
        WATCH: ("ISNAD_WATCH_EVERY", settings.watch_every),
        REFRESH: ("ISNAD_REFRESH_EVERY", settings.refresh_every),
        EVALUATE: ("ISNAD_EVAL_SCHEDULE", settings.eval_schedule),
    }
    crons = {name: cron_of(setting, told) for name, (setting, told) in asked.items() if told is not None}
    return crons | {PRUNE: _NIGHTLY}


def build_duties(settings: Settings, coverage: Coverage) -> tuple[Duty, ...]:
    """Raises as `build_crons`, and for a missing package."""
    crons = build_crons(settings)
    if EVALUATE in crons and any(find_spec(package) is None for package in _EVALUATIONS):
        raise ConfigurationError(needs("ISNAD_EVAL_SCHEDULE", "evals"))
    done: dict[str, Callable[[], Awaitable[None]]] = {
        WATCH: lambda: _watch(settings, coverage),
        REFRESH: lambda: _refresh(settings, coverage),
        EVALUATE: lambda: _evaluate(settings),
        PRUNE: lambda: _prune(settings),
    }
    return tuple(Duty(name, cron, done[name]) for name, cron in crons.items())


async def announce(settings: Settings) -> None:
    """Hands on what changed by now, also by a look of the command line."""
    from agent.jobs.work import open_jobs

    with open_jobs(settings) as jobs, open_reports(settings) as reports:
        if told := await announce_changes(jobs, reports):
            _log.info("callback addresses are told of %d changed labels", told)


async def _watch(settings: Settings, coverage: Coverage) -> None:
    from agent.watch.opening import open_watch

    # First what another look left behind, which may be long done when this one fails.
    await announce(settings)
    async with open_watch(settings, coverage) as watch:
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


async def _refresh(settings: Settings, coverage: Coverage) -> None:
    from agent.coverage.web.following import refresh
    from agent.coverage.web.sources import Choice
    from agent.coverage.web.web import open_web

    async with open_web(settings, coverage=coverage) as web:
        taken = await refresh(web, Choice(limit=500))
    if taken.sources:
        failed = sum(source.error is not None for source in taken.sources)
        _log.info("refreshed: %d feeds were due, %d failed", len(taken.sources), failed)


async def _evaluate(settings: Settings) -> None:
    """In a process of its own: it is heavy, and its results stand where `isnad eval trend` finds them.

    A run that was broken off is taken up by the next one.
    """
    environment = {**os.environ, "ISNAD_DATA_DIR": str(settings.data_dir)}
    command = (sys.executable, "-m", "agent", "eval", "run", "--suite", settings.eval_suite)
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
        told = errors.decode(errors="replace")[-_TOLD_OF_FAILURE:].strip()
        raise EvaluationFailed(f"the evaluation ended with {process.returncode}: {told}")


async def _prune(settings: Settings) -> None:
    from agent.jobs.work import open_jobs

    with open_jobs(settings) as jobs:
        forgotten = await jobs.prune(datetime.now(UTC) - timedelta(days=settings.history_days))
    _log.info("%d ended runs by the clock and deliveries are forgotten", forgotten)
