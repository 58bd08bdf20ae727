"""New indexes in files: copies of one that Chroma has made, whose tables cost more than most tests do with them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from agent.coverage.index import spaces
from agent.coverage.index.chroma import IndexLocation, close_client, open_client

if TYPE_CHECKING:
    from chromadb.api.client import Client

_TABLES = "chroma.sqlite3"


@contextmanager
def copied_indexes() -> Iterator[None]:
    """From here on a folder without an index gets one before it is opened."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:

        @cache
        def made() -> Path:
            close_client(open_client(IndexLocation(Path(folder))))
            return Path(folder) / _TABLES

        def opened(place: IndexLocation) -> "Client":
            if place.url is None and not place.folder.exists():
                # What cannot be written there is Chroma's to tell.
                with suppress(OSError):
                    place.folder.mkdir(parents=True)
                    shutil.copyfile(made(), place.folder / _TABLES)
            return open_client(place)

        patched.setattr(spaces, "open_client", opened)
        yield
