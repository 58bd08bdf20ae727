"""`kill -9` in the middle of accepted jobs: the next start finishes them all and repeats no call that had ended."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.config import Settings
from agent.jobs import JobRequest, JobState
from agent.jobs.opening import open_jobs
from agent.reports import open_reports
from evals.stories import build_story
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.test_killed import _AnswersThenHangs as AnswersThenHangs

_PATIENCE = 120.0
# An answer is kept within milliseconds of its last byte; the kill waits longer than that on any machine.
_SETTLE_SECONDS = 0.7
_STORY = build_story(6, "shared")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


@contextmanager
def _worker(settings: Settings, endpoint: ScriptedEndpoint, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "ISNAD_DATA_DIR": str(settings.data_dir),
        "ISNAD_MODEL": "simulated",
        "ISNAD_BASE_URL": endpoint.url,
        "ISNAD_API_KEY": "none",
        "ISNAD_SENTENCES_PER_PART": "2",
        "ISNAD_CLAIMS_PER_CALL": "3",
        "ISNAD_MAX_CONCURRENCY": "3",
        "ISNAD_IDLE_TIMEOUT": "60",
        "ISNAD_JOBS_AT_ONCE": "2",
    }
    coverage = folder / "coverage.jsonl"
    coverage.write_text("\n".join(d.model_dump_json(exclude={"id"}) for d in _STORY.documents), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.worker_process", str(coverage)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def _articles() -> list[JobRequest]:
    article = _STORY.article
    return [JobRequest(article=article.model_copy(update={"title": f"Edition {n}"})) for n in range(3)]


async def test_a_killed_worker_loses_no_job_and_repeats_no_call_that_had_ended(
    endpoint: ScriptedEndpoint, settings: Settings, tmp_path: Path
) -> None:
    before = AnswersThenHangs(answered=5)
    endpoint.behave(before)
    with _worker(settings, endpoint, tmp_path) as process, open_jobs(settings) as jobs:
        accepted = [await jobs.enqueue(one, owner="desk") for one in _articles()]
        async with asyncio.timeout(_PATIENCE):
            while not before.hanging:  # noqa: ASYNC110  # it hangs in another thread
                await asyncio.sleep(0.02)
        await asyncio.sleep(_SETTLE_SECONDS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        standing = [await jobs.get(job.id) for job in accepted]
    assert [job.problem for job in standing] == [None] * 3
    assert [job.state for job in standing] == [JobState.RUNNING, JobState.RUNNING, JobState.QUEUED]

    after = AnswersThenHangs(answered=10_000)
    endpoint.behave(after)
    with _worker(settings, endpoint, tmp_path), open_jobs(settings) as jobs:
        ended = [await jobs.wait(job.id, _PATIENCE) for job in accepted]
        numbers = [event.number async for event in jobs.stream(accepted[0].id)]
    assert [job.state for job in ended] == [JobState.SUCCEEDED] * 3
    assert all(job.outcome is not None and job.outcome.complete for job in ended)
    assert [times for times in Counter([*before.answered, *after.answered]).values() if times > 1] == []
    assert numbers == list(range(1, len(numbers) + 1))
    with open_reports(settings.data_dir) as reports:
        found = [reports.get(job.id) for job in accepted]
    assert len({tuple((c.quote, c.label, len(c.evidence)) for c in report.claims) for report in found}) == 1
    assert [report.article.title for report in found] == ["Edition 0", "Edition 1", "Edition 2"]
