"""Opening the files of runs and of reports: what they get wrong is told, and nothing else in their name."""

import sqlite3
from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.reports import open_reports
from agent.runs import open_runs


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"runs\.sqlite"):
        async with open_runs(Settings(data_dir=tmp_path / "file")):
            pytest.fail("opened runs in a file")


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"not a database, whatever it is called" * 100)
    with pytest.raises(StoreError, match=r"runs\.sqlite"):
        async with open_runs(Settings(data_dir=tmp_path)):
            pytest.fail("opened a file that is no database")


async def test_the_troubles_of_others_stay_theirs(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        async with open_runs(Settings(data_dir=tmp_path)):
            raise ConnectionResetError("somebody else's")
    with (
        open_reports(Settings(data_dir=tmp_path)) as reports,
        pytest.raises(FileNotFoundError),
        reports.database.writing(),
    ):
        raise FileNotFoundError("somebody else's")


async def test_trouble_with_the_file_while_it_is_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"runs\.sqlite"):
        async with open_runs(Settings(data_dir=tmp_path)):
            raise sqlite3.OperationalError("disk I/O error")
    with (
        open_reports(Settings(data_dir=tmp_path)) as reports,
        pytest.raises(StoreError),
        reports.database.reading() as connection,
    ):
        raise sqlite3.OperationalError(f"disk I/O error of {connection}")
