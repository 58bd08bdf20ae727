"""The feeds and sitemaps that are followed: how often, when next, and what went wrong last time."""

from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime
from sqlalchemy import delete, insert, select, update

from agent.coverage.intake.kinds import FileKind
from agent.fetch.url import spelling_key
from agent.models import Frozen
from agent.storage import Connection, Database, given
from agent.storage.tables.catalogue import followed

_LONGEST_PAUSE = 24 * 3600

_ONE = followed.c.url == given("of_url")
_ADD = insert(followed)
_UPDATE = update(followed).where(_ONE)
_DELETE = delete(followed).where(_ONE)
_URLS = select(followed.c.url)
_ALL = select(followed).order_by(followed.c.added_at, followed.c.url)


class Followed(Frozen):
    """`every` is in seconds; `failures` have come since the last look that worked, and `error` tells of the last."""

    url: str
    kind: FileKind
    title: str | None = None
    every: int
    added_at: AwareDatetime
    looked_at: AwareDatetime | None = None
    due_at: AwareDatetime
    failures: int = 0
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def pause(self, jitter: float, retry_after: float | None = None) -> timedelta:
        """How long to wait for the next look: longer after each failure, as long as the host asked, a day at most.

        `jitter` in 0…1 takes up to a tenth off: feeds spread, and a cron job of the same rhythm finds them due.
        """
        seconds = max(self.every * (1 - jitter / 10) * 2.0 ** min(self.failures, 16), retry_after or 0)
        return timedelta(seconds=min(seconds, max(_LONGEST_PAUSE, self.every)))


class Follows:
    """What is followed, kept in the catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, one: Followed) -> None:
        """In place of what was followed under another spelling of its address."""
        with self._database.writing() as connection:
            _delete(connection, one.url)
            connection.execute(_ADD, one.model_dump(mode="json"))

    def update(self, one: Followed) -> None:
        """As `put`, for what is still followed: what was removed in the meantime stays so."""
        with self._database.writing() as connection:
            connection.execute(_UPDATE, {**one.model_dump(mode="json"), "of_url": one.url})

    def all(self) -> list[Followed]:
        with self._database.reading() as connection:
            rows = connection.execute(_ALL).fetchall()
        return [Followed(**dict(zip(followed.c.keys(), row, strict=True))) for row in rows]

    def at(self, *urls: str) -> Followed | None:
        """What is followed under one of some addresses, however they are spelled."""
        keys = set(map(spelling_key, urls))
        return next((one for one in self.all() if spelling_key(one.url) in keys), None)

    def due(self, moment: datetime) -> list[Followed]:
        """Those whose time has come, the longest waiting first."""
        return sorted((one for one in self.all() if one.due_at <= moment), key=lambda one: one.due_at)

    def remove(self, urls: tuple[str, ...]) -> list[str]:
        """Ends following some, however they are spelled; returns those that were followed. Their documents stay."""
        with self._database.writing() as connection:
            return [url for url in dict.fromkeys(urls) if _delete(connection, url)]


def _delete(connection: Connection, url: str) -> bool:
    """Whether there was one to delete."""
    key = spelling_key(url)
    spellings = [one for (one,) in connection.execute(_URLS).fetchall() if spelling_key(one) == key]
    for one in spellings:
        connection.execute(_DELETE, {"of_url": one})
    return bool(spellings)


def begin(url: str, kind: FileKind, every: int, title: str | None) -> Followed:
    """A new one, due at once."""
    moment = datetime.now(UTC)
    return Followed(url=url, kind=kind, title=title, every=every, added_at=moment, due_at=moment)
