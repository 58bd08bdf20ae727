"""Opening the files of runs and of reports: what they get wrong is told, and nothing else in their name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import empty_checkpoint

from agent.config import Settings
from agent.errors import StoreError
from agent.models import ARTICLE, Part, Span, Witness
from agent.storage.reports import open_reports
from agent.verify.runs import open_runs

PART = Part(index=0, span=Span(start=0, end=5), text="words")
WITNESS = Witness(origin=ARTICLE, passages=())


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


@pytest.mark.parametrize("told", [PART, WITNESS], ids=["part", "witness"])
async def test_a_run_that_an_earlier_version_began_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Part | Witness
) -> None:
    async with open_runs(Settings(data_dir=tmp_path)) as runs:
        with monkeypatch.context() as earlier:
            earlier.setattr(type(told), "__module__", "agent.analyst")
            written = runs.serde.dumps_typed(told)
        assert b"agent.analyst" in written[1]
        assert runs.serde.loads_typed(written) == told


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


async def test_a_run_can_be_forgotten_where_none_has_begun_yet(settings: Settings) -> None:
    async with open_runs(settings) as runs:
        await runs.adelete_thread("never-there")


async def test_whoever_asks_is_told_of_trouble_and_may_try_again(tmp_path: Path) -> None:
    async with open_runs(Settings(data_dir=tmp_path)) as runs:
        await runs.adelete_thread("any")
        with sqlite3.connect(tmp_path / "runs.sqlite") as other:
            other.execute("ALTER TABLE writes RENAME TO moved")
            other.execute("ALTER TABLE checkpoints RENAME TO moved_too")
        other.close()
        config: RunnableConfig = {"configurable": {"thread_id": "any", "checkpoint_ns": "", "checkpoint_id": "1"}}
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await runs.adelete_thread("any")
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await runs.aget_tuple(config)
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await anext(aiter(runs.alist(config)))
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await runs.aput_writes(config, [("channel", 1)], "task")
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await runs.aput(config, empty_checkpoint(), {}, {})
        with pytest.raises(StoreError, match=r"runs\.sqlite"):
            await runs.aprune(["any"])


async def test_what_was_broken_off_keeps_the_file_from_nobody(tmp_path: Path) -> None:
    async with open_runs(Settings(data_dir=tmp_path)) as runs:
        await runs.adelete_thread("any")
        with closing(sqlite3.connect(tmp_path / "runs.sqlite", timeout=0, isolation_level=None)) as other:
            other.execute("ALTER TABLE writes RENAME TO moved")
            with pytest.raises(StoreError):
                await runs.adelete_thread("any")
            other.execute("ALTER TABLE moved RENAME TO writes")
        await runs.adelete_thread("any")
