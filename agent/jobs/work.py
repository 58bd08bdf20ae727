"""Does jobs until it is closed: on SQLite in one process alone, on PostgreSQL beside any number of other workers."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agent.config import Settings
from agent.errors import ConfigurationError, StoreError
from agent.jobs.database import database_url, open_engine
from agent.jobs.duties import ScheduledTask
from agent.jobs.engine_setup import make_ready
from agent.jobs.engine_table import table_of
from agent.jobs.guard import JobGuard
from agent.jobs.lease import Lease, open_lease
from agent.jobs.predecessor import hold_place
from agent.jobs.slot import hold_slot
from agent.jobs.worker import open_worker
from agent.jobs.workflows import JobHandler

_log = logging.getLogger("isnad.jobs")
# On SQLite one process does the jobs; two would stall each other for seconds.
_SLOT = "embedded"
_AGAIN_SECONDS = 1.0


@dataclass(frozen=True)
class Work:
    """What a worker does: jobs, by a handler that is opened anew under each lease, and scheduled tasks. `begun` is
    called each time that work begins."""

    open_handler: Callable[[JobGuard, Lease | None], AbstractAsyncContextManager[JobHandler]]
    duties: Sequence[ScheduledTask]
    begun: Callable[[], Awaitable[None]]


@asynccontextmanager
async def do_work(settings: Settings, work: Work) -> AsyncIterator[None]:
    """Does jobs on this event loop until the end.

    Raises `StoreBusy` when another process does them already, `ConfigurationError` where jobs would fail.
    """
    _check_temporary_folder()
    opened = _do_embedded(settings, work) if settings.database_url is None else _do_shared(settings, work)
    async with opened:
        yield


def _check_temporary_folder() -> None:
    # Libraries unpack their data there. On a file system that is read-only throughout, every job would fail.
    try:
        tempfile.gettempdir()
    except OSError as err:
        raise ConfigurationError(
            "no folder for temporary files can be written: mount a small one at /tmp, or name one in TMPDIR"
        ) from err


@asynccontextmanager
async def _do_embedded(settings: Settings, work: Work) -> AsyncIterator[None]:
    with (
        hold_slot(settings.data_dir / "workers", _SLOT, 1) as slot,
        # Steps that are lost by a power cut are done again.
        open_engine(settings, through_power_cuts=False) as engine,
    ):
        await asyncio.to_thread(make_ready, engine)
        guard = JobGuard(engine, table_of(settings))
        async with (
            work.open_handler(guard, None) as handler,
            open_worker(
                engine,
                database_url(settings),
                slot,
                handler,
                guard,
                at_once=settings.jobs_at_once,
                grace=settings.shutdown_grace,
                duties=work.duties,
            ),
        ):
            await work.begun()
            yield


@asynccontextmanager
async def _do_shared(settings: Settings, work: Work) -> AsyncIterator[None]:
    begun, stop = asyncio.Event(), asyncio.Event()
    working = asyncio.create_task(_keep_working(settings, work, begun, stop))
    try:
        await _first_of(begun.wait(), asyncio.shield(working))
        if working.done():
            await working
        yield
    finally:
        stop.set()
        await working


async def _keep_working(settings: Settings, work: Work, begun: asyncio.Event, stop: asyncio.Event) -> None:
    """Under one lease after another: a worker that was taken for dead begins anew under another name.

    Nobody would notice one that ended: whatever broke it off once it had begun is told, and it begins again.
    """
    while not stop.is_set():
        try:
            await _work_under_lease(settings, work, begun, stop)
        except Exception as err:
            if not begun.is_set():
                raise
            if isinstance(err, StoreError):
                _log.warning("work cannot go on yet: %s", err)
            else:
                _log.exception("work broke off, and begins again")
            await _first_of(stop.wait(), asyncio.sleep(_AGAIN_SECONDS))


async def _work_under_lease(settings: Settings, work: Work, begun: asyncio.Event, stop: asyncio.Event) -> None:
    with (
        hold_place(settings.data_dir / "workers") as place,
        open_engine(settings, through_power_cuts=True) as engine,
    ):
        await asyncio.to_thread(make_ready, engine)
        lent = open_lease(engine, silence=settings.worker_silence, jobs_at_once=settings.jobs_at_once, place=place)
        async with lent as lease:
            guard = JobGuard(engine, table_of(settings), lease)
            async with (
                work.open_handler(guard, lease) as handler,
                open_worker(
                    engine,
                    database_url(settings),
                    lease.id,
                    handler,
                    guard,
                    at_once=settings.jobs_at_once,
                    grace=settings.shutdown_grace,
                    lease=lease,
                    duties=work.duties,
                ),
            ):
                await work.begun()
                begun.set()
                await _first_of(stop.wait(), lease.lost.wait())


async def _first_of(*things: Coroutine[Any, Any, object] | asyncio.Future[None]) -> None:
    tasks = [asyncio.ensure_future(thing) for thing in things]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
