"""Databases of the PostgreSQL server that tests run against, each a copy of one that has all tables already.

The server is the one that ISNAD_TEST_DATABASE_URL names. Where several processes run the tests, the first of them
starts one for all; a single process starts its own.
"""

import asyncio
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from agent.config import Settings
from evals.servers.postgres import run_postgres
from tests.support.named import DATABASE, kept

if TYPE_CHECKING:
    import psycopg

_LOCK = 1_769_173_699
# Stores are told apart by name, also where several share one Chroma server.
_NAME_ANEW = """
DO $$ DECLARE place text; BEGIN
    FOR place IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'isnad_') LOOP
        EXECUTE format('UPDATE %I.facts SET value = substr(md5(gen_random_uuid()::text), 1, 8) WHERE name = %L',
            place, 'name');
    END LOOP;
END $$
"""


@contextmanager
def open_databases() -> Iterator[Callable[[], str]]:
    """What makes a new database with empty tables and returns its address."""
    named = kept(DATABASE)
    if named is not None:
        with _connected(named) as connection:
            yield lambda: _create(connection, named)
        return
    with run_postgres() as server, _connected(server.url()) as connection:
        yield lambda: _create(connection, server.url())


def _connected(server: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Its statements are no transaction; a new connection for each database costs both sides milliseconds."""
    import psycopg

    return psycopg.connect(server, autocommit=True)


@cache
def _template() -> str:
    """The same name in all processes of a run."""
    return f"isnad_template_{os.environ.get('PYTEST_XDIST_TESTRUNUID') or secrets.token_hex(6)}"


def _create(connection: "psycopg.Connection[tuple[object, ...]]", server: str) -> str:
    name = f"isnad_{secrets.token_hex(6)}"
    _prepare_template(connection, server)
    # Files that are copied cost half of what it costs to write each page into the log as well.
    connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template()}" STRATEGY FILE_COPY'.encode())
    with _connected(_at(server, name)) as within:
        within.execute(_NAME_ANEW)
    return _at(server, name)


def _prepare_template(connection: "psycopg.Connection[tuple[object, ...]]", server: str) -> None:
    """Makes the tables once for all who run tests at this server now."""
    made = "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate"
    if connection.execute(made, (_template(),)).fetchone():
        return
    connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
    try:
        if not connection.execute(made, (_template(),)).fetchone():
            connection.execute(f'CREATE DATABASE "{_template()}"'.encode())
            _make_tables(_at(server, _template()))
            connection.execute(f'ALTER DATABASE "{_template()}" IS_TEMPLATE true'.encode())
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def _make_tables(url: str) -> None:
    from agent.coverage.index.catalogue import open_catalogue
    from agent.jobs.access import open_jobs
    from agent.storage.keys import open_keys
    from agent.storage.reports import open_reports
    from agent.verify.runs import open_runs

    async def make_runs(settings: Settings) -> None:
        async with open_runs(settings):
            pass

    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=SecretStr(url), chroma_url="http://127.0.0.1:1")
        with open_catalogue(settings), open_reports(settings), open_jobs(settings), open_keys(settings):
            asyncio.run(make_runs(settings))


def _at(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()
