"""What is remembered of fetched pages: how to ask for them again politely, and whether they stand in the store."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pydantic import AwareDatetime
from sqlalchemy import exists, select

from agent.models import Frozen
from agent.storage import Database, given, given_list, insert_or_update, slices
from agent.storage.tables.catalogue import documents, fetched

_c = fetched.c
_KNOWN = select(
    _c.url, _c.page, _c.etag, _c.last_modified, _c.told, _c.looked_at, exists().where(documents.c.page == _c.page)
).where(_c.url.in_(given_list("urls")))
_FILED = select(documents.c.seq).where(documents.c.page == given("of_page")).limit(1)
_NOTE = insert_or_update(fetched, "page", "etag", "last_modified", "told", "looked_at")


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
                for row in connection.execute(_KNOWN, {"urls": some}):
                    found[row[0]] = FetchRecord(**dict(zip(FetchRecord.model_fields, row, strict=True)))
        return found

    def is_filed(self, page: str) -> bool:
        """Whether any version of a page is in the store, be it superseded or withdrawn."""
        with self._database.reading() as connection:
            return connection.execute(_FILED, {"of_page": page}).fetchone() is not None

    def note(self, looks: Sequence[FetchRecord]) -> None:
        rows = [{**one.model_dump(exclude={"standing"}), "looked_at": one.looked_at.isoformat()} for one in looks]
        with self._database.writing() as connection:
            connection.executemany(_NOTE, rows)


def now() -> datetime:
    return datetime.now(UTC)
