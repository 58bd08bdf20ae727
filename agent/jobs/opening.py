"""Jobs as the settings want them: accepted and done in this process, on SQLite."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.jobs.database import database_url, open_engine
from agent.jobs.protocol import Jobs
from agent.jobs.slot import hold_slot

# On SQLite one process does the jobs; two would stall each other for seconds.
_SLOT = "embedded"


@asynccontextmanager
async def open_work(settings: Settings, coverage: Coverage) -> AsyncIterator[None]:
    """Does jobs on this event loop until the end. Raises `StoreBusy` when another process does them already."""
    from agent.jobs.hand import open_hand
    from agent.jobs.worker import open_worker

    with (
        hold_slot(settings.data_dir / "workers", _SLOT, 1) as slot,
        # What a power cut takes of the steps is done again.
        open_engine(settings, through_power_cuts=False) as engine,
    ):
        async with (
            open_hand(settings, coverage) as hand,
            open_worker(
                engine,
                database_url(settings),
                slot,
                hand,
                at_once=settings.jobs_at_once,
                grace=settings.shutdown_grace,
            ),
        ):
            yield


@contextmanager
def open_jobs(settings: Settings) -> Iterator[Jobs]:
    """The jobs of the data folder, once a worker has made the place ready; raises `StoreError`."""
    from agent.jobs.client import open_client

    with (
        open_engine(settings, through_power_cuts=True) as engine,
        open_client(engine, most_waiting=settings.max_queued_jobs, most_of_owner=settings.max_jobs_per_key) as jobs,
    ):
        yield jobs
