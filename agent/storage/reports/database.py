"""The tables of reports."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.storage import Database
from agent.storage import open_database as open_tables
from agent.storage.schema import REPORTS


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The tables of the reports; see `agent.storage.open_database`."""
    with open_tables(settings, REPORTS) as database:
        yield database
