"""Opens the jobs of the settings, for whoever posts, asks and cancels."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.jobs.database import open_engine
from agent.jobs.protocol import Jobs


@contextmanager
def open_jobs(settings: Settings, *, listens: bool = True) -> Iterator[Jobs]:
    """The jobs of the shared database, or of the data folder once a worker has made the place ready.

    Who does not wait for anything need not listen, which takes a connection. Raises `StoreError`.
    """
    # These bring the engine with them, which takes longer to load than all else that a short command needs.
    from agent.jobs.client import open_client
    from agent.jobs.engine_setup import make_ready
    from agent.jobs.engine_table import table_of

    with open_engine(settings, through_power_cuts=True) as engine:
        silence = None
        if settings.database_url is not None:
            make_ready(engine)
            silence = settings.worker_silence
        with open_client(
            engine,
            most_waiting=settings.max_queued_jobs,
            most_of_owner=settings.max_jobs_per_key,
            workflows=table_of(settings),
            silence=silence,
            listens=listens,
        ) as jobs:
            yield jobs
