"""The database of jobs: a PostgreSQL database, or one SQLite file that is opened in the way that a queue needs."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from agent.config import Settings
from agent.storage import engine as shared

if TYPE_CHECKING:
    from sqlalchemy import Engine

_FILE = "jobs.sqlite"
_BUSY_MILLISECONDS = 30_000
_CONNECTIONS = 16
# On Python 3.12 and later the engine asks SQLite for the milliseconds of the present moment, by a word that SQLite
# knows since this version. Before, the answer was nothing at all, and no row could be written.
_MILLISECONDS_SINCE = (3, 42, 0)


def database_url(settings: Settings) -> str:
    """The URL by which the engine tells the kind of database. Nothing connects by it."""
    if settings.database_url is not None:
        return "postgresql://engine:none@engine/isnad"
    return f"sqlite:///{settings.data_dir / _FILE}"


def is_made(settings: Settings) -> bool:
    """Whether there can be jobs. On SQLite the first worker makes the file, and nobody has to wait for that."""
    return settings.database_url is not None or (settings.data_dir / _FILE).exists()


@contextmanager
def open_engine(settings: Settings, *, through_power_cuts: bool) -> Iterator["Engine"]:
    """Connections to the database of jobs; raises `StoreError` when it cannot be used.

    What is committed survives a kill in any case; a power cut too, if so asked: every commit then waits for the disk.
    A PostgreSQL server decides that by itself.
    """
    if settings.database_url is not None:
        with shared.open_pool(settings) as pool:
            yield pool.engine
        return
    engine = _build_embedded(settings, through_power_cuts=through_power_cuts)
    try:
        yield engine
    finally:
        engine.dispose()


def _build_embedded(settings: Settings, *, through_power_cuts: bool) -> "Engine":
    from sqlalchemy import create_engine, event

    with translated():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    # Parameters hold whole articles, and errors are logged.
    engine = create_engine(database_url(settings), pool_size=_CONNECTIONS, max_overflow=0, hide_parameters=True)
    synchronous = "FULL" if through_power_cuts else "NORMAL"

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        _prepare(connection, synchronous)

    event.listen(engine, "connect", prepare)
    return engine


def _prepare(connection: sqlite3.Connection, synchronous: str) -> None:
    if sqlite3.sqlite_version_info < _MILLISECONDS_SINCE:
        connection.execute("PRAGMA trusted_schema=ON")
        connection.create_function("unixepoch", 1, _unixepoch)
    # Writers wait for each other from the start of a transaction: none can fail in the middle of one.
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")


def _unixepoch(moment: str) -> float:
    if moment not in ("subsec", "subsecond"):
        raise ValueError(f"only the present moment is known here, not {moment!r}")
    return time.time()


def translated() -> AbstractContextManager[None]:
    """Turns errors of the database into `StoreError`."""
    return shared.translated(
        "the database of jobs",
        "Check that it runs, its permissions and the free space; ISNAD_DATABASE_URL or ISNAD_DATA_DIR names it.",
    )
