"""Answers among the other tables: what one process or machine has paid for, no other pays for again."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Executable, delete, func, insert, select, update

from agent.config import Settings
from agent.storage import Connection, Database, open_database
from agent.storage.answers.interface import (
    EVICTED_AT_ONCE,
    KEYS_PER_QUERY,
    NOTED_EVERY_SECONDS,
    ROOM_SHARE,
    AnswerCache,
)
from agent.storage.compiling import given, given_list
from agent.storage.schema import ANSWER_ROW, ANSWERS
from agent.storage.tables.answers import answers, size

_c = answers.c
_SIZE = func.length(_c.value) + ANSWER_ROW
_FIND = select(_c.key, _c.value, _c.used).where(_c.key.in_(given_list("keys")))
_NOTE = update(answers).where(_c.key == given("of_key"))
_ADD = insert(answers)
_DELETE = delete(answers).where(_c.key.in_(given_list("keys"))).returning(_SIZE)
_OLDEST = select(_c.key).order_by(_c.used, _c.key).limit(given("most"))
_EVICT = delete(answers).where(_c.key.in_(_OLDEST)).returning(_SIZE)
_GROW = update(size).values(bytes=size.c.bytes + given("by")).returning(size.c.bytes)


class AnswerStore:
    """`AnswerCache`. Their size is kept beside them, because counting it takes longer than an answer."""

    def __init__(self, database: Database, max_bytes: int, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._max_bytes = max_bytes
        self._clock = clock

    def get(self, key: bytes) -> bytes | None:
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        late: list[bytes] = []
        with self._database.reading() as connection:
            for start in range(0, len(wanted), KEYS_PER_QUERY):
                some = wanted[start : start + KEYS_PER_QUERY]
                for key, value, used in connection.execute(_FIND, {"keys": some}):
                    found[key] = value
                    if used < self._clock() - NOTED_EVERY_SECONDS:
                        late.append(key)
        if late:
            with self._database.writing() as connection:
                now = self._clock()
                connection.executemany(_NOTE, [{"used": now, "of_key": key} for key in late])
        return found

    def put(self, key: bytes, value: bytes) -> None:
        self.put_many({key: value})

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        now = self._clock()
        rows = [{"key": key, "value": value, "used": now} for key, value in values.items()]
        with self._database.writing() as connection:
            freed = 0
            for start in range(0, len(rows), KEYS_PER_QUERY):
                some = [row["key"] for row in rows[start : start + KEYS_PER_QUERY]]
                freed += _deleted(connection, _DELETE, {"keys": some})
            connection.executemany(_ADD, rows)
            added = sum(len(value) + ANSWER_ROW for value in values.values())
            self._make_room(connection, _grown(connection, added - freed))

    def _make_room(self, connection: Connection, used: int) -> None:
        if used <= self._max_bytes:
            return
        while used > self._max_bytes * (1 - ROOM_SHARE) and (
            freed := _deleted(connection, _EVICT, {"most": EVICTED_AT_ONCE})
        ):
            used = _grown(connection, -freed)


def _deleted(connection: Connection, statement: Executable, given: Mapping[str, object]) -> int:
    """How many bytes the deleted answers took."""
    return sum(row[0] for row in connection.execute(statement, given).fetchall())


def _grown(connection: Connection, by: int) -> int:
    return int(connection.execute(_GROW, {"by": by}).fetchall()[0][0])


@contextmanager
def open_answers(settings: Settings) -> Iterator[AnswerCache | None]:
    """The answers of an installation; None where keeping them is switched off. Raises `StoreError`."""
    if not settings.answer_cache_mb:
        yield None
        return
    with open_database(settings, ANSWERS) as database:
        yield AnswerStore(database, settings.answer_cache_mb << 20)
