"""What is done by the clock, as the API and the metrics tell it."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.config import Settings
from agent.doors.api.metrics import Metrics
from agent.jobs import JobState
from agent.jobs.records import ClockRun, Timed
from tests.doors.api.desk import PATIENCE, Desk, run_desk
from tests.support.endpoint import run_endpoint

_NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def _watch(desk: Desk) -> dict[str, Any]:
    schedules = {one["name"]: one for one in desk.http.get("/v1/schedules").json()["schedules"]}
    assert list(schedules) == ["prune", "watch"]
    told: dict[str, Any] = schedules["watch"]
    return told


def test_the_last_run_is_told_with_how_it_ended(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", shutdown_grace=0, watch_every="*/2 * * * * *")
    with run_endpoint() as model, run_desk(settings, model) as desk:
        until = time.monotonic() + PATIENCE
        while (told := _watch(desk))["last_run"] is None:
            assert time.monotonic() < until
            time.sleep(0.1)
        run = told["last_run"]
        assert (told["cron"], run["state"], run["problem"]) == ("*/2 * * * * *", "succeeded", None)
        assert run["began_at"] <= run["ended_at"] < told["next_at"]
        metrics = desk.http.get("/metrics").text.splitlines()
        assert 'isnad_schedule_failed{schedule="watch"} 0.0' in metrics


def test_a_failure_is_counted_until_a_run_succeeds_or_there_is_no_schedule() -> None:
    def told(state: JobState) -> Timed:
        return Timed(name="watch", cron="* * * * *", next_at=_NOON, last_run=ClockRun(state=state, ended_at=_NOON))

    metrics = Metrics()
    for state, failed in ((JobState.FAILED, 1), (JobState.SUCCEEDED, 0)):
        metrics.timed([told(state)])
        assert f'isnad_schedule_failed{{schedule="watch"}} {failed}.0' in metrics.text().decode()
        assert (
            f'isnad_schedule_last_end_seconds{{schedule="watch"}} {_NOON.timestamp():.10}' in metrics.text().decode()
        )
    metrics.timed([])
    assert "watch" not in metrics.text().decode()
