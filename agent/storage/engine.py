"""SQLAlchemy's connections to the PostgreSQL database that all processes share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.errors import StoreError

if TYPE_CHECKING:
    from pydantic import SecretStr
    from sqlalchemy import Engine

_CONNECT_SECONDS = 10
_LOCK = 0x69736E6164
_LOCK_SECONDS = 60.0


def build_engine(url: "SecretStr", *, connections: int, idle_seconds: float = 10.0) -> "Engine":
    """Connects when it is first used, and again after the server was away.

    The server ends a transaction that does nothing for `idle_seconds`: a frozen process holds up no other.
    """
    from sqlalchemy import create_engine, make_url

    address = make_url(url.get_secret_value()).set(drivername="postgresql+psycopg")
    return create_engine(
        address,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        # Parameters hold whole articles, and errors are logged.
        hide_parameters=True,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "options": f"{address.query.get('options', '')} {ending_idle(idle_seconds)}",
            # A server that went away without a word is noticed within half a minute.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 4,
        },
    )


def ending_idle(seconds: float) -> str:
    """The option of a connection by which the server ends a transaction that does nothing for so long."""
    return f"-c idle_in_transaction_session_timeout={max(1, int(seconds * 1000))}"


@contextmanager
def one_at_a_time(engine: "Engine") -> Iterator[None]:
    """Holds back every other process that makes tables: two that make the same one at once would both fail."""
    from sqlalchemy import text

    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        until = time.monotonic() + _LOCK_SECONDS
        while not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar_one():
            if time.monotonic() > until:
                raise StoreError("another process has been making the tables of the database for too long")
            time.sleep(0.1)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})


@contextmanager
def translated(what: str, advice: str) -> Iterator[None]:
    """Errors of a database as `StoreError`: what cannot be used, why, and what to do about it."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except (OSError, SQLAlchemyError) as err:
        # What SQLAlchemy adds is the statement, which is of no use to whoever reads it.
        reason = err.orig if isinstance(err, DBAPIError) and err.orig is not None else err
        raise StoreError(f"cannot use {what}: {' '.join(str(reason).split())}. {advice}") from err
