"""Parts of other packages that these do not promise to keep: each is touched in one file, and here it is told when it
moves."""

import inspect
from pathlib import Path

import pytest
from chromadb.api.fastapi import FastAPI
from chromadb.api.shared_system_client import SharedSystemClient
from dbos import DBOSClient
from dbos._sys_db import SystemDatabase
from langgraph._internal._constants import CONFIG_KEY_RUNTIME

from agent import studio
from agent.coverage.index.chroma import IndexLocation, close_client, open_client

ROOT = Path(__file__).parents[1]
TOUCHED = {
    "_sys_db": "agent/jobs/internals.py",
    "__pregel_runtime": "agent/studio.py",
    "_admin_client": "agent/coverage/index/chroma.py",
    '"_session"': "agent/coverage/index/chroma.py",
}


@pytest.mark.parametrize("name", TOUCHED)
def test_each_is_touched_in_one_file(name: str) -> None:
    users = [path for path in (ROOT / "agent").rglob("*.py") if name in path.read_text("utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in users] == [TOUCHED[name]]


def test_the_job_engine_still_makes_its_tables_and_gives_jobs_back_so() -> None:
    assert "self._sys_db" in inspect.getsource(DBOSClient)
    assert list(inspect.signature(SystemDatabase.run_migrations).parameters) == ["self"]
    assert len(inspect.signature(SystemDatabase.reenqueue_for_recovery).parameters) == 4


def test_the_graph_still_takes_its_context_there() -> None:
    assert studio._RUNTIME == CONFIG_KEY_RUNTIME


def test_the_index_still_has_a_client_within_it_and_its_connections_in_a_session(tmp_path: Path) -> None:
    client = open_client(IndexLocation(tmp_path))
    assert isinstance(client._admin_client, SharedSystemClient)
    assert hasattr(client._admin_client, "_server")
    close_client(client)
    assert "self._session" in inspect.getsource(FastAPI.__init__)
