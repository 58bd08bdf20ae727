"""The SQLite file of reports: its tables, its opening, its transactions, its errors."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from agent.errors import StoreError

_SCHEMA = """
CREATE TABLE runs (run_id TEXT PRIMARY KEY, looked_to INTEGER NOT NULL);
CREATE TABLE versions (
    run_id TEXT NOT NULL, version INTEGER NOT NULL, head TEXT NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (run_id, version)
);
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, version INTEGER NOT NULL, change TEXT NOT NULL
);
CREATE INDEX changes_by_run ON changes (run_id);
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, version INTEGER NOT NULL,
    claim_id TEXT NOT NULL, given TEXT, label TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL,
    corrected_at TEXT NOT NULL
);
CREATE INDEX corrections_by_run ON corrections (run_id);
CREATE TABLE keys (key TEXT PRIMARY KEY, text TEXT NOT NULL, space TEXT) WITHOUT ROWID;
CREATE TABLE claims (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, key TEXT NOT NULL, published TEXT, event TEXT,
    PRIMARY KEY (run_id, claim_id)
) WITHOUT ROWID;
CREATE INDEX claims_by_key ON claims (key);
CREATE TABLE touches (
    run_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL,
    PRIMARY KEY (run_id, claim_id, document_id)
) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_LAYOUT = "1"
_BUSY_SECONDS = 10


class Database:
    """One connection, whose users take turns: threads wait for each other, and transactions nest."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self._path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """What is written inside stands together or not at all."""
        with self._lock, _translated(self._path):
            if self._connection.in_transaction:
                yield self._connection
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection

    def close(self) -> None:
        """After what a thread of a cancelled task may still be writing."""
        with self._lock:
            self._connection.close()

    def fact(self, name: str) -> str | None:
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def learn(self, **facts: str) -> None:
        with self.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """The file, its tables made when they are not there; raises `StoreError`, as all that is done with it does."""
    with _translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    database = Database(connection, path)
    with closing(database):
        with _translated(path):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            layout = _layout(connection)
        if layout != _LAYOUT:
            raise StoreError(
                f"{str(path)!r} was written by another version of Isnad (layout {layout}, not {_LAYOUT}). "
                "Use that version to read it, or name another folder in ISNAD_DATA_DIR."
            )
        yield database


def _layout(connection: sqlite3.Connection) -> str:
    """The layout of the file; a new file is given ours, and a name of its own. Two processes may come at once."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            facts = [("layout", _LAYOUT), ("name", secrets.token_hex(4))]
            connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        return str(connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()[0])


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Errors of SQLite as `StoreError` that names the file and says what to do."""
    try:
        yield
    except (OSError, sqlite3.Error, sqlite3.Warning) as err:
        raise StoreError(
            f"cannot use the reports in {str(path)!r}: {err}. Check its permissions and the free space, "
            "or name another folder in ISNAD_DATA_DIR."
        ) from err
