"""Jobs as the settings want them: on SQLite in this process alone, on PostgreSQL beside any number of others."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.errors import ConfigurationError, StoreError
from agent.jobs.database import database_url, open_engine, table_of
from agent.jobs.predecessor import hold_place
from agent.jobs.protocol import Jobs
from agent.jobs.slot import hold_slot

_log = logging.getLogger("isnad.jobs")
# On SQLite one process does the jobs; two would stall each other for seconds.
_SLOT = "embedded"
_AGAIN_SECONDS = 1.0


@asynccontextmanager
async def open_work(settings: Settings, coverage: Coverage) -> AsyncIterator[None]:
    """Does jobs on this event loop until the end.

    Raises `StoreBusy` when another process does them already, `ConfigurationError` where jobs would fail.
    """
    _check_temporary_folder()
    opened = _open_embedded(settings, coverage) if settings.database_url is None else _open_shared(settings, coverage)
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
async def _open_embedded(settings: Settings, coverage: Coverage) -> AsyncIterator[None]:
    from agent.jobs.clockwork import announce, build_duties
    from agent.jobs.hand import open_hand
    from agent.jobs.kept import Kept
    from agent.jobs.place import make_ready
    from agent.jobs.worker import open_worker

    with (
        hold_slot(settings.data_dir / "workers", _SLOT, 1) as slot,
        # What a power cut takes of the steps is done again.
        open_engine(settings, through_power_cuts=False) as engine,
    ):
        await asyncio.to_thread(make_ready, engine)
        kept = Kept(engine, table_of(settings))
        async with (
            open_hand(settings, coverage, kept) as hand,
            open_worker(
                engine,
                database_url(settings),
                slot,
                hand,
                kept,
                at_once=settings.jobs_at_once,
                grace=settings.shutdown_grace,
                duties=build_duties(settings, coverage),
            ),
        ):
            await announce(settings)
            yield


@asynccontextmanager
async def _open_shared(settings: Settings, coverage: Coverage) -> AsyncIterator[None]:
    begun, stop = asyncio.Event(), asyncio.Event()
    work = asyncio.create_task(_work(settings, coverage, begun, stop))
    try:
        await _first_of(begun.wait(), asyncio.shield(work))
        if work.done():
            await work
        yield
    finally:
        stop.set()
        await work


async def _work(settings: Settings, coverage: Coverage, begun: asyncio.Event, stop: asyncio.Event) -> None:
    """Under one lease after another: a worker that was taken for dead begins anew under another name.

    Nobody would notice one that ended: whatever broke it off once it had begun is told, and it begins again.
    """
    while not stop.is_set():
        try:
            await _work_under_lease(settings, coverage, begun, stop)
        except Exception as err:
            if not begun.is_set():
                raise
            if isinstance(err, StoreError):
                _log.warning("work cannot go on yet: %s", err)
            else:
                _log.exception("work broke off, and begins again")
            await _first_of(stop.wait(), asyncio.sleep(_AGAIN_SECONDS))


async def _work_under_lease(
    settings: Settings, coverage: Coverage, begun: asyncio.Event, stop: asyncio.Event
) -> None:
    from agent.jobs.clockwork import announce, build_duties
    from agent.jobs.hand import open_hand
    from agent.jobs.kept import Kept
    from agent.jobs.lease import open_lease
    from agent.jobs.place import make_ready
    from agent.jobs.worker import open_worker

    with (
        hold_place(settings.data_dir / "workers") as place,
        open_engine(settings, through_power_cuts=True) as engine,
    ):
        await asyncio.to_thread(make_ready, engine)
        lent = open_lease(engine, silence=settings.worker_silence, jobs_at_once=settings.jobs_at_once, place=place)
        async with lent as lease:
            kept = Kept(engine, table_of(settings), lease)
            async with (
                open_hand(settings, coverage, kept, lease) as hand,
                open_worker(
                    engine,
                    database_url(settings),
                    lease.id,
                    hand,
                    kept,
                    at_once=settings.jobs_at_once,
                    grace=settings.shutdown_grace,
                    lease=lease,
                    duties=build_duties(settings, coverage),
                ),
            ):
                await announce(settings)
                begun.set()
                await _first_of(stop.wait(), lease.lost.wait())


async def _first_of(*things: Coroutine[Any, Any, object] | asyncio.Future[None]) -> None:
    tasks = [asyncio.ensure_future(thing) for thing in things]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


@contextmanager
def open_jobs(settings: Settings) -> Iterator[Jobs]:
    """The jobs of the shared database, or of the data folder once a worker has made the place ready.

    Raises `StoreError`.
    """
    from agent.jobs.client import open_client
    from agent.jobs.place import make_ready

    with open_engine(settings, through_power_cuts=True) as engine:
        silence = None
        if settings.database_url is not None:
            make_ready(engine)
            silence = settings.worker_silence
        with open_client(
            engine,
            most_waiting=settings.max_queued_jobs,
            most_of_owner=settings.max_jobs_per_key,
            table=table_of(settings),
            silence=silence,
        ) as jobs:
            yield jobs
