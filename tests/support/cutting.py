"""Cutting off who has a turn at tables on PostgreSQL, as a restart of a proxy or an administrator does."""

import psycopg

from agent.config import Settings
from agent.storage.interface import Latch

# Advisory locks of two numbers are told apart by objsubid; the first of ours says what a turn is.
_CUT_OFF = """
SELECT count(pg_terminate_backend(pid)) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 1769173602 AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def cut_off(shared: Settings) -> None:
    """Ends the one connection that holds a turn."""
    assert shared.database_url is not None
    with psycopg.connect(shared.database_url.get_secret_value()) as connection:
        row = connection.execute(_CUT_OFF).fetchone()
        assert row == (1,)


class LostLatch:
    """A latch whose connection is ended each time that it was taken."""

    def __init__(self, latch: Latch, shared: Settings) -> None:
        self._latch = latch
        self._shared = shared

    def take(self) -> bool:
        taken = self._latch.take()
        cut_off(self._shared)
        return taken

    def check(self) -> None:
        self._latch.check()

    def give(self) -> None:
        self._latch.give()
