"""Connections to a PostgreSQL server: lent for a transaction, made again when they are lost, errors translated."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.string import StrDumperUnknown, TextLoader
from psycopg_pool import ConnectionPool

from agent.errors import StoreError
from agent.storage.address import KEEPALIVES, Address
from agent.storage.texts import as_given, keepable

Raw = psycopg.Connection[tuple[Any, ...]]

_MOST_CONNECTIONS = 8
_WAIT_SECONDS = 20.0
_IDLE_SECONDS = 60.0
# A writer that hangs, or whose machine is gone, is not waited for longer than this.
_SESSION = "; ".join(
    (
        "SET lock_timeout = '60s'",
        "SET idle_in_transaction_session_timeout = '120s'",
        *(f"SET {name} = {value}" for name, value in KEEPALIVES.items()),
    )
).encode()


class Pool:
    """Safe for threads. A connection that was lost costs whoever was using it an error, and nobody after."""

    def __init__(self, address: Address, name: str) -> None:
        self.address = address
        self._name = name
        self._pool = ConnectionPool(
            address.conninfo,
            kwargs={"autocommit": True},
            configure=_configure,
            min_size=0,
            max_size=_MOST_CONNECTIONS,
            timeout=_WAIT_SECONDS,
            max_idle=_IDLE_SECONDS,
            num_workers=1,
            open=False,
        )
        with self.translated():
            # The pool tells only that nothing came in time; this says why.
            psycopg.connect(address.conninfo).close()
            self._pool.open()

    @contextmanager
    def transaction(self, begin: str) -> Iterator[Raw]:
        """A transaction that these statements begin, ended at the end."""
        with self.translated():
            connection = self.lend(begin)
            try:
                yield connection
                # After an error that somebody has caught, the server takes it for the wish to undo all.
                if connection.execute("COMMIT").statusmessage != "COMMIT":
                    raise psycopg.OperationalError("nothing was written, because a statement before had failed")
            finally:
                self.take_back(connection)

    def lend(self, begin: str) -> Raw:
        """A connection on which these statements were done: the first that still stands, as those that the pool
        keeps may all have been lost."""
        for left in range(_MOST_CONNECTIONS, -1, -1):
            connection = self._pool.getconn()
            try:
                connection.execute(begin.encode())
            except psycopg.OperationalError:
                lost = connection.broken
                self.take_back(connection)
                if not lost or not left:
                    raise
            else:
                return connection
        raise AssertionError("the last try raises or returns")

    def take_back(self, connection: Raw, end: str = "") -> None:
        """Undoes what was not committed, and does these statements."""
        try:
            connection.rollback()
            connection.execute(end.encode())
        except psycopg.Error:
            connection.close()
        finally:
            self._pool.putconn(connection)

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of PostgreSQL as `StoreError` that names the database, without its password."""
        try:
            yield
        except psycopg.Error as err:
            said = self.address.without_secrets(" ".join(str(err).split()))
            raise StoreError(
                f"cannot use the {self._name} {str(self.address)!r}: {said or type(err).__name__}. Check that the "
                "PostgreSQL server of ISNAD_DATABASE_URL runs and lets this user in."
            ) from err


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> bytes:
        return keepable(obj).encode()


class _TextLoader(TextLoader):
    def load(self, data: Any) -> str | bytes:
        loaded = super().load(data)
        return as_given(loaded) if isinstance(loaded, str) else loaded


def _configure(connection: Raw) -> None:
    connection.adapters.register_dumper(str, _TextDumper)
    connection.adapters.register_loader("text", _TextLoader)
    connection.execute(_SESSION)
