"""What a listing asks the table of documents. What is wanted is put together of clauses; a statement is built, and
compiled, once for each set of them."""

from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from agent.coverage.index.document_statements import CURRENT, KEPT, LISTED
from agent.storage import given, given_list
from agent.storage.tables.catalogue import copies, documents


class ListingClause(StrEnum):
    """One thing that may be wanted of a document."""

    CURRENT = "current"
    CURRENT_OR_KEPT = "current or kept"
    AT_PAGE = "at page"
    AT_NO_PAGE = "at no page"
    OUTLETS = "outlets"
    LANGUAGES = "languages"
    DAYS = "days"
    ORIGIN = "origin"


ListingClauses: TypeAlias = tuple[ListingClause, ...]
_d, _c = documents.c, copies.c
_first, _earlier = documents.alias("first"), copies.alias("earlier")
_TOLD_EARLIER = exists().where(
    _earlier.c.head == _c.head,
    or_(
        _earlier.c.place < _c.place,
        and_(_earlier.c.place == _c.place, _earlier.c.document < _c.document),
    ),
)
# A report is called after the document that told it first.
_HEADS = (
    select(_c.head)
    .join(_first, _first.c.seq == _c.document)
    .where(_first.c.id.like(given("first_id")), ~_TOLD_EARLIER)
)
_copy = copies.alias("copy")
_CLAUSES: dict[ListingClause, ColumnElement[bool]] = {
    ListingClause.CURRENT: CURRENT,
    ListingClause.CURRENT_OR_KEPT: CURRENT | KEPT,
    ListingClause.AT_PAGE: _d.page == given("at_page"),
    ListingClause.AT_NO_PAGE: _d.page.is_(None),
    ListingClause.OUTLETS: _d.outlet.in_(given_list("outlets")),
    ListingClause.LANGUAGES: _d.language.in_(given_list("languages")),
    ListingClause.DAYS: func.substr(_d.published_at, 1, 10).between(given("first_day"), given("last_day")),
    ListingClause.ORIGIN: _d.seq.in_(select(_copy.c.document).where(_copy.c.head.in_(_HEADS))),
}
# The documents that were only kept stand behind the others.
_AS_THEY_CAME = (case((CURRENT, 0), else_=1), _d.seq)
_NEWEST_FIRST = (case((_d.published_at.is_(None), 1), else_=0), _d.published_at.desc(), *_AS_THEY_CAME)

LANGUAGES = select(_d.language).distinct()


@cache
def listed(clauses: ListingClauses) -> Select[Any]:
    """All of them, oldest addition first."""
    return select(*LISTED).where(*_of(clauses)).order_by(*_AS_THEY_CAME)


@cache
def listed_page(clauses: ListingClauses, *, newest_first: bool) -> Select[Any]:
    """`most` of them behind the first `before`."""
    order = _NEWEST_FIRST if newest_first else _AS_THEY_CAME
    # What a line tells of a document is read of those that are shown alone.
    chosen = select(_d.seq).where(*_of(clauses)).order_by(*order).limit(given("most")).offset(given("before"))
    shown = chosen.subquery("chosen")
    return select(*LISTED).where(_d.seq.in_(select(shown.c.seq))).order_by(*order)


@cache
def count(clauses: ListingClauses) -> Select[Any]:
    """How many are wanted."""
    return select(func.count()).select_from(documents).where(*_of(clauses))


@cache
def among(clauses: ListingClauses) -> Select[Any]:
    """Those of some `ids` that are wanted."""
    return select(_d.id).where(*_of(clauses), _d.id.in_(given_list("ids")))


@cache
def counts(clauses: ListingClauses) -> Select[Any]:
    """How many there are of each outlet in each language."""
    return select(_d.outlet, _d.language, func.count()).where(*_of(clauses)).group_by(_d.outlet, _d.language)


def _of(clauses: ListingClauses) -> list[ColumnElement[bool]]:
    return [_CLAUSES[one] for one in clauses]
