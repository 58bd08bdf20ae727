"""The tables of the engine and of its workers, with the indices that our own questions need."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from dbos import DBOSClient, DBOSPortableJSONSerializer
from dbos import error as dbos_errors
from sqlalchemy import Text, column, select, table
from sqlalchemy.schema import CreateIndex, CreateTable

from agent.errors import StoreError
from agent.jobs.database import translated
from agent.jobs.engine_table import SHARED_WORKFLOWS, WORKFLOWS
from agent.jobs.internals import make_tables
from agent.jobs.naming import APPLICATION
from agent.storage.engine import one_at_a_time
from agent.storage.tables.workers import workers

if TYPE_CHECKING:
    from sqlalchemy import Engine

_KNOWN = select(column("name", Text)).select_from(table("sqlite_master")).where(column("type", Text) == "index")
_SHARED_KNOWN = (
    select(column("indexname", Text)).select_from(table("pg_indexes")).where(column("schemaname", Text) == "dbos")
)


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
        with engine_errors_translated():
            make_tables(client)
        with translated(), one_at_a_time(engine) if shared else nullcontext(), engine.begin() as connection:
            if shared:
                connection.execute(CreateTable(workers, if_not_exists=True))
            # To make one that is there would wait for all who write.
            known = set(connection.execute(_SHARED_KNOWN if shared else _KNOWN).scalars())
            for index in (SHARED_WORKFLOWS if shared else WORKFLOWS).indices:
                if index.name not in known:
                    connection.execute(CreateIndex(index))
    finally:
        client.destroy()


@contextmanager
def engine_errors_translated() -> Iterator[None]:
    """Errors of the engine, and those of its database, as `StoreError`."""
    try:
        with translated():
            yield
    except dbos_errors.DBOSException as err:
        raise StoreError(f"the engine of jobs cannot begin: {err}") from err
