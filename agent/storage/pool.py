"""A process's connections to a PostgreSQL server: lent for a transaction or for a while, errors translated."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, local
from typing import Any, cast

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from agent.errors import StoreError
from agent.storage.address import DatabaseAddress

Raw = psycopg.Connection[tuple[Any, ...]]

# Of the connections of a pool. The others are for what is asked for in the midst of a transaction, and for the engine
# of jobs: were all of them lent to whoever needs another, nobody would ever be given one.
_TRANSACTIONS_AT_ONCE = 5
_WAIT_SECONDS = 60.0
ERRORS = (psycopg.Error, SQLAlchemyError)


@dataclass(frozen=True)
class PooledConnection:
    """A connection in autocommit, until it is taken back."""

    raw: Raw
    proxied: PoolProxiedConnection


class _Mine(local):
    """How many transactions a thread is in the midst of."""

    def __init__(self) -> None:
        self.depth = 0


class Pool:
    """Opened with `open_pool`; safe for threads. `engine` lends the same connections to who speaks SQLAlchemy.

    A connection that was lost costs whoever was using it an error, and nobody after.
    """

    def __init__(self, engine: Engine, address: DatabaseAddress) -> None:
        self.engine = engine
        self.address = address
        self._turns = BoundedSemaphore(_TRANSACTIONS_AT_ONCE)
        self._mine = _Mine()

    @contextmanager
    def transaction(self, begin: str) -> Iterator[Raw]:
        """A transaction that these statements begin, ended at the end. Raises what psycopg and SQLAlchemy raise."""
        with self.lent(begin) as connection:
            yield connection
            # After an error that somebody has caught, the server takes it for the wish to undo all.
            if connection.execute("COMMIT").statusmessage != "COMMIT":
                raise psycopg.OperationalError("nothing was written, because a statement before had failed")

    @contextmanager
    def lent(self, begin: str = "", end: str = "") -> Iterator[Raw]:
        """As `lend` and `take_back`, for one thread at a time."""
        with self._turn():
            lent = self.lend(begin)
            try:
                yield lent.raw
            finally:
                self.take_back(lent, end)

    def lend(self, begin: str = "") -> PooledConnection:
        """A connection on which these statements were done."""
        proxied = self.engine.raw_connection()
        lent = PooledConnection(cast("Raw", proxied.driver_connection), proxied)
        try:
            lent.raw.autocommit = True
            if begin:
                lent.raw.execute(begin.encode())
        except psycopg.Error:
            self.take_back(lent)
            raise
        return lent

    def take_back(self, lent: PooledConnection, end: str = "") -> None:
        """Undoes what was not committed, and does these statements."""
        try:
            lent.raw.rollback()
            if end:
                lent.raw.execute(end.encode())
            lent.raw.autocommit = False
        except psycopg.Error:
            lent.proxied.invalidate()
        else:
            lent.proxied.close()

    @contextmanager
    def translated(self, name: str) -> Iterator[None]:
        """Errors of PostgreSQL as `StoreError` that names what cannot be used and the database, without its
        password."""
        try:
            yield
        except ERRORS as err:
            raise StoreError(
                f"cannot use the {name} {str(self.address)!r}: {self.error_text(err)}. Check that the "
                "PostgreSQL server of ISNAD_DATABASE_URL runs and lets this user in."
            ) from err

    def error_text(self, err: Exception) -> str:
        """What an error says, in one line and without the password."""
        return self.address.without_secrets(" ".join(str(err).split())) or type(err).__name__

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Who is in the midst of a transaction need not wait for others to end theirs."""
        if self._mine.depth == 0 and not self._turns.acquire(timeout=_WAIT_SECONDS):
            raise psycopg.OperationalError(f"all connections have been in use for {_WAIT_SECONDS:g} s")
        self._mine.depth += 1
        try:
            yield
        finally:
            self._mine.depth -= 1
            if self._mine.depth == 0:
                self._turns.release()
