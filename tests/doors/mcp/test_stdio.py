"""`isnad mcp` as a process, as a client starts it."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from agent.config import Settings
from agent.coverage.index.lock import hold
from agent.storage.reports import open_reports
from evals.servers.forked import Forked
from tests.doors.mcp.newsroom import resource, told, words
from tests.support.command import isnad

pytestmark = pytest.mark.long

EXAMPLE = Path(__file__).parents[3] / "examples" / "withdrawal"
ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def started(data: Path, mode: str) -> AsyncIterator[Client]:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "agent", "mcp", "--log-level", "info"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "ISNAD_DATA_DIR": str(data)},
        cwd=data.parent,
    )
    async with Client(server, mode=mode) as client:
        yield client


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the coverage of the example."""
    folder = tmp_path / "data"
    assert isnad("coverage", "add", str(EXAMPLE / "coverage.jsonl"), data_dir=str(folder)).code == 0
    return folder


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_client_that_starts_it_verifies_and_reads_the_report(data: Path, mode: str) -> None:
    text = (EXAMPLE / "article.ar.txt").read_text(encoding="utf-8")
    async with started(data, mode) as client:
        found = told(await client.call_tool("verify_article", {"text": text, "published_at": "2016-03-15"}))
        assert found["counts"]["contested"] > 0
        report = await resource(client, found["report"])
        answer = await client.call_tool("explain_claim", {"run_id": found["run_id"], "claim": "99"})
        assert "none is called" in words(answer)
    with open_reports(Settings(data_dir=data)) as reports:
        assert reports.get(found["run_id"]).model_dump_json(by_alias=True, indent=2) == report


def test_a_store_that_is_in_use_is_told_on_standard_error(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with hold(data, data / "chroma"):
        process = Forked[bytes](
            [sys.executable, "-m", "agent", "mcp"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "ISNAD_DATA_DIR": str(data)},
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = process.communicate(b"")
    assert (process.returncode, out) == (5, b"")
    assert b"is in use by process" in err
