"""What every owner of tables works with, wherever the tables stand."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy import Executable, MetaData, delete, select

from agent.storage.compiling import DialectName, Statement, Values, creation, given, insert_or_update
from agent.storage.tables.facts import FACTS, facts

_MOST_PARAMETERS = 500
# The version of tables that were made before versions were written down.
UNNUMBERED = "0"

T = TypeVar("T")

_KNOWN = facts.c.name == given("known")
_FACT = select(facts.c.value).where(_KNOWN)
_LEARN = insert_or_update(facts, "value")
_FORGET = delete(facts).where(_KNOWN)


class Rows(Protocol):
    """What a statement gives: tuples of its columns."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """Statements of SQLAlchemy Core, with their parameters by name; or text in what SQLite and PostgreSQL have in
    common, with `?` for parameters and these in order."""

    @property
    def in_transaction(self) -> bool:
        """Whether what was written may yet be undone."""

    def execute(self, statement: Statement | str, values: Values = (), /) -> Rows: ...

    def executemany(self, statement: Statement | str, rows: Iterable[Values], /) -> object:
        """Rows that are given by name all have the same names."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Some tables: `name` for messages, `key` for their place, `version` raised with every change, `otherwise` what
    to do then, where {elsewhere} stands for another place.

    What only one of the two databases has stands in `in_file` or in `on_server`; `first` and `on_server_first` write
    the first rows of new tables. `upgrades` lead from an earlier version, by its name, to the one after it, in the
    SQL of that time; the first version of all is `UNNUMBERED`. Where a power cut may take some, `may_be_lost` says
    what else is no loss.
    """

    name: str
    key: str
    version: str
    otherwise: str
    tables: MetaData | None = None
    in_file: MetaData | None = None
    on_server: MetaData | None = None
    first: Executable | None = None
    on_server_first: Executable | None = None
    upgrades: Mapping[str, str] = field(default_factory=dict)
    may_be_lost: str = ""

    def upgrade_from(self, version: str) -> list[str]:
        """The statements that bring tables of an earlier version to this one; none when there is no way."""
        statements: list[str] = []
        while version != self.version and version in self.upgrades:
            statements += (one for one in self.upgrades[version].split(";") if one.strip())
            version = str(int(version) + 1)
        return statements if version == self.version else []

    def creation(self, dialect: DialectName) -> Iterator[Executable | str]:
        """The statements that make the tables anew."""
        own = self.in_file if dialect == "sqlite" else self.on_server
        for some in (FACTS, self.tables, own):
            yield from creation(some, dialect)
        yield from (one for one in (self.first,) if one is not None)
        if dialect == "postgresql" and self.on_server_first is not None:
            yield self.on_server_first


class Latch(Protocol):
    """Held by one of all processes that share some tables, and by none that has ended."""

    def take(self) -> bool:
        """Waits for it, a second at most; whether it is held now. Raises `StoreError`.

        Whatever was written by who held it before is seen by who holds it now, also where it was lost in between.
        """

    def check(self) -> None:
        """Raises `StoreError` when it is held no more. Whoever has it in the midst of writing has it, as far as the
        tables go, until that ends."""

    def give(self) -> None:
        """After what a thread of a cancelled task may still be taking; nothing happens when it is not held."""


class Database(ABC):
    """Raises `StoreError`, as all that is done with it does. Safe for threads; transactions nest."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """What is written inside stands together or not at all. One writer at a time, of all processes."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """What is read inside, by this thread, stands as it was at its beginning where many processes write."""

    @abstractmethod
    def latch(self) -> Latch: ...

    def number(self, statement: Statement | str, values: Values = ()) -> int:
        """The one number that a query gives."""
        with self.reading() as connection:
            return int(connection.execute(statement, values).fetchone()[0])

    def fact(self, name: str) -> str | None:
        with self.reading() as connection:
            row = connection.execute(_FACT, {"known": name}).fetchone()
        return str(row[0]) if row else None

    def learn(self, **known: str) -> None:
        with self.writing() as connection:
            connection.executemany(_LEARN, [{"name": name, "value": value} for name, value in known.items()])

    def forget(self, name: str) -> None:
        with self.writing() as connection:
            connection.execute(_FORGET, {"known": name})


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one query takes."""
    for start in range(0, len(items), _MOST_PARAMETERS):
        yield items[start : start + _MOST_PARAMETERS]


def marks(items: Sequence[object]) -> str:
    """What stands between the brackets of IN; nothing is in none."""
    return ",".join("?" * len(items)) or "NULL"
