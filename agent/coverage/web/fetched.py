"""What is remembered of fetched pages: how to ask for them again politely, and whether they stand in the store."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pydantic import AwareDatetime

from agent.models import Frozen
from agent.storage import Database, marks, slices

_AS_GIVEN = ", ".join(f"{name} = excluded.{name}" for name in ("page", "etag", "last_modified", "told", "looked_at"))


class FetchRecord(Frozen):
    """The last look at an address. `page` is where its document is filed, None when there was none to keep.

    `told` is how the feed or sitemap marked this version; `standing`: a version of the document is in the store.
    """

    url: str
    page: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    told: str | None = None
    looked_at: AwareDatetime
    standing: bool = False


class Fetches:
    """Looks are noted after the document stands in the store: so a kill can only make us ask once more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, urls: Iterable[str]) -> dict[str, FetchRecord]:
        found: dict[str, FetchRecord] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(urls))):
                query = (
                    "SELECT url, page, etag, last_modified, told, looked_at,"
                    " EXISTS (SELECT 1 FROM documents WHERE documents.page = fetched.page)"
                    f" FROM fetched WHERE url IN ({marks(some)})"
                )
                for row in connection.execute(query, some):
                    found[row[0]] = FetchRecord(**dict(zip(FetchRecord.model_fields, row, strict=True)))
        return found

    def is_filed(self, page: str) -> bool:
        """Whether any version of a page is in the store, be it superseded or withdrawn."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM documents WHERE page = ?", (page,)).fetchone() is not None

    def note(self, looks: Sequence[FetchRecord]) -> None:
        rows = [
            (one.url, one.page, one.etag, one.last_modified, one.told, one.looked_at.isoformat()) for one in looks
        ]
        put = f"INSERT INTO fetched VALUES (?,?,?,?,?,?) ON CONFLICT (url) DO UPDATE SET {_AS_GIVEN}"
        with self._database.writing() as connection:
            connection.executemany(put, rows)


def now() -> datetime:
    return datetime.now(UTC)
