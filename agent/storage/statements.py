"""Statements on a connection of PostgreSQL."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.string import StrDumperUnknown, TextLoader

from agent.storage.compiling import Statement, Values, all_for_driver, for_driver
from agent.storage.interface import Rows
from agent.storage.texts import as_given, keepable


class Statements:
    """A `Connection`. Every text is read back as it was written."""

    def __init__(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def execute(self, statement: Statement | str, values: Values = (), /) -> Rows:
        if isinstance(statement, str):
            return self._cursor().execute(_translated(statement), tuple(values))
        query, ordered = for_driver(statement, "postgresql", values)
        return self._cursor().execute(query.encode(), ordered)

    def executemany(self, statement: Statement | str, rows: Iterable[Values], /) -> object:
        some = list(rows)
        if not some:
            return None
        cursor = self._cursor()
        if isinstance(statement, str):
            cursor.executemany(_translated(statement), [tuple(row) for row in some])
        else:
            query, values = all_for_driver(statement, "postgresql", some)
            cursor.executemany(query.encode(), values)
        return cursor

    def _cursor(self) -> "psycopg.Cursor[tuple[Any, ...]]":
        # Not on the connection: others who are lent it keep their texts in their own way.
        cursor = self._connection.cursor()
        cursor.adapters.register_dumper(str, _TextDumper)
        cursor.adapters.register_loader("text", _TextLoader)
        return cursor


class _TextDumper(StrDumperUnknown):
    def dump(self, obj: str) -> bytes:
        return keepable(obj).encode()


class _TextLoader(TextLoader):
    def load(self, data: Any) -> str | bytes:
        loaded = super().load(data)
        return as_given(loaded) if isinstance(loaded, str) else loaded


@lru_cache(maxsize=1024)
def _translated(query: str) -> bytes:
    return query.replace("%", "%%").replace("?", "%s").encode()
