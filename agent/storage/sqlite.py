"""One SQLite file: its opening, its transactions, its errors. What stands in it, its owner says."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock, RLock

from filelock import FileLock, Timeout

from agent.errors import StoreError
from agent.storage.interface import UNNUMBERED, Database, Layout

_BUSY_SECONDS = 10
_LATCH_SECONDS = 1.0
_ERRORS = (sqlite3.Error, sqlite3.Warning)
_FACTS = "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_WORDS = {"identity": "INTEGER PRIMARY KEY AUTOINCREMENT", "arrival": "", "keyed": "WITHOUT ROWID"}
_WITH_COLUMN = """
SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND columns.name = ? ORDER BY tables.name
"""


class FileDatabase(Database):
    """One connection, whose users take turns: threads wait for each other."""

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
        with self._lock, _translated(self._path, self._layout):
            if self._connection.in_transaction:
                yield self._connection
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        # It would keep the other threads of this process waiting.
        yield

    def latch(self) -> "FileLatch":
        return FileLatch(self._path.with_name(f"{self._path.name}.latch"), self._layout)

    def tables_with(self, column: str) -> list[str]:
        with self.reading() as connection:
            return [row[0] for row in connection.execute(_WITH_COLUMN, (column,))]

    def next_number(self, table: str, column: str) -> str:
        return f"(SELECT max({column}) + 1 FROM {table})"

    @property
    def folder(self) -> Path:
        """Where the file stands."""
        return self._path.parent

    def close(self) -> None:
        with self._lock:
            self._connection.close()


class FileLatch:
    """A lock on a file beside the tables."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path = path
        self._layout = layout
        self._lock = FileLock(path, thread_local=False)
        self._turn = Lock()

    def take(self) -> bool:
        with self._turn, _translated(self._path, self._layout, (OSError,)):
            try:
                self._lock.acquire(timeout=_LATCH_SECONDS)
            except Timeout:
                return False
            return True

    def check(self) -> None:
        with self._turn:
            if not self._lock.is_locked:
                raise StoreError(f"the turn at the {self._layout.name} {str(self._path)!r} has been given up")

    def give(self) -> None:
        with self._turn:
            self._lock.release()


@contextmanager
def open_file(path: Path, layout: Layout) -> Iterator[FileDatabase]:
    """The file, its tables made when they are not there; raises `StoreError`."""
    with _translated(path, layout), _translated(path, layout, (OSError,)):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    with closing(FileDatabase(connection, path, layout)) as database:
        with _translated(path, layout):
            connection.execute("PRAGMA journal_mode=WAL")
            # What stands elsewhere by this file's word is not undone by a power cut: neither may its word be.
            connection.execute(f"PRAGMA synchronous={'NORMAL' if layout.may_be_lost else 'FULL'}")
            connection.execute("PRAGMA foreign_keys=ON")
            _keep_a_copy(connection, path, layout)
            version = _version(connection, layout)
        if version != layout.version:
            raise StoreError(
                f"{str(path)!r} was written by another version of Isnad (layout {version}, not {layout.version}). "
                f"{layout.otherwise.format(elsewhere='another folder in ISNAD_DATA_DIR')}"
            )
        yield database


def _version(connection: sqlite3.Connection, layout: Layout) -> str:
    """The version of the file's layout; a new file is given ours, and a name. Two processes may come at once."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        version = _layout_of(connection)
        if version is None or version == UNNUMBERED:
            _make(connection, layout, version or layout.version)
        version = version or layout.version
        if upgrade := layout.upgrade_from(version):
            for statement in upgrade:
                connection.execute(statement)
            connection.execute("UPDATE facts SET value = ? WHERE name = 'layout'", (layout.version,))
            version = layout.version
        return version


def _make(connection: sqlite3.Connection, layout: Layout, version: str) -> None:
    """The tables of a new file; of one that has unnumbered tables, what tells their version from then on."""
    connection.execute(_FACTS)
    if version != UNNUMBERED:
        for statement in (*layout.tables.format(**_WORDS).split(";"), *layout.in_file.split(";")):
            connection.execute(statement)
    facts = [("layout", version), ("name", secrets.token_hex(4))]
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts)


def _layout_of(connection: sqlite3.Connection) -> str | None:
    """None for a file without tables."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
        return str(connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()[0])
    return UNNUMBERED if connection.execute("SELECT 1 FROM sqlite_master").fetchone() else None


def _keep_a_copy(connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
    """What an upgrade changes stays beside it as it was, named by its layout."""
    version = _layout_of(connection)
    copy = path.with_name(f"{path.stem}.layout-{version}{path.suffix}")
    if version is None or layout.may_be_lost or copy.exists():
        return
    if layout.upgrade_from(version):
        connection.execute("VACUUM INTO ?", (str(copy),))


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
            f"or name another folder in ISNAD_DATA_DIR{layout.may_be_lost and f'; {layout.may_be_lost}'}."
        ) from err
