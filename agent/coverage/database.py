"""The SQLite file of the coverage catalogue: its tables, its opening, its errors."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from agent.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, url TEXT, outlet TEXT, title TEXT, published_at TEXT, day TEXT,
    language TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready')), added_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_day ON documents (day);
CREATE INDEX IF NOT EXISTS documents_pending ON documents (state) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS passages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (document_id, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passages_by_key ON passages (key);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_LAYOUT = "2"
_BUSY_SECONDS = 10


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file, its tables made when they are not there; raises `StoreError`.

    Transactions are begun by the caller, and threads take turns.
    """
    with translated(path):
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    with closing(connection):
        with translated(path):
            connection.execute("PRAGMA journal_mode=WAL")
            # Chroma is not undone by a power cut, so neither may the note of what stands in it be.
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.executescript(_SCHEMA)
            layout = _layout(connection)
        if layout != _LAYOUT:
            raise StoreError(
                f"{str(path)!r} was written by another version of Isnad (layout {layout}, not {_LAYOUT}). "
                "Name another folder in ISNAD_DATA_DIR, and add the documents there."
            )
        yield connection


def _layout(connection: sqlite3.Connection) -> str:
    """The layout of the file; a new file is given ours, and a name of its own. Two processes may come at once."""
    facts = [("layout", _LAYOUT), ("name", secrets.token_hex(4))]
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM facts WHERE name = 'layout'").fetchone():
            connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        return str(connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()[0])


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of SQLite as `StoreError` that names the file and says what to do."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as err:
        raise StoreError(
            f"cannot use the coverage catalogue {str(path)!r}: {err}. Check its permissions and the free space, "
            "or name another folder in ISNAD_DATA_DIR."
        ) from err
