"""What every owner of tables works with, wherever the tables stand."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

_MOST_PARAMETERS = 500

T = TypeVar("T")


class Rows(Protocol):
    """What a statement gives: tuples of its columns."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """Statements are written once, in what SQLite and PostgreSQL have in common, with `?` for parameters."""

    def execute(self, query: str, parameters: Sequence[Any] = (), /) -> Rows: ...

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """Some tables: `name` for messages, `key` for their place, `version` raised with every change, `otherwise` what
    to do then, where {elsewhere} stands for another place.

    In `tables`, {identity} is a number that only grows, {arrival} a column `rowid` of such numbers, which SQLite has
    by itself, and {keyed} says that a table is kept in the order of its key. What only one of the two can do stands
    in `in_file` or in `on_server`. `upgrades` lead from an earlier version, by its name, to the one after it.
    """

    name: str
    key: str
    version: str
    otherwise: str
    tables: str
    in_file: str = ""
    on_server: str = ""
    upgrades: Mapping[str, str] = field(default_factory=dict)

    def upgrade_from(self, version: str) -> list[str]:
        """The statements that bring tables of an earlier version to this one; none when there is no way."""
        statements: list[str] = []
        while version != self.version and version in self.upgrades:
            statements += (one for one in self.upgrades[version].split(";") if one.strip())
            version = str(int(version) + 1)
        return statements if version == self.version else []


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

    @abstractmethod
    def tables_with(self, column: str) -> list[str]:
        """The tables that have a column of this name."""

    @abstractmethod
    def next_number(self, table: str, column: str) -> str:
        """The SQL for the next number of an {identity} column, to be used while writing."""

    @abstractmethod
    def close(self) -> None:
        """After what a thread of a cancelled task may still be writing."""

    def number(self, query: str, parameters: Sequence[str] = ()) -> int:
        """The one number that a query gives."""
        with self.reading() as connection:
            return int(connection.execute(query, parameters).fetchone()[0])

    def fact(self, name: str) -> str | None:
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def learn(self, **facts: str) -> None:
        put = "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        with self.writing() as connection:
            connection.executemany(put, list(facts.items()))

    def forget(self, name: str) -> None:
        with self.writing() as connection:
            connection.execute("DELETE FROM facts WHERE name = ?", (name,))


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one query takes."""
    for start in range(0, len(items), _MOST_PARAMETERS):
        yield items[start : start + _MOST_PARAMETERS]


def marks(items: Sequence[object]) -> str:
    """What stands between the brackets of IN; nothing is in none."""
    return ",".join("?" * len(items)) or "NULL"
