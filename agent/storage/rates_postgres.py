"""Requests of each key by the second, on PostgreSQL: however many processes answer, a key has one minute.

A key has one row, which the statement that counts a request also checks: it is locked for no longer than the server
takes for that. The row is no older than the key's last request, and the table is written to no log: after a crash of
the server every minute begins anew.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from agent.config import Settings
from agent.storage.postgres import ServerDatabase, open_on_server
from agent.storage.schema import RATES

# In SQL: slices of arrays, concatenated and counted while a row is locked, are no shorter and less plain in Core.
_SECONDS = 60
# The server's, which is the same for all.
_NOW = "floor(extract(epoch FROM clock_timestamp()))::bigint"
# `counts` are those of `second` and of the seconds before it, the newest first; what is older than a minute, and a
# second more as seconds are not whole, is left out.
_TAKE = f"""
INSERT INTO {{schema}}.asked AS known VALUES (?, {_NOW}, ARRAY[1])
ON CONFLICT (key) DO UPDATE SET
    second = greatest(known.second, excluded.second),
    counts = CASE
        WHEN excluded.second <= known.second THEN (known.counts[1] + 1) || known.counts[2:]
        ELSE (1 || array_fill(0, ARRAY[least(excluded.second - known.second - 1, {_SECONDS})::int])
            || known.counts)[:{_SECONDS + 1}]
    END
WHERE ? > (
    SELECT coalesce(sum(one), 0)
    FROM unnest(known.counts[:{_SECONDS + 1} - greatest(excluded.second - known.second, 0)::int]) AS one
)
RETURNING 1
"""
_STANDING = f"SELECT counts, greatest({_NOW} - second, 0) FROM {{schema}}.asked WHERE key = ?"
_FORGET = f"DELETE FROM {{schema}}.asked WHERE second < {_NOW} - {_SECONDS} RETURNING key"


class SharedRates:
    """`Rates` of all processes that share the database."""

    def __init__(self, database: ServerDatabase) -> None:
        self._database = database

    async def take(self, key_id: str, most: int) -> int:
        return await asyncio.to_thread(self._take, key_id, most)

    def _take(self, key_id: str, most: int) -> int:
        if self._database.at_once(_TAKE, (key_id, most)):
            return 0
        standing = self._database.at_once(_STANDING, (key_id,))
        # A row that has gone meanwhile leaves room.
        return _seconds_until_below(most, *standing[0]) if standing else 1

    def forget(self) -> None:
        """What no key has asked for a minute."""
        self._database.at_once(_FORGET)


def _seconds_until_below(most: int, counts: Sequence[int], passed: int) -> int:
    """`counts` by the second, the newest first, as they were some seconds ago."""
    return next(wait for wait in range(1, _SECONDS + 2) if sum(counts[: max(0, _SECONDS + 1 - passed - wait)]) < most)


@contextmanager
def open_shared_rates(settings: Settings) -> Iterator[SharedRates]:
    """Raises `StoreError`."""
    with open_on_server(settings, RATES) as database:
        rates = SharedRates(database)
        rates.forget()
        yield rates
