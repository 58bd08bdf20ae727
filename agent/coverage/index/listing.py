"""Which documents of a store are listed: chosen, counted and paged by the store, whatever it holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from sqlalchemy import Executable

from agent.coverage.index import listing_statements as statements
from agent.coverage.index.address import page_key
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing_statements import ListingClause, ListingClauses
from agent.models import Frozen
from agent.storage import Database, slices
from agent.text.language import primary_language


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
    conditions = _conditions_of(catalogue, wanted)
    return list(_read(catalogue.database, statements.listed(conditions.clauses), conditions.values))


def listed_page(
    catalogue: Catalogue, wanted: ListingFilter, offset: int, limit: int, *, newest_first: bool = False
) -> ListedPage:
    """Some of them in that order; or the last published first, and those without a date last. Blocking."""
    conditions = _conditions_of(catalogue, wanted)
    page = statements.listed_page(conditions.clauses, newest_first=newest_first)
    # Nobody writes between the two.
    with catalogue.database.reading():
        rows = tuple(_read(catalogue.database, page, {**conditions.values, "most": limit, "before": offset}))
        total = catalogue.database.number(statements.count(conditions.clauses), conditions.values)
    return ListedPage(documents=rows, total=total)


def listed_among(catalogue: Catalogue, wanted: ListingFilter, ids: Collection[str]) -> frozenset[str]:
    """The ids of those of some documents that are wanted. Blocking."""
    conditions = _conditions_of(catalogue, wanted)
    statement = statements.among(conditions.clauses)
    found: set[str] = set()
    with catalogue.database.reading() as connection:
        for some in slices(sorted(ids)):
            found |= {row[0] for row in connection.execute(statement, {**conditions.values, "ids": some})}
    return frozenset(found)


def held_counts(catalogue: Catalogue, *, kept: bool = False) -> HeldCounts:
    """Counted anew only when the store has been written to. Blocking."""
    return catalogue.edition.get(("held", kept), partial(_counted, catalogue.database, kept=kept))


@dataclass
class _Conditions:
    """What is wanted: the clauses of the statement, and the values of their parameters by name."""

    clauses: ListingClauses
    values: dict[str, object] = field(default_factory=dict)

    def add(self, clause: ListingClause, **values: object) -> None:
        self.clauses += (clause,)
        self.values |= values


def _conditions_of(catalogue: Catalogue, wanted: ListingFilter) -> _Conditions:
    conditions = _Conditions((_in_state(kept=wanted.kept),))
    if wanted.url is not None:
        if (key := page_key(wanted.url)) is not None:
            conditions.add(ListingClause.AT_PAGE, at_page=key)
        else:
            conditions.add(ListingClause.AT_NO_PAGE)
    if wanted.outlet is not None:
        name = wanted.outlet.casefold()
        known = held_counts(catalogue, kept=wanted.kept).outlets
        conditions.add(ListingClause.OUTLETS, outlets=[one.value for one in known if one.value.casefold() == name])
    if wanted.language is not None:
        spoken = primary_language(wanted.language)
        tags = catalogue.edition.get("tags", partial(_tags, catalogue.database))
        conditions.add(ListingClause.LANGUAGES, languages=[one for one in tags if primary_language(one) == spoken])
    if wanted.since is not None or wanted.until is not None:
        first, last = wanted.since or date.min, wanted.until or date.max
        conditions.add(ListingClause.DAYS, first_day=first.isoformat(), last_day=last.isoformat())
    if wanted.origin is not None:
        conditions.add(ListingClause.ORIGIN, first_id=f"d{wanted.origin[1:]}%")
    return conditions


def _in_state(*, kept: bool) -> ListingClause:
    return ListingClause.CURRENT_OR_KEPT if kept else ListingClause.CURRENT


def _read(database: Database, statement: Executable, values: dict[str, object]) -> Iterator[DocumentListing]:
    with database.reading() as connection:
        rows = connection.execute(statement, values).fetchall()
    for row in rows:
        yield DocumentListing(**dict(zip(DocumentListing.model_fields, row, strict=True)))


def _counted(database: Database, *, kept: bool) -> HeldCounts:
    outlets: dict[str, int] = {}
    languages: dict[str, int] = {}
    with database.reading() as connection:
        for outlet, language, count in connection.execute(statements.counts((_in_state(kept=kept),))).fetchall():
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
        return tuple(row[0] for row in connection.execute(statements.LANGUAGES).fetchall())
