"""The PostgreSQL server that tests run against: the one that ISNAD_TEST_DATABASE_URL names, or one of their own."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from evals.postgres import run_postgres

# Read before a test takes all settings away.
_NAMED = os.environ.get("ISNAD_TEST_DATABASE_URL")


@contextmanager
def open_databases() -> Iterator[Callable[[], str]]:
    """What makes a new, empty database and returns its address."""
    if _NAMED is None:
        with run_postgres() as server:
            yield server.create_database
    else:
        yield lambda: _create(_NAMED or "")


def _create(server: str) -> str:
    import psycopg

    name = f"isnad_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return urlsplit(server)._replace(path=f"/{name}").geturl()
