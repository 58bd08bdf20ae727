"""Statements of the common dialect on a connection of PostgreSQL."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.types.string import StrDumperUnknown, TextLoader

from agent.storage.interface import Rows
from agent.storage.texts import as_given, keepable


class Statements:
    """A `Connection`. Every text is read back as it was written."""

    def __init__(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self._connection = connection

    def execute(self, query: str, parameters: Sequence[Any] = (), /) -> Rows:
        return self._cursor().execute(_translated(query), tuple(parameters))

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object:
        given = [tuple(row) for row in rows]
        if not given:
            return None
        cursor = self._cursor()
        cursor.executemany(_translated(query), given)
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
