"""`isnad doctor` tells of what is done by the clock what `GET /v1/schedules` tells."""

import asyncio
from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import ConfigurationError
from agent.jobs.duties import ScheduledTask
from agent.jobs.records import Timed
from tests.jobs.handlers import ScriptedHandler, at_work
from tests.support.command import Outcome, isnad

_NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data")
    url = request.getfixturevalue("database_url")
    return Settings(data_dir=tmp_path / "data", database_url=url, chroma_url=_NOWHERE)


def _doctor(settings: Settings, **others: str) -> Outcome:
    shared = {}
    if settings.database_url is not None:
        shared = {"database_url": settings.database_url.get_secret_value(), "chroma_url": _NOWHERE}
    return isnad("doctor", "--offline", data_dir=str(settings.data_dir), **shared, **others)


def _line(told: Outcome, name: str) -> str:
    (line,) = [line for line in told.out.splitlines() if line[2:].startswith(name)]
    return line


async def _run_the_clock(settings: Settings) -> dict[str, Timed]:
    async def refuse() -> None:
        raise ConfigurationError("the key in /etc/isnad is wrong")

    async def hang() -> None:
        await asyncio.Event().wait()

    async def do() -> None: ...

    duties = [
        ScheduledTask("watch", "* * * * * *", refuse),
        ScheduledTask("refresh", "*/2 * * * * *", do),
        ScheduledTask("evaluate", "* * * * * *", hang),
    ]
    async with at_work(settings, ScriptedHandler(), duties=duties) as jobs:
        async with asyncio.timeout(240):
            while True:
                known = {one.name: one for one in await jobs.schedules()}
                if known["watch"].last_run and known["refresh"].last_run and known["evaluate"].running_since:
                    return known
                await asyncio.sleep(0.05)


def test_each_schedule_is_shown_with_how_its_last_run_ended(settings: Settings) -> None:
    known = asyncio.run(_run_the_clock(settings))
    told = _doctor(settings, watch_every="10m")

    watch, refresh, evaluate = (_line(told, name) for name in ("watch", "refresh", "evaluate"))
    assert watch.startswith("✗")
    assert "* * * * * * (UTC), next 20" in watch
    assert "last run failed 20" in watch
    assert watch.endswith(": the service could not do it (configuration); its log has the reason")
    assert refresh.startswith("✓")
    assert "last run succeeded 20" in refresh
    # On PostgreSQL a worker that ends gives back what it had begun.
    begun = known["evaluate"].running_since
    assert (f"begun {begun:%Y-%m-%d %H:%M:%S} and has not ended" in evaluate) is (settings.database_url is None)
    assert "no run has ended yet" in evaluate
    assert "other times for: evaluate, prune, refresh, watch" in _line(told, "schedules")
    assert told.code == 0, told.out


def test_nothing_is_shown_where_no_service_has_run(tmp_path: Path) -> None:
    told = _doctor(Settings(data_dir=tmp_path / "data"))
    assert "none yet" in _line(told, "schedules")
    # Nobody but a worker makes the place of jobs.
    assert not list((tmp_path / "data").glob("jobs.sqlite*"))


def test_a_time_that_is_none_is_told_with_its_setting(tmp_path: Path) -> None:
    told = _doctor(Settings(data_dir=tmp_path / "data"), watch_every="often")
    assert "ISNAD_WATCH_EVERY" in _line(told, "schedules")
    assert told.code == 4
