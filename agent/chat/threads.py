"""The list of threads: whose each is, what it is called, when it was spoken in. What was said is kept elsewhere."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import case, delete, func, insert, select, update

from agent.chat.records import ThreadSummary, UnknownThread
from agent.config import Settings
from agent.storage import Database, given, open_database
from agent.storage.schema import THREADS
from agent.storage.tables.service import threads

_c = threads.c
_OWN = _c.owner == given("of_owner")
_ONE = _OWN, _c.id == given("of_id")
_ALL = select(_c.id, _c.title, _c.run_id, _c.created_at, _c.updated_at)
_ADD = insert(threads)
_GET = _ALL.where(*_ONE)
_LISTING = _ALL.where(_OWN).order_by(_c.updated_at.desc(), _c.id)
_RENAME = update(threads).where(*_ONE)
_SPOKEN = (
    update(threads)
    .where(*_ONE)
    .values(
        updated_at=given("at"),
        run_id=func.coalesce(given("run"), _c.run_id),
        title=case((_c.title == "", given("named")), else_=_c.title),
    )
)
_DELETE = delete(threads).where(*_ONE)


class Threads:
    """Every method raises `StoreError`; those that name a thread `UnknownThread` when its owner has none such."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, owner: str, title: str, run_id: str | None) -> ThreadSummary:
        at = _text(now())
        row = {"id": secrets.token_hex(8), "title": title, "run_id": run_id, "created_at": at, "updated_at": at}
        with self._database.writing() as connection:
            connection.execute(_ADD, row | {"owner": owner})
        return ThreadSummary.model_validate(row)

    def get(self, owner: str, thread_id: str) -> ThreadSummary:
        with self._database.reading() as connection:
            row = connection.execute(_GET, _one(owner, thread_id)).fetchone()
        if row is None:
            raise UnknownThread(f"there is no thread {thread_id[:80]!r}")
        return _summary(row)

    def listing(self, owner: str) -> tuple[ThreadSummary, ...]:
        """The one that was spoken in last comes first."""
        with self._database.reading() as connection:
            return tuple(_summary(row) for row in connection.execute(_LISTING, {"of_owner": owner}).fetchall())

    def rename(self, owner: str, thread_id: str, title: str) -> ThreadSummary:
        with self._database.writing() as connection:
            connection.execute(_RENAME, {"title": title, **_one(owner, thread_id)})
        return self.get(owner, thread_id)

    def spoken(self, owner: str, thread_id: str, title: str, run_id: str | None) -> None:
        """A turn has ended; `title` is for a thread that has none yet."""
        turn = {"at": _text(now()), "run": run_id, "named": title}
        with self._database.writing() as connection:
            connection.execute(_SPOKEN, turn | _one(owner, thread_id))

    def delete(self, owner: str, thread_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(_DELETE, _one(owner, thread_id))


@contextmanager
def open_threads(settings: Settings) -> Iterator[Threads]:
    """Raises `StoreError`."""
    with open_database(settings, THREADS) as database:
        yield Threads(database)


def now() -> datetime:
    return datetime.now(UTC)


def _one(owner: str, thread_id: str) -> dict[str, str]:
    return {"of_owner": owner, "of_id": thread_id}


def _text(moment: datetime) -> str:
    """With all of its digits: moments are compared as text."""
    return moment.isoformat(timespec="microseconds")


def _summary(row: tuple[str | None, ...]) -> ThreadSummary:
    return ThreadSummary.model_validate(dict(zip(ThreadSummary.model_fields, row, strict=True)))
