"""The database of the keys: in a file of its own, or beside the other tables of the shared database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from agent.config import Settings
from agent.errors import StoreError
from agent.storage.engine import one_at_a_time, open_pool, translated
from agent.storage.tables import keys as tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

_FILE = "keys.sqlite"
# Raised with every change of the tables, which then need a way from the one before.
_NAME, _LAYOUT = "keys", 1
_BUSY_MILLISECONDS = 10_000


@contextmanager
def open_key_database(settings: Settings) -> "Iterator[Engine]":
    """An engine on the tables of the keys. Tables that are missing are made. Raises `StoreError`, also for tables of
    a later version."""
    if settings.database_url is None:
        engine = _build_embedded(settings)
        try:
            with key_errors_translated():
                _make(engine)
            yield engine
        finally:
            engine.dispose()
    else:
        with open_pool(settings) as pool:
            with key_errors_translated(), one_at_a_time(pool.engine):
                _make(pool.engine)
            yield pool.engine


def insert_first(connection: "Connection", table: "Table", **row: str | int) -> None:
    """A row that several may make at once: the first of them does."""
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).values(row).on_conflict_do_nothing())


def key_errors_translated() -> AbstractContextManager[None]:
    """Turns errors of the database into a `StoreError` that names the settings to look at."""
    return translated("the keys", "ISNAD_DATABASE_URL or ISNAD_DATA_DIR names where they are.")


def _make(engine: "Engine") -> None:
    """Not by first asking which there are: another may make one meanwhile. Raises `StoreError` for those of a later
    version."""
    from sqlalchemy.schema import CreateTable

    layouts = tables.layouts
    with engine.begin() as connection:
        for table in tables.KEYS.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        insert_first(connection, layouts, tables=_NAME, version=_LAYOUT)
        version = connection.execute(layouts.select().where(layouts.c.tables == _NAME)).one().version
    if version > _LAYOUT:
        raise StoreError(
            f"the keys were made by a later version of Isnad (layout {version}, not {_LAYOUT}); use that"
        )


def _build_embedded(settings: Settings) -> "Engine":
    from sqlalchemy import create_engine, event

    with key_errors_translated():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        # What webhooks are signed with stands in it.
        (settings.data_dir / _FILE).touch(mode=0o600)
    engine = create_engine(f"sqlite:///{settings.data_dir / _FILE}", hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: object, _: object) -> None:
    execute = connection.execute  # type: ignore[attr-defined]  # a connection of sqlite3
    execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    execute("PRAGMA journal_mode=WAL")
