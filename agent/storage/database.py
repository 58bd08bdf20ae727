"""Where tables stand: on the server that the settings name, or in a file of the data folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.storage.interface import Database, Layout
from agent.storage.sqlite import open_file


@contextmanager
def open_database(settings: Settings, layout: Layout) -> Iterator[Database]:
    """The tables of a layout, made when they are not there; raises `StoreError`.

    Every set of tables has a name of its own, by the fact "name".
    """
    if settings.database_url is None:
        with open_file(settings.data_dir / f"{layout.key}.sqlite", layout) as file:
            yield file
    else:
        from agent.storage.postgres import open_on_server

        with open_on_server(settings.database_url, layout) as server:
            yield server
