"""A newsstand that is opened once for the tests of a file, and empty for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.config import Settings
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
