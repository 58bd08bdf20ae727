"""One SQLite file: its opening, its transactions, its errors. What stands in it, its owner says."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock, RLock

from filelock import FileLock, Timeout
from sqlalchemy import Text, column, insert, select, table, update

from agent.errors import StoreError
from agent.storage.compiling import Statement, Values, all_for_driver, creation, for_driver, given
from agent.storage.interface import UNNUMBERED, Database, Layout
from agent.storage.tables.facts import FACTS, facts

_BUSY_SECONDS = 10
_LATCH_SECONDS = 1.0
_ERRORS = (sqlite3.Error, sqlite3.Warning)
_LAYOUT = select(facts.c.value).where(facts.c.name == "layout")
_RAISE = update(facts).where(facts.c.name == "layout").values(value=given("version"))
_THERE = select(table("sqlite_master", column("name", Text)))


class FileStatements:
    """A `Connection` of a file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, statement: Statement | str, values: Values = (), /) -> sqlite3.Cursor:
        if isinstance(statement, str):
            return self._connection.execute(statement, tuple(values))
        return self._connection.execute(*for_driver(statement, "sqlite", values))

    def executemany(self, statement: Statement | str, rows: Iterable[Values], /) -> object:
        if isinstance(statement, str):
            return self._connection.executemany(statement, rows)
        some = list(rows)
        return self._connection.executemany(*all_for_driver(statement, "sqlite", some)) if some else None


class FileDatabase(Database):
    """One connection, whose users take turns: threads wait for each other."""

    def __init__(self, connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
        self._connection = connection
        self._path = path
        self._layout = layout
        self._statements = FileStatements(connection)
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[FileStatements]:
        with self._lock, _translated(self._path, self._layout):
            yield self._statements

    @contextmanager
    def writing(self) -> Iterator[FileStatements]:
        with self._lock, _translated(self._path, self._layout):
            if self._connection.in_transaction:
                yield self._statements
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._statements

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        # It would keep the other threads of this process waiting.
        yield

    def latch(self) -> "FileLatch":
        return FileLatch(self._path.with_name(f"{self._path.name}.latch"), self._layout)

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
        statements = FileStatements(connection)
        version = _layout_of(statements)
        if version is None or version == UNNUMBERED:
            _make(statements, layout, version or layout.version)
        version = version or layout.version
        if upgrade := layout.upgrade_from(version):
            for statement in upgrade:
                statements.execute(statement)
            statements.execute(_RAISE, {"version": layout.version})
            version = layout.version
        return version


def _make(connection: FileStatements, layout: Layout, version: str) -> None:
    """The tables of a new file; of one that has unnumbered tables, what tells their version from then on."""
    for statement in layout.creation("sqlite") if version != UNNUMBERED else creation(FACTS, "sqlite"):
        connection.execute(statement)
    first = {"layout": version, "name": secrets.token_hex(4)}
    connection.executemany(insert(facts), [{"name": name, "value": value} for name, value in first.items()])


def _layout_of(connection: FileStatements) -> str | None:
    """None for a file without tables."""
    names = {name for (name,) in connection.execute(_THERE)}
    if "facts" in names:
        return str(connection.execute(_LAYOUT).fetchone()[0])
    return UNNUMBERED if names else None


def _keep_a_copy(connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
    """What an upgrade changes stays beside it as it was, named by its layout."""
    version = _layout_of(FileStatements(connection))
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
