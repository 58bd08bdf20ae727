"""One SQLite file: its opening, its transactions, its errors. What stands in it, its owner says."""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TypeVar

from agent.errors import StoreError

_BUSY_SECONDS = 10
_MOST_PARAMETERS = 500
_ERRORS = (sqlite3.Error, sqlite3.Warning)
_FACTS = "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a file: `name` for messages, `version` raised with every change, `otherwise` what to do then."""

    name: str
    version: str
    tables: str
    otherwise: str


class Database:
    """One connection, whose users take turns: threads wait for each other, and transactions nest."""

    def __init__(self, connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
        self._connection = connection
        self._path = path
        self._layout = layout
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self._path, self._layout):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """What is written inside stands together or not at all."""
        with self._lock, _translated(self._path, self._layout):
            if self._connection.in_transaction:
                yield self._connection
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection

    def number(self, query: str, parameters: Sequence[str] = ()) -> int:
        """The one number that a query gives."""
        with self.reading() as connection:
            return int(connection.execute(query, parameters).fetchone()[0])

    def fact(self, name: str) -> str | None:
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def learn(self, **facts: str) -> None:
        with self.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def forget(self, name: str) -> None:
        with self.writing() as connection:
            connection.execute("DELETE FROM facts WHERE name = ?", (name,))

    def close(self) -> None:
        """After what a thread of a cancelled task may still be writing."""
        with self._lock:
            self._connection.close()


@contextmanager
def open_database(path: Path, layout: Layout) -> Iterator[Database]:
    """The file, its tables made when they are not there; raises `StoreError`, as all that is done with it does.

    Every file has a name of its own, by the fact "name".
    """
    with _translated(path, layout), _translated(path, layout, (OSError,)):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    with closing(Database(connection, path, layout)) as database:
        with _translated(path, layout):
            connection.execute("PRAGMA journal_mode=WAL")
            # What stands elsewhere by this file's word is not undone by a power cut: neither may its word be.
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            version = _version(connection, layout)
        if version != layout.version:
            raise StoreError(
                f"{str(path)!r} was written by another version of Isnad (layout {version}, not {layout.version}). "
                f"{layout.otherwise}"
            )
        yield database


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one query takes."""
    for start in range(0, len(items), _MOST_PARAMETERS):
        yield items[start : start + _MOST_PARAMETERS]


def marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))


def _version(connection: sqlite3.Connection, layout: Layout) -> str:
    """The version of the file's layout; a new file is given ours, and a name. Two processes may come at once."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            for statement in (_FACTS, *layout.tables.split(";")):
                connection.execute(statement)
            facts = [("layout", layout.version), ("name", secrets.token_hex(4))]
            connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        return str(connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()[0])


@contextmanager
def _translated(path: Path, layout: Layout, errors: tuple[type[Exception], ...] = _ERRORS) -> Iterator[None]:
    """Errors of SQLite, or those named, as `StoreError` that names the file and says what to do.

    Any other error in the midst of a transaction is that of whoever writes, and stays what it is.
    """
    try:
        yield
    except errors as err:
        raise StoreError(
            f"cannot use the {layout.name} {str(path)!r}: {err}. Check its permissions and the free space, "
            "or name another folder in ISNAD_DATA_DIR."
        ) from err
