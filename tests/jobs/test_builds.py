"""A job outlives the program that took it: another build, with other code and another version, goes on with it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.config import Settings
from agent.extras import installed_version
from agent.jobs import JobState
from tests.jobs.handlers import ScriptedHandler, at_work
from tests.jobs.test_jobs import _PATIENCE
from tests.jobs.test_schedules import rows

_ROOT = Path(__file__).parents[2]
_OTHER_VERSION = "9.9.9"
# By the source of its workflows, and by this variable, the engine tells builds apart unless it is told a version.
_JOB = '        _log.info("job begins", extra={"job": job_id})\n'
_OTHER_JOB = _JOB + "        assert job_id is not None\n"
_POSTS_AND_WORKS = """
import asyncio, sys
from pathlib import Path
import agent
from agent.config import Settings
from agent.extras import installed_version
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import until

async def main(folder, url):
    shared = {"database_url": url, "chroma_url": "http://127.0.0.1:1", "worker_silence": 3} if url else {}
    settings = Settings(data_dir=Path(folder), **shared)
    hand = ScriptedHandler(work=lambda: asyncio.sleep(600))
    async with at_work(settings, hand, at_once=1) as jobs:
        begun = await jobs.enqueue(request(), owner="desk")
        await until(lambda: hand.under_way == 1)
        waits = await jobs.enqueue(request(), owner="desk")
        print(installed_version(), Path(agent.__file__).parent, begun.id, waits.id, flush=True)
        await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def other_build(tmp_path: Path) -> Path:
    """The same program with other workflows, under another version."""
    folder = tmp_path / "other"
    for package in ("agent", "prompts"):
        shutil.copytree(_ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    worker = folder / "agent" / "jobs" / "workflows.py"
    source = worker.read_text(encoding="utf-8")
    assert _JOB in source
    worker.write_text(source.replace(_JOB, _OTHER_JOB), encoding="utf-8")
    about = folder / f"isnad_newsroom-{_OTHER_VERSION}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: isnad-newsroom\nVersion: {_OTHER_VERSION}\n")
    return folder


@contextmanager
def _running(build: Path, settings: Settings) -> Iterator[list[str]]:
    """A worker of another build with a job under way and one that waits, killed at the end: their ids."""
    url = settings.database_url.get_secret_value() if settings.database_url is not None else ""
    process = subprocess.Popen(
        [sys.executable, "-c", _POSTS_AND_WORKS, str(settings.data_dir), url],
        cwd=build,
        env={**os.environ, "PYTHONPATH": f"{build}{os.pathsep}{_ROOT}", "DBOS__APPVERSION": _OTHER_VERSION},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        version, package, *ids = process.stdout.readline().split()
        assert (version, package) == (_OTHER_VERSION, str(build / "agent"))
        yield ids
    finally:
        process.kill()
        process.communicate()


async def test_jobs_of_another_build_are_done(settings: Settings, other_build: Path) -> None:
    assert installed_version() != _OTHER_VERSION
    mine = settings.model_copy(update={"worker_silence": 3.0})
    with _running(other_build, mine) as ids:
        states = rows(mine, "SELECT status FROM workflow_status WHERE name = 'verify-article' ORDER BY created_at")
        assert states == [("PENDING",), ("ENQUEUED",)]
    handler = ScriptedHandler()
    async with at_work(mine, handler) as jobs:
        done = [await jobs.wait(job_id, _PATIENCE) for job_id in ids]
    assert [job.state for job in done] == [JobState.SUCCEEDED] * 2
    assert handler.begun == dict.fromkeys(ids, 1)
