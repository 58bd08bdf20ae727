"""The tables of the engine and of its workers in PostgreSQL. On SQLite the one worker makes them when it starts."""

from typing import TYPE_CHECKING

from dbos import DBOSClient, DBOSPortableJSONSerializer
from dbos import error as dbos_errors
from sqlalchemy import text

from agent.engine import one_at_a_time
from agent.errors import StoreError
from agent.jobs.database import translated
from agent.jobs.naming import APPLICATION

if TYPE_CHECKING:
    from sqlalchemy import Engine

_WORKERS = """
CREATE TABLE IF NOT EXISTS isnad_workers (
    id TEXT PRIMARY KEY, jobs_at_once INTEGER NOT NULL, seen_at TIMESTAMPTZ NOT NULL DEFAULT now()
)
"""


def build_client(engine: "Engine", *, listens: bool) -> DBOSClient:
    """The engine's client; one that `listens` hears at once of what it waits for. Connects only then."""
    return DBOSClient(
        system_database_engine=engine,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        retry_connection_errors=False,
        lazy=not listens,
    )


def make_ready(engine: "Engine") -> None:
    """Makes what is not there yet, whoever of several comes first. Raises `StoreError`."""
    client = build_client(engine, listens=False)
    try:
        with translated(), one_at_a_time(engine), engine.begin() as connection:
            connection.execute(text(_WORKERS))
        with translated():
            client._sys_db.run_migrations()
    except dbos_errors.DBOSException as err:
        raise StoreError(f"the tables of jobs cannot be made: {err}") from err
    finally:
        client.destroy()
