"""Connections to the PostgreSQL database that all processes share: one pool of them in a process, for every part."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from agent.config import Settings
from agent.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from agent.storage.address import DatabaseAddress
    from agent.storage.pool import Pool

# What docs/service.md tells of connections is counted from this, and tests/storage/test_budget.py holds it.
MOST_CONNECTIONS = 10
_WAIT_SECONDS = 20
_LOCK = 0x69736E6164
_LOCK_SECONDS = 60.0


class _Shared:
    """The pools of this process, by address, each with how many hold it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.pools: dict[tuple[str, float], Pool] = {}
        self.holders: dict[tuple[str, float], int] = {}


_shared = _Shared()


@contextmanager
def open_pool(settings: Settings) -> "Iterator[Pool]":
    """The pool of this process for the database of the settings: whoever opens it meanwhile is given the same.

    It connects when it is first used, and again after the server was away. The last to close it closes its
    connections. Raises `ConfigurationError` for an address that cannot be read.
    """
    from agent.storage.address import DatabaseAddress
    from agent.storage.pool import Pool

    assert settings.database_url is not None, "only a server has a pool"
    key = settings.database_url.get_secret_value(), settings.idle_transaction
    with _shared.lock:
        pool = _shared.pools.get(key)
        if pool is None:
            address = DatabaseAddress(settings.database_url)
            pool = _shared.pools[key] = Pool(_build_engine(address, settings.idle_transaction), address)
        _shared.holders[key] = _shared.holders.get(key, 0) + 1
    try:
        yield pool
    finally:
        with _shared.lock:
            _shared.holders[key] -= 1
            last = not _shared.holders[key]
            if last:
                del _shared.pools[key], _shared.holders[key]
        if last:
            pool.engine.dispose()


def _build_engine(address: "DatabaseAddress", idle_seconds: float) -> "Engine":
    """The server ends a transaction that does nothing for `idle_seconds`: a frozen process holds up no other."""
    from sqlalchemy import create_engine, event

    engine = create_engine(
        "postgresql+psycopg://",
        pool_size=MOST_CONNECTIONS,
        # None is closed that will soon be needed again: to the server it counts until it has noticed.
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
        pool_pre_ping=True,
        pool_use_lifo=True,
        # Parameters hold whole articles, and errors are logged.
        hide_parameters=True,
    )

    # Not in the engine's address, which is shown, and which knows fewer ways to write one.
    def connect(_dialect: object, _record: object, _given: object, parameters: dict[str, Any]) -> None:
        parameters.update(address.parameters(idle_in_transaction_session_timeout=max(1, int(idle_seconds * 1000))))

    event.listen(engine, "do_connect", connect)
    return engine


@contextmanager
def one_at_a_time(engine: "Engine") -> Iterator[None]:
    """Holds back every other process that makes tables: two that make the same one at once would both fail. Raises
    `StoreError` when another takes too long."""
    from sqlalchemy import func, select

    take, give = select(func.pg_try_advisory_lock(_LOCK)), select(func.pg_advisory_unlock(_LOCK))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        until = time.monotonic() + _LOCK_SECONDS
        while not connection.execute(take).scalar_one():
            if time.monotonic() > until:
                raise StoreError("another process has been making the tables of the database for too long")
            time.sleep(0.1)
        try:
            yield
        finally:
            connection.execute(give)


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
