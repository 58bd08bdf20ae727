"""What the links of copies ask the tables, and write in them."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    Double,
    Executable,
    column,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    type_coerce,
    update,
    values,
)

from agent.storage import ForEach, given, given_list, insert_new
from agent.storage.tables.catalogue import copies, documents, pages, passages, places, sketches

_d, _c = documents.c, copies.c
_TEXTS = _d.seq, _d.id, _d.url, _d.canonical_url, _d.text
_DOCUMENT = _c.document == given("of_document")

UNLINKED = select(*_TEXTS).where(_d.id == given("of_id"), ~exists().where(_c.document == _d.seq))
_ASKED = given_list("asked")
_linked = select(*_TEXTS, _c.place).select_from(copies.join(documents, _d.seq == _c.document))
LINKED_BY_ID = _linked.where(_d.id.in_(_ASKED))
LINKED = _linked.where(_d.seq.in_(_ASKED))
LINKED_TO = _linked.where(_c.of.in_(_ASKED))

ADD = insert(copies)
ADD_SKETCH = insert_new(sketches)
ADD_PAGE = insert_new(pages)
CHANGE = update(copies).where(_DOCUMENT)
DELETE = delete(copies).where(_DOCUMENT)
DELETE_SKETCH = delete(sketches).where(sketches.c.run == given("of_run"), sketches.c.document == given("of_document"))
DELETE_PAGE = delete(pages).where(pages.c.page == given("of_page"), pages.c.document == given("of_document"))

HEAD = select(_c.head).where(_DOCUMENT)
_line = select(_c.document).where(_DOCUMENT).cte("line", recursive=True)
_line = _line.union(select(_c.document).join(_line, _c.of == _line.c.document))
FOLLOWERS = select(_line.c.document)
HOLDERS_OF_PAGE = (
    select(pages.c.document).where(pages.c.page == given("of_page")).order_by(pages.c.document).limit(given("most"))
)
SIZES = select(_c.document, _c.runs, _c.kept).where(_c.document.in_(_ASKED))
HEADS = select(_c.head, _c.document).join(documents, _d.seq == _c.document).where(_d.id.in_(_ASKED))
OUTLINES = (
    select(_d.id, _d.day, _c.document, _c.runs, _c.kept)
    .join_from(documents, copies, _d.seq == _c.document)
    .where(_d.id.in_(_ASKED))
)
_PLACES = select(passages).join_from(documents, passages, passages.c.document_id == _d.id)
_linked_places = _PLACES.join(copies, _c.document == _d.seq).limit(given("most"))
PLACES_OF_DAYS = _linked_places.where(_d.day >= given("first"), _d.day <= given("last"))
PLACES_OF_NO_DAY = _linked_places.where(_d.day.is_(None))
PLACES_OF = _PLACES.where(_d.seq.in_(_ASKED))
PLACES_OF_ONE = _PLACES.where(_d.id == given("of_id"))
# No whole number, for which a parameter beside a column of these would be taken.
_ROOM = type_coerce(given("room"), Double)
# Those that may share no kept run with a text and hold it nevertheless: the runs of the shorter one, times the kept
# ones, are no more than the room times the runs.
BY_SIZE = (
    select(_c.document, _c.runs, _c.kept)
    .where(or_(_c.kept <= _ROOM, given("runs") * _c.kept <= _ROOM * _c.runs))
    .limit(given("most"))
)
# A short text is copied as a whole, and by no text that is much longer.
BY_SIZE_OF_SHORT = BY_SIZE.where(_c.runs <= given("longest"))
_own, _other = documents.alias("own"), documents.alias("other")
# In one statement, because a server may be far.
REPORTS = (
    select(_c.head, _c.document, _own.c.id, _other.c.id, _c.why, _c.shared, _c.changed, _c.runs, _c.kept)
    .select_from(copies.join(_own, _own.c.seq == _c.document).outerjoin(_other, _other.c.seq == _c.of))
    .where(_c.head.in_(_ASKED))
    .order_by(_c.head, _c.place, _c.document)
)

_version = documents.alias("version")
_FIRST_OF_PAGE = (
    select(func.min(places.c.place))
    .select_from(places.join(_version, _version.c.id == places.c.document_id))
    .where(_version.c.page == _d.page)
    .scalar_subquery()
)
_PLACED = select(_d.id, func.coalesce(_FIRST_OF_PAGE, _d.seq)).where(_d.id == given("of_id"))
ADD_PLACE = ForEach(
    lambda insert: insert(places).from_select(["document_id", "place"], _PLACED).on_conflict_do_nothing()
)
PLACE = select(places.c.place).where(places.c.document_id == given("of_id"))

_RUNS_AT_ONCE = 50
_NEVER_REACHED = 2**62


def holders_of(runs: Sequence[int], most: int) -> tuple[Executable, dict[str, int | None]]:
    """A statement, and its parameters, for the first documents that came with each of some runs."""
    size = -(-len(runs) // _RUNS_AT_ONCE) * _RUNS_AT_ONCE
    asked: dict[str, int | None] = {_name(n): run for n, run in enumerate(runs)}
    # NULL equals no run.
    return _holders(size), {"before_last": most - 1, **dict.fromkeys(map(_name, range(size))), **asked}


# Few sizes, so that a statement is seldom compiled.
@lru_cache(maxsize=16)
def _holders(size: int) -> Executable:
    """In one statement, because a server may be far: up to the last one of those that are looked at."""
    rows = [(type_coerce(given(_name(n)), BigInteger),) for n in range(size)]
    asked = values(column("run", BigInteger)).data(rows).cte("asked")
    one = sketches.alias("one")
    last = (
        select(one.c.document)
        .where(one.c.run == asked.c.run)
        .order_by(one.c.document)
        .limit(1)
        .offset(given("before_last"))
        .scalar_subquery()
    )
    return (
        select(asked.c.run, sketches.c.document)
        .select_from(asked.join(sketches, true()))
        .where(sketches.c.run == asked.c.run, sketches.c.document <= func.coalesce(last, _NEVER_REACHED))
    )


def _name(number: int) -> str:
    return f"run{number}"
