"""Tables in a schema of a PostgreSQL database, for any number of processes and machines."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import Lock, local
from typing import Any

import psycopg
from sqlalchemy import func, insert, select, update

from agent.config import Settings
from agent.errors import StoreError
from agent.storage.compiling import given
from agent.storage.engine import open_pool
from agent.storage.interface import Database, Layout
from agent.storage.pool import Pool, PooledConnection
from agent.storage.statements import Statements
from agent.storage.tables.facts import facts

_LAYOUT = select(facts.c.value).where(facts.c.name == "layout")
_RAISE = update(facts).where(facts.c.name == "layout").values(value=given("version"))
_IS_MADE = select(func.to_regclass(given("facts")))
# The first numbers of advisory locks, which tell them from those of other programs; the second is of the tables.
_WRITING, _FILLING = 1_769_173_601, 1_769_173_602
# A writer that hangs, or whose machine is gone, is not waited for longer than this.
_BEGIN = "SET LOCAL lock_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '120s'"
_WAIT = "SET lock_timeout = '1s'"
_GIVE = "SELECT pg_advisory_unlock_all(); RESET lock_timeout"


class _ThreadConnections(local):
    """The connections that a thread has in use, by what for."""

    def __init__(self) -> None:
        self.reading: Statements | None = None
        self.writing: Statements | None = None


class ServerDatabase(Database):
    """A transaction has a connection of its own. Reading is of one moment; writing waits for whoever writes.

    The order in which numbers are given is so the order in which they are seen: who has read up to one of them never
    meets a smaller one later.
    """

    def __init__(self, pool: Pool, layout: Layout) -> None:
        self._pool = pool
        self._layout = layout
        self._schema = f"isnad_{layout.key}"
        self._standing = _ThreadConnections()

    @contextmanager
    def reading(self) -> Iterator[Statements]:
        standing = self._standing
        known = standing.writing or standing.reading
        if known is not None:
            with self._translated():
                yield known
            return
        begin = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_BEGIN}; {self._path}"
        with self._translated(), self._pool.transaction(begin) as connection:
            standing.reading = Statements(connection)
            try:
                yield standing.reading
            finally:
                standing.reading = None

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        standing = self._standing
        if standing.writing is not None:
            with self._translated():
                yield standing.writing
            return
        begin = f"BEGIN; {_BEGIN}; {self._path}; SELECT pg_advisory_xact_lock({_WRITING}, {self._number})"
        with self._translated(), self._pool.transaction(begin) as connection:
            standing.writing = Statements(connection)
            try:
                yield standing.writing
            finally:
                standing.writing = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self.reading():
            yield

    def at_once(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """The rows that one statement gives, in which {schema} stands for where the tables are. It is a transaction
        of its own and waits for no writer of other rows."""
        with self._translated(), self._pool.lent() as connection:
            return Statements(connection).execute(query.replace("{schema}", self._schema), parameters).fetchall()

    def latch(self) -> "ServerLatch":
        return ServerLatch(self._pool, self._layout, f"{_FILLING}, {self._number}", f"{_WRITING}, {self._number}")

    def _translated(self) -> AbstractContextManager[None]:
        return self._pool.translated(self._layout.name)

    @property
    def _path(self) -> str:
        return f"SET LOCAL search_path TO {self._schema}"

    @property
    def _number(self) -> str:
        return f"hashtext('{self._schema}')"

    def prepare(self) -> None:
        """Makes the tables where they are not there; many may come at once."""
        begin = f"BEGIN; {_BEGIN}; SELECT pg_advisory_xact_lock({_WRITING}, {self._number})"
        with self._translated(), self._pool.transaction(begin) as raw:
            connection = Statements(raw)
            if connection.execute(_IS_MADE, {"facts": f"{self._schema}.facts"}).fetchone()[0] is None:
                self._make(connection)
            connection.execute(self._path)
            version = str(connection.execute(_LAYOUT).fetchone()[0])
            if upgrade := self._layout.upgrade_from(version):
                for statement in upgrade:
                    connection.execute(_ordered(statement))
                version = self._layout.version
                connection.execute(_RAISE, {"version": version})
        if version != self._layout.version:
            raise StoreError(
                f"the {self._layout.name} {str(self._pool.address)!r} was made by another version of Isnad"
                f" (layout {version}, not {self._layout.version}). "
                f"{self._layout.otherwise.format(elsewhere='another database in ISNAD_DATABASE_URL')}"
            )

    def _make(self, connection: Statements) -> None:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")
        connection.execute(self._path)
        for statement in self._layout.creation("postgresql"):
            connection.execute(statement)
        first = {"layout": self._layout.version, "name": secrets.token_hex(4)}
        connection.executemany(insert(facts), [{"name": name, "value": value} for name, value in first.items()])


def _ordered(statement: str) -> str:
    """Of an upgrade: texts are ordered as SQLite orders them, whatever the language of the server."""
    return statement.replace(" TEXT", ' TEXT COLLATE "C"')


class ServerLatch:
    """A lock of a connection, so that the server gives it up with the connection.

    Who has lost it so and does not know yet may be writing still: who takes it waits for that, and what begins to
    write later can know.
    """

    def __init__(self, pool: Pool, layout: Layout, key: str, writing: str) -> None:
        self._pool = pool
        self._layout = layout
        self._key = key
        self._writing = writing
        self._turn = Lock()
        self._lent: PooledConnection | None = None

    def take(self) -> bool:
        with self._turn, self._pool.translated(self._layout.name):
            try:
                lent = self._pool.lend(f"{_WAIT}; SELECT pg_advisory_lock({self._key})")
            except psycopg.errors.LockNotAvailable:
                return False
            try:
                lent.raw.execute(f"SELECT pg_advisory_xact_lock({self._writing})".encode())
            except psycopg.Error as err:
                self._pool.take_back(lent, _GIVE)
                if isinstance(err, psycopg.errors.LockNotAvailable):
                    return False
                raise
            self._lent = lent
            return True

    def check(self) -> None:
        with self._turn:
            try:
                if self._lent is not None:
                    self._lent.raw.execute("SELECT 1")
                    return
            except psycopg.OperationalError:
                pass
        raise StoreError(
            f"the connection to the {self._layout.name} {str(self._pool.address)!r} was lost in the middle of work "
            "that others have to wait for, and they wait no longer. Nothing that was told as done is lost; begin "
            "the rest again."
        )

    def give(self) -> None:
        with self._turn:
            if self._lent is not None:
                self._pool.take_back(self._lent, _GIVE)
                self._lent = None


@contextmanager
def open_on_server(settings: Settings, layout: Layout) -> Iterator[ServerDatabase]:
    """The tables of a layout in a schema of their own, made when they are not there; raises `StoreError`."""
    with open_pool(settings) as pool:
        database = ServerDatabase(pool, layout)
        database.prepare()
        yield database
