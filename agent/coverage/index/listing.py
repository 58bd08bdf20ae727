"""Which documents of a store are listed: chosen, counted and paged by the store, whatever it holds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from agent.coverage.index.address import page_key
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DocumentListing
from agent.models import Frozen
from agent.storage import Database, marks, slices
from agent.text.language import primary_language

_DAY = "substr(published_at, 1, 10)"
# The documents that were only kept stand behind the others.
# What is wanted is put together of parts: as text, so that no statement is compiled anew for each listing.
CURRENT, KEPT = "state IN ('pending', 'ready')", "state IN ('superseded', 'withdrawn')"
LISTED = (
    "id, url, outlet, title, published_at, language, length(text),"
    " (SELECT count(*) FROM passages WHERE document_id = id), state, reason, added_at, substr(text, 1, 300)"
)
_AS_THEY_CAME = f"CASE WHEN {CURRENT} THEN 0 ELSE 1 END, seq"
_NEWEST_FIRST = f"CASE WHEN published_at IS NULL THEN 1 ELSE 0 END, published_at DESC, {_AS_THEY_CAME}"


class ListingFilter(Frozen):
    """`url` may be written in any way that leads to the same page. Without bounds any day will do, also none; a
    document without a date lies within no bounds.

    `origin` is that of a document, by its id. `kept`: also those that are kept and searched no more.
    """

    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    origin: str | None = None
    since: date | None = None
    until: date | None = None
    kept: bool = False


EVERYTHING = ListingFilter()


class ListedPage(Frozen):
    """Some of the documents that are wanted; `total` is how many are."""

    documents: tuple[DocumentListing, ...]
    total: int


class CountedValue(Frozen):
    value: str
    documents: int


class HeldCounts(Frozen):
    """How many documents there are, of each outlet and in each language (primary subtags), most first."""

    documents: int
    outlets: tuple[CountedValue, ...]
    languages: tuple[CountedValue, ...]


def listed_documents(catalogue: Catalogue, wanted: ListingFilter) -> list[DocumentListing]:
    """All of them, oldest addition first; those that are only kept come last. Blocking."""
    condition = _condition(catalogue, wanted)
    return list(_read(catalogue.database, f"WHERE {condition.sql} ORDER BY {_AS_THEY_CAME}", condition.values))


def listed_page(
    catalogue: Catalogue, wanted: ListingFilter, offset: int, limit: int, *, newest_first: bool = False
) -> ListedPage:
    """Some of them in that order; or the last published first, and those without a date last. Blocking."""
    condition = _condition(catalogue, wanted)
    order = _NEWEST_FIRST if newest_first else _AS_THEY_CAME
    chosen = f"SELECT seq FROM documents WHERE {condition.sql} ORDER BY {order} LIMIT ? OFFSET ?"
    # What a line tells of a document is read of those that are shown alone.
    rest = f"WHERE seq IN (SELECT seq FROM ({chosen}) AS chosen) ORDER BY {order}"
    # Nobody writes between the two.
    with catalogue.database.reading():
        rows = tuple(_read(catalogue.database, rest, (*condition.values, limit, offset)))
        total = catalogue.database.number(f"SELECT count(*) FROM documents WHERE {condition.sql}", condition.values)
    return ListedPage(documents=rows, total=total)


def listed_among(catalogue: Catalogue, wanted: ListingFilter, ids: Collection[str]) -> frozenset[str]:
    """The ids of those of some documents that are wanted. Blocking."""
    condition = _condition(catalogue, wanted)
    found: set[str] = set()
    with catalogue.database.reading() as connection:
        for some in slices(sorted(ids)):
            query = f"SELECT id FROM documents WHERE {condition.sql} AND id IN ({marks(some)})"
            found |= {row[0] for row in connection.execute(query, (*condition.values, *some))}
    return frozenset(found)


def held_counts(catalogue: Catalogue, *, kept: bool = False) -> HeldCounts:
    """Counted anew only when the store has been written to. Blocking."""
    return catalogue.edition.get(("held", kept), partial(_counted, catalogue.database, kept=kept))


@dataclass(frozen=True)
class _Condition:
    """What stands behind WHERE, and the values of its places in order."""

    sql: str
    values: tuple[str, ...]


def _condition(catalogue: Catalogue, wanted: ListingFilter) -> _Condition:
    parts = list(_parts(catalogue, wanted))
    return _Condition(" AND ".join(one.sql for one in parts), tuple(value for one in parts for value in one.values))


def _parts(catalogue: Catalogue, wanted: ListingFilter) -> Iterator[_Condition]:
    yield _Condition(f"({CURRENT} OR {KEPT})" if wanted.kept else CURRENT, ())
    if wanted.url is not None:
        key = page_key(wanted.url)
        yield _Condition("page = ?", (key,)) if key is not None else _Condition("page IS NULL", ())
    if wanted.outlet is not None:
        name = wanted.outlet.casefold()
        known = held_counts(catalogue, kept=wanted.kept).outlets
        yield _one_of("outlet", [one.value for one in known if one.value.casefold() == name])
    if wanted.language is not None:
        spoken = primary_language(wanted.language)
        known_tags = catalogue.edition.get("tags", partial(_tags, catalogue.database))
        yield _one_of("language", [one for one in known_tags if primary_language(one) == spoken])
    if wanted.since is not None or wanted.until is not None:
        first, last = wanted.since or date.min, wanted.until or date.max
        yield _Condition(f"{_DAY} BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
    if wanted.origin is not None:
        yield _of_origin(catalogue.database, wanted.origin)


def _one_of(column: str, values: Sequence[str]) -> _Condition:
    return _Condition(f"{column} IN ({marks(values)})", tuple(values))


def _of_origin(database: Database, origin: str) -> _Condition:
    """A report is called after the document that told it first."""
    first = (
        "SELECT head FROM copies JOIN documents ON documents.seq = copies.document WHERE documents.id LIKE ?"
        " AND NOT EXISTS (SELECT 1 FROM copies AS other WHERE other.head = copies.head AND"
        " (other.place < copies.place OR (other.place = copies.place AND other.document < copies.document)))"
    )
    return _Condition(f"seq IN (SELECT document FROM copies WHERE head IN ({first}))", (f"d{origin[1:]}%",))


def _read(database: Database, rest: str, values: Sequence[object]) -> Iterator[DocumentListing]:
    with database.reading() as connection:
        rows = connection.execute(f"SELECT {LISTED} FROM documents {rest}", tuple(values)).fetchall()
    for row in rows:
        yield DocumentListing(**dict(zip(DocumentListing.model_fields, row, strict=True)))


def _counted(database: Database, *, kept: bool) -> HeldCounts:
    held = f"({CURRENT} OR {KEPT})" if kept else CURRENT
    query = f"SELECT outlet, language, count(*) FROM documents WHERE {held} GROUP BY outlet, language"
    outlets: dict[str, int] = {}
    languages: dict[str, int] = {}
    with database.reading() as connection:
        for outlet, language, count in connection.execute(query).fetchall():
            if outlet:
                outlets[outlet] = outlets.get(outlet, 0) + count
            spoken = primary_language(language)
            languages[spoken] = languages.get(spoken, 0) + count
    documents = sum(languages.values())
    return HeldCounts(documents=documents, outlets=_most_first(outlets), languages=_most_first(languages))


def _most_first(counts: dict[str, int]) -> tuple[CountedValue, ...]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(CountedValue(value=value, documents=count) for value, count in ordered)


def _tags(database: Database) -> tuple[str, ...]:
    with database.reading() as connection:
        return tuple(row[0] for row in connection.execute("SELECT DISTINCT language FROM documents").fetchall())
