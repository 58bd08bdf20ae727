"""The tables of the coverage store."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.storage import Database
from agent.storage import open_database as open_tables
from agent.storage.schema import COVERAGE


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The tables of a store; see `agent.storage.open_database`."""
    with open_tables(settings, COVERAGE) as database:
        yield database
