"""Where jobs are kept: one SQLite file, opened the way that a queue needs it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.config import Settings
from agent.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Engine

_FILE = "jobs.sqlite"
_BUSY_MILLISECONDS = 30_000
_CONNECTIONS = 16


def database_url(settings: Settings) -> str:
    return f"sqlite:///{settings.data_dir / _FILE}"


@contextmanager
def open_engine(settings: Settings, *, through_power_cuts: bool) -> Iterator["Engine"]:
    """Connections to the database of jobs; raises `StoreError` when it cannot be used.

    What is committed survives a kill in any case; a power cut too, if so asked: every commit then waits for the disk.
    """
    from sqlalchemy import create_engine, event

    with translated():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    # Parameters hold whole articles, and errors are logged.
    engine = create_engine(database_url(settings), pool_size=_CONNECTIONS, max_overflow=0, hide_parameters=True)
    synchronous = "FULL" if through_power_cuts else "NORMAL"

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        _prepare(connection, synchronous)

    event.listen(engine, "connect", prepare)
    try:
        yield engine
    finally:
        engine.dispose()


def _prepare(connection: sqlite3.Connection, synchronous: str) -> None:
    # Writers wait for each other from the start of a transaction: none can fail in the middle of one.
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database as `StoreError`."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (OSError, SQLAlchemyError) as err:
        raise StoreError(
            f"cannot use the database of jobs: {err}. Check its permissions and the free space, or name another "
            "folder in ISNAD_DATA_DIR."
        ) from err
