"""The SQLite file of the coverage store: its tables, its opening, its transactions, its errors."""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from agent.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, url TEXT, outlet TEXT, title TEXT, author TEXT,
    canonical_url TEXT, published_at TEXT, language TEXT NOT NULL, text TEXT NOT NULL, page TEXT, day TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'superseded', 'withdrawn')),
    reason TEXT, added_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_day ON documents (day);
CREATE INDEX IF NOT EXISTS documents_by_page ON documents (page);
CREATE INDEX IF NOT EXISTS documents_pending ON documents (state) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS passages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (document_id, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passages_by_key ON passages (key);
CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS texts_index USING fts5 (
    terms, content='texts', content_rowid='id', tokenize="ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE IF NOT EXISTS texts_terms USING fts5vocab (texts_index, row);
CREATE TABLE IF NOT EXISTS fetched (
    url TEXT PRIMARY KEY, page TEXT, etag TEXT, last_modified TEXT, told TEXT, looked_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS followed (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, every INTEGER NOT NULL, added_at TEXT NOT NULL,
    looked_at TEXT, due_at TEXT NOT NULL, failures INTEGER NOT NULL, error TEXT, etag TEXT, last_modified TEXT
);
CREATE TABLE IF NOT EXISTS copies (
    document INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE, place INTEGER NOT NULL, of INTEGER,
    head INTEGER NOT NULL, why TEXT, shared REAL, changed TEXT, runs INTEGER NOT NULL, kept INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS copies_by_head ON copies (head, place);
CREATE INDEX IF NOT EXISTS copies_by_original ON copies (of);
CREATE TABLE IF NOT EXISTS places (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, place INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sketches (
    run INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (run, document)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    page TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (page, document)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_LAYOUT = "3"
_BUSY_SECONDS = 10
_MOST_PARAMETERS = 500

T = TypeVar("T")


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

    def number(self, query: str, parameters: Sequence[str] = ()) -> int:
        """The one number that a query gives."""
        with self.reading() as connection:
            return int(connection.execute(query, parameters).fetchone()[0])


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """The file, its tables made when they are not there; raises `StoreError`, as all that is done with it does."""
    with _translated(path):
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    with closing(connection):
        with _translated(path):
            connection.execute("PRAGMA journal_mode=WAL")
            # Chroma is not undone by a power cut, so neither may the note of what stands in it be.
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            layout = _layout(connection)
        if layout != _LAYOUT:
            raise StoreError(
                f"{str(path)!r} was written by another version of Isnad (layout {layout}, not {_LAYOUT}). "
                "Name another folder in ISNAD_DATA_DIR, and add the documents there."
            )
        yield Database(connection, path)


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one query takes."""
    for start in range(0, len(items), _MOST_PARAMETERS):
        yield items[start : start + _MOST_PARAMETERS]


def marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))


def _layout(connection: sqlite3.Connection) -> str:
    """The layout of the file; a new file is given ours, and a name of its own. Two processes may come at once."""
    facts = [("layout", _LAYOUT), ("name", secrets.token_hex(4))]
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)
        return str(connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()[0])


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Errors of SQLite as `StoreError` that names the file and says what to do."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as err:
        raise StoreError(
            f"cannot use the coverage catalogue {str(path)!r}: {err}. Check its permissions and the free space, "
            "or name another folder in ISNAD_DATA_DIR."
        ) from err
