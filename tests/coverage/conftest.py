"""A newsstand that is opened once for the tests of a file, and empty for each."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.config import Settings
from evals.servers.forked import Forked, begin_loading
from tests.support.newsstand import Newsstand, run_newsstand


@pytest.fixture(scope="module")
def open_stand() -> Iterator[Newsstand]:
    with run_newsstand() as stand:
        yield stand


@pytest.fixture
def stand(open_stand: Newsstand) -> Newsstand:
    open_stand.clear()
    return open_stand


@pytest.fixture
def near(tmp_path: Path) -> Settings:
    """Settings with which loopback is read, little of it, and without pauses."""
    return Settings(data_dir=tmp_path / "data", allow_private_urls=True, fetch_delay=0, fetch_max_mb=1)


@pytest.fixture
def either(places: Settings) -> Settings:
    """As `near`, for what has to be the same on files and on servers."""
    return places.model_copy(update={"allow_private_urls": True, "fetch_delay": 0.0, "fetch_max_mb": 1})


@pytest.fixture
def forked_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads a file of a stranger begins with its library loaded. As a new Python: `test_apart`."""
    # What they are forked from is started as it always is.
    begin_loading()
    monkeypatch.setattr(subprocess, "Popen", Forked)
