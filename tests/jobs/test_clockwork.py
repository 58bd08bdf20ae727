"""What a service does by the clock, to its end: a page that is fetched and found, an evaluation with its result."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.app import build_duties, open_web
from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.index.database import open_database
from agent.coverage.web.followed import Followed, Follows
from agent.coverage.web.following import follow
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget
from agent.jobs import Jobs, JobState
from agent.jobs.records import ClockRun
from evals.running.results import find_run
from evals.running.run import alone
from tests.jobs.handlers import ScriptedHandler, at_work
from tests.jobs.test_jobs import until
from tests.support.newsstand import RSS, Newsstand, Served, item, page, rss, run_newsstand, story

pytestmark = pytest.mark.waits

_OFTEN = "* * * * * *"
_LONG_AGO = datetime(2016, 3, 14, 12, tzinfo=UTC)
_PATIENCE_SECONDS = 240


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with run_newsstand() as stand:
        yield stand


async def _look(settings: Settings) -> Followed:
    """The feed after the next look at it, which is due now."""
    # Opened once: a new connection for each question would keep from its work what is waited for.
    with open_database(settings) as database:
        follows = Follows(database)
        (one,) = follows.all()
        follows.put(one.model_copy(update={"due_at": _LONG_AGO}))
        await until(lambda: follows.all()[0].due_at > datetime.now(UTC))
        (one,) = follows.all()
    return one


async def _last_run(jobs: Jobs, name: str) -> ClockRun | None:
    return next((one.last_run for one in await jobs.schedules() if one.name == name), None)


async def _ended(jobs: Jobs, name: str, state: JobState, seconds: float) -> ClockRun:
    """The last run, once one has ended so."""
    async with asyncio.timeout(seconds):
        while (run := await _last_run(jobs, name)) is None or run.state is not state:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.05)
    return run


async def _failed(jobs: Jobs, name: str, code: str, seconds: float) -> ClockRun:
    """The last run, once one has failed so: on a busy machine the second of another may be over as it begins."""
    async with asyncio.timeout(seconds):
        while True:
            run = await _ended(jobs, name, JobState.FAILED, seconds)
            if run.problem is not None and run.problem.code == code:
                return run
            await asyncio.sleep(0.05)


async def test_a_page_that_a_followed_feed_names_later_is_fetched_and_found(
    places: Settings, stand: Newsstand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "isnad.duties")
    settings = places.model_copy(
        update={"allow_private_urls": True, "fetch_delay": 0.0, "refresh_every": _OFTEN},
    )
    stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    with open_coverage(settings, HashedEmbedder()) as coverage:
        async with open_web(settings, coverage=coverage) as web:
            follow(web, await web.take([FetchTarget(feed)], EntryFilter()), every=900)
        stand.forget()
        async with at_work(settings, ScriptedHandler(), duties=build_duties(settings, coverage)) as jobs:
            # Nothing is due yet.
            await _ended(jobs, "refresh", JobState.SUCCEEDED, _PATIENCE_SECONDS)
            assert stand.answered == []

            second = stand.put("/2", page(story(2)))
            stand.put("/feed", rss(item("/2"), item("/1")), RSS)
            await _look(settings)
            assert coverage.stats().documents == 2
            (found, *_) = await coverage.query(story(2), 1)
            assert found.passage.url == second
            assert (stand.statuses("/1"), stand.statuses("/2")) == ([], [200])

            stand.serve("/feed", Served(status=500))
            failed = await _look(settings)
            assert (failed.failures, "500" in (failed.error or "")) == (1, True)

            # What one feed does wrong is no failure of the duty, and the next look is the next try.
            stand.put("/3", page(story(3)))
            stand.put("/feed", rss(item("/3"), item("/2"), item("/1")), RSS)
            assert (await _look(settings)).failures == 0
            assert coverage.stats().documents == 3
            run = await _last_run(jobs, "refresh")
            assert run is not None
            assert run.state is JobState.SUCCEEDED
    told = [one.getMessage() for one in caplog.records if "feeds were due" in one.getMessage()]
    assert told == [f"refreshed: 1 feeds were due, {failed} failed" for failed in (0, 1, 0)]


async def test_an_evaluation_that_fails_is_told_and_the_next_one_writes_its_result(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data_dir=tmp_path / "data", eval_schedule=_OFTEN)
    runs = settings.data_dir / "evals"
    with open_coverage(settings, HashedEmbedder()) as coverage:
        duties = build_duties(settings, coverage, "origins")
    async with at_work(settings, ScriptedHandler(), duties=duties) as jobs:
        with alone(runs):
            failed = await _failed(jobs, "evaluate", "evaluation", _PATIENCE_SECONDS)
        succeeded = await _ended(jobs, "evaluate", JobState.SUCCEEDED, _PATIENCE_SECONDS)
    assert failed.problem is not None
    assert str(runs) not in failed.problem.message
    assert failed.ended_at < succeeded.ended_at
    logged = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert any(f"another evaluation is running in {str(runs)!r}" in one for one in logged)
    (suite,) = find_run(runs, "last").result.suites
    assert suite.suite == "origins"
    assert suite.items > 0
