"""Two workers on one database: each time is done by one of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from evals.servers.cluster import until
from evals.servers.forked import Forked

pytestmark = pytest.mark.waits

_ROOT = Path(__file__).parents[2]
_WORKER = """
import asyncio, os, sys
from pathlib import Path
from dbos import DBOS
from agent.config import Settings
from agent.jobs.database import database_url, open_engine
from agent.jobs.engine_table import table_of
from agent.jobs.duties import ScheduledTask
from agent.jobs.guard import JobGuard
from agent.jobs.engine_setup import make_ready
from agent.jobs.worker import open_worker
from tests.jobs.handlers import ScriptedHandler

name, url, folder = sys.argv[1:]
log = os.open(Path(folder) / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def note(what):
    os.write(log, f"{what} {DBOS.workflow_id}\\n".encode())

async def look():
    note("begun")
    await asyncio.sleep(0.3)
    note("ended")

async def main():
    settings = Settings(data_dir=Path(folder) / name, database_url=url, chroma_url="http://127.0.0.1:1")
    duty = ScheduledTask("watch", "* * * * * *", look)
    with open_engine(settings, through_power_cuts=True) as engine:
        make_ready(engine)
        worker = open_worker(
            engine,
            database_url(settings),
            name,
            ScriptedHandler(),
            JobGuard(engine, table_of(settings)),
            at_once=1,
            grace=5,
            duties=[duty],
        )
        async with worker:
            print("works", flush=True)
            await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


def _begun(log: Path) -> list[str]:
    lines = log.read_text().splitlines() if log.exists() else []
    return [line.split()[1] for line in lines if line.startswith("begun")]


def test_no_time_is_done_twice_and_no_two_at_once(database_url: str, tmp_path: Path) -> None:
    workers = [
        Forked[str](
            [sys.executable, "-c", _WORKER, f"worker-{n}", database_url, str(tmp_path)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(2)
    ]
    log = tmp_path / "log"
    try:
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "works\n"
        until(lambda: len(_begun(log)) >= 4 or any(worker.poll() is not None for worker in workers), "four looks")
        assert [worker.poll() for worker in workers] == [None, None]
    finally:
        for worker in workers:
            worker.communicate("", timeout=240)
    begun = _begun(log)
    assert len(begun) == len(set(begun))
    words = [line.split()[0] for line in log.read_text().splitlines()]
    assert words == ["begun", "ended"] * len(begun)
