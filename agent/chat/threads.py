"""The list of threads: whose each is, what it is called, when it was spoken in. What was said is kept elsewhere."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from agent.chat.records import ThreadSummary, UnknownThread
from agent.config import Settings
from agent.storage import Database, open_database
from agent.storage.schema import THREADS

_COLUMNS = "id, title, run_id, created_at, updated_at"
_ONE = "owner = ? AND id = ?"


class Threads:
    """Every method raises `StoreError`; those that name a thread `UnknownThread` when its owner has none such."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, owner: str, title: str, run_id: str | None) -> ThreadSummary:
        at = _text(now())
        row = (owner, secrets.token_hex(8), title, run_id, at, at)
        with self._database.writing() as connection:
            connection.execute("INSERT INTO threads VALUES (?, ?, ?, ?, ?, ?)", row)
        return _card(row[1:])

    def get(self, owner: str, thread_id: str) -> ThreadSummary:
        with self._database.reading() as connection:
            query = f"SELECT {_COLUMNS} FROM threads WHERE {_ONE}"
            row = connection.execute(query, (owner, thread_id)).fetchone()
        if row is None:
            raise UnknownThread(f"there is no thread {thread_id[:80]!r}")
        return _card(row)

    def listing(self, owner: str) -> tuple[ThreadSummary, ...]:
        """The one that was spoken in last comes first."""
        query = f"SELECT {_COLUMNS} FROM threads WHERE owner = ? ORDER BY updated_at DESC, id"
        with self._database.reading() as connection:
            return tuple(_card(row) for row in connection.execute(query, (owner,)).fetchall())

    def rename(self, owner: str, thread_id: str, title: str) -> ThreadSummary:
        with self._database.writing() as connection:
            connection.execute(f"UPDATE threads SET title = ? WHERE {_ONE}", (title, owner, thread_id))
        return self.get(owner, thread_id)

    def spoken(self, owner: str, thread_id: str, title: str, run_id: str | None) -> None:
        """A turn has ended; `title` is for a thread that has none yet."""
        query = (
            "UPDATE threads SET updated_at = ?, run_id = coalesce(?, run_id),"
            f" title = CASE title WHEN '' THEN ? ELSE title END WHERE {_ONE}"
        )
        with self._database.writing() as connection:
            connection.execute(query, (_text(now()), run_id, title, owner, thread_id))

    def delete(self, owner: str, thread_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(f"DELETE FROM threads WHERE {_ONE}", (owner, thread_id))


@contextmanager
def open_threads(settings: Settings) -> Iterator[Threads]:
    """Raises `StoreError`."""
    with open_database(settings, THREADS) as database:
        yield Threads(database)


def now() -> datetime:
    return datetime.now(UTC)


def _text(moment: datetime) -> str:
    """With all of its digits: moments are compared as text."""
    return moment.isoformat(timespec="microseconds")


def _card(row: tuple[str | None, ...]) -> ThreadSummary:
    return ThreadSummary.model_validate(dict(zip(ThreadSummary.model_fields, row, strict=True)))
