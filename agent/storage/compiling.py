"""Statements of SQLAlchemy Core as the text that a driver takes: written once, compiled once for each database.

They are run by the driver itself. SQLAlchemy's own way to run them takes several times as long for small ones, and
for rows by the thousand.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Literal, cast

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Executable,
    Index,
    MetaData,
    Table,
    bindparam,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.compiler import SQLCompiler

DialectName = Literal["sqlite", "postgresql"]
Values = Mapping[str, Any] | Sequence[Any]

_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 500)


class NextNumber(ColumnElement[int]):
    """The number that a new row would have in a column that numbers them: as each database draws it."""

    inherit_cache = True
    type = BigInteger()

    def __init__(self, column: Column[int]) -> None:
        self.table, self.column = column.table.description, column.name


@compiles(NextNumber, "sqlite")
def _one_more(element: NextNumber, _: SQLCompiler, **__: object) -> str:
    return f"(SELECT max({element.column}) + 1 FROM {element.table})"


@compiles(NextNumber, "postgresql")
def _drawn(element: NextNumber, _: SQLCompiler, **__: object) -> str:
    return f"nextval(pg_get_serial_sequence('{element.table}', '{element.column}'))"


class ForEach:
    """A statement that each of the two databases has under a name of its own: `build` is given its way to insert."""

    def __init__(self, build: Callable[[Callable[[Table], Any]], Executable]) -> None:
        self._build = build

    @cached_property
    def sqlite(self) -> Executable:
        from sqlalchemy.dialects import sqlite

        return self._build(sqlite.insert)

    @cached_property
    def postgresql(self) -> Executable:
        from sqlalchemy.dialects import postgresql

        return self._build(postgresql.insert)


Statement = Executable | ForEach


def given(name: str) -> BindParameter[Any]:
    """A parameter. In an update none has the name of a column that is given its value by that name."""
    return bindparam(name)


def given_list(name: str) -> BindParameter[Any]:
    """A parameter for what stands behind IN."""
    return bindparam(name, expanding=True)


def insert_new(table: Table) -> ForEach:
    """Rows whose key is there already are left out."""
    return ForEach(lambda insert: cast("Executable", insert(table).on_conflict_do_nothing()))


def insert_or_update(table: Table, *columns: str) -> ForEach:
    """Of a row whose key is there already these columns are written anew."""

    def build(insert: Callable[[Table], Any]) -> Executable:
        fresh = insert(table)
        anew = {name: fresh.excluded[name] for name in columns}
        return cast("Executable", fresh.on_conflict_do_update(index_elements=list(table.primary_key), set_=anew))

    return ForEach(build)


@dataclass(frozen=True, eq=False)
class CompiledStatement:
    """`names` are the parameters in the order of the text, `written` the values that the statement itself has, and
    `lists` those parameters that stand behind IN."""

    text: str
    names: tuple[str, ...]
    written: Mapping[str, Any]
    lists: frozenset[str]
    whole: SQLCompiler

    def values(self, named: Mapping[str, Any]) -> tuple[Any, ...]:
        written = self.written
        return tuple([named[name] if name in named else written[name] for name in self.names])


def for_driver(statement: Statement, dialect: DialectName, values: Values) -> tuple[str, tuple[Any, ...]]:
    """The text for a driver and its parameters. An insert or an update is of the columns that are given."""
    named = _named(values)
    done = _compiled(_of(statement, dialect), dialect, tuple(named))
    ordered = done.values(named)
    if not done.lists:
        return done.text, ordered
    lists = {name: _filled_up(named[name]) for name in done.lists}
    spelled = [lists.get(name, (one,)) for name, one in zip(done.names, ordered, strict=True)]
    return _with_lists(done, tuple([(name, len(some)) for name, some in lists.items()])), tuple(chain(*spelled))


def _filled_up(some: Sequence[Any]) -> Sequence[Any]:
    """To one of a few lengths, by its last value: behind IN it says nothing new, and each length is a text of its
    own, which takes longer to spell than most take to run."""
    missing = bisect_left(_LENGTHS, len(some))
    if not some or missing == len(_LENGTHS) or _LENGTHS[missing] == len(some):
        return some
    return [*some, *[some[-1]] * (_LENGTHS[missing] - len(some))]


@lru_cache(maxsize=1024)
def _with_lists(done: CompiledStatement, lengths: tuple[tuple[str, int], ...]) -> str:
    return done.whole.construct_expanded_state(
        {**done.written, **{name: [None] * length for name, length in lengths}}
    ).statement


def all_for_driver(
    statement: Statement, dialect: DialectName, rows: Sequence[Values]
) -> tuple[str, list[tuple[Any, ...]]]:
    """As `for_driver`, for rows that all have the names of the first; without lists among the parameters."""
    done = _compiled(_of(statement, dialect), dialect, tuple(_named(rows[0])))
    return done.text, [done.values(_named(row)) for row in rows]


def _named(values: Values) -> Mapping[str, Any]:
    if isinstance(values, Mapping):
        return values
    assert not values, "a statement of Core has its parameters by name"
    return {}


def _of(statement: Statement, dialect: DialectName) -> Executable:
    return getattr(statement, dialect) if isinstance(statement, ForEach) else statement


# Statements stand in modules, and are hashed by who they are.
@lru_cache(maxsize=1024)
def _compiled(statement: Executable, dialect: DialectName, names: tuple[str, ...]) -> CompiledStatement:
    columns = list(names) if names else None
    done = cast("SQLCompiler", statement.compile(dialect=_dialect(dialect), column_keys=columns))  # type: ignore[attr-defined]  # every executable of Core is compiled so
    lists = frozenset(one.key for one in done.post_compile_params)
    return CompiledStatement(str(done), tuple(done.positiontup or ()), dict(done.params), lists, done)


@lru_cache(maxsize=2)
def _dialect(name: DialectName) -> DefaultDialect:
    # Parameters by their places: so both drivers take them.
    if name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.dialect(paramstyle="qmark")
    from sqlalchemy.dialects.postgresql import psycopg

    return psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy has no types there


# Tables stand in modules, and are hashed by who they are.
@lru_cache(maxsize=64)
def creation(tables: MetaData | None, dialect: DialectName) -> tuple[str, ...]:
    """The statements that make tables and their indices."""
    to = _dialect(dialect)
    statements: list[str] = []
    for table in tables.sorted_tables if tables is not None else ():
        statements.append(str(CreateTable(table).compile(dialect=to)))
        fitting = (index for index in sorted(table.indexes, key=_name) if _is_for(index, dialect))
        statements += (str(CreateIndex(index).compile(dialect=to)) for index in fitting)
    return tuple(statements)


def _name(index: Index) -> str:
    return str(index.name)


def _is_for(index: Index, dialect: DialectName) -> bool:
    only = index.info.get("only")
    return only in (None, dialect)
