"""Statements of the common dialect on a connection of PostgreSQL."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import psycopg

from agent.storage.interface import Rows


class Statements:
    """A `Connection`."""

    def __init__(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self._connection = connection

    def execute(self, query: str, parameters: Sequence[Any] = (), /) -> Rows:
        return self._connection.execute(_translated(query), tuple(parameters))

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object:
        given = [tuple(row) for row in rows]
        if not given:
            return None
        cursor = self._connection.cursor()
        cursor.executemany(_translated(query), given)
        return cursor


@lru_cache(maxsize=1024)
def _translated(query: str) -> bytes:
    return query.replace("%", "%%").replace("?", "%s").encode()
