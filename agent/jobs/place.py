"""The tables of the engine and of its workers, with the indices that our own questions need."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from dbos import DBOSClient, DBOSPortableJSONSerializer
from dbos import error as dbos_errors
from sqlalchemy import text

from agent.errors import StoreError
from agent.jobs.database import SHARED_TABLE, TABLE, translated
from agent.jobs.internals import make_tables
from agent.jobs.naming import APPLICATION
from agent.jobs.questions import OF_JOB, UNDER_WAY, WEBHOOKS
from agent.storage.engine import one_at_a_time

if TYPE_CHECKING:
    from sqlalchemy import Engine

_WORKERS = """
CREATE TABLE IF NOT EXISTS isnad_workers (
    id TEXT PRIMARY KEY, jobs_at_once INTEGER NOT NULL, seen_at TIMESTAMPTZ NOT NULL DEFAULT now()
)
"""
# The engine's own are for its work. Every post asks what is under way, every page of a listing asks by owner, and
# whoever looks for the webhooks of a job knows what their ids begin with. None begins with the name of the workflow:
# SQLite thinks that few rows have one, and would leave better ways for it.
_INDICES = {
    "isnad_jobs_under_way": f"(authenticated_user, status, name) WHERE {UNDER_WAY}",
    "isnad_jobs_by_owner": "(authenticated_user, created_at, status)",
    "isnad_webhooks_by_job": f"({OF_JOB}) WHERE {WEBHOOKS}",
}
_KNOWN = "SELECT name FROM sqlite_master WHERE type = 'index'"
_SHARED_KNOWN = "SELECT indexname FROM pg_indexes WHERE schemaname = 'dbos'"


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
    shared = engine.dialect.name == "postgresql"
    client = build_client(engine, listens=False)
    try:
        with told_by_engine():
            make_tables(client)
        with translated(), one_at_a_time(engine) if shared else nullcontext(), engine.begin() as connection:
            if shared:
                connection.execute(text(_WORKERS))
            # To make one that is there would wait for all who write.
            known = connection.execute(text(_SHARED_KNOWN if shared else _KNOWN)).scalars()
            for index in _INDICES.keys() - known:
                where = SHARED_TABLE if shared else TABLE
                connection.execute(text(f"CREATE INDEX {index} ON {where} {_INDICES[index]}"))
    finally:
        client.destroy()


@contextmanager
def told_by_engine() -> Iterator[None]:
    """Errors of the engine, and those of its database, as `StoreError`."""
    try:
        with translated():
            yield
    except dbos_errors.DBOSException as err:
        raise StoreError(f"the engine of jobs cannot begin: {err}") from err
