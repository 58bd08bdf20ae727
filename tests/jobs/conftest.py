from pathlib import Path

import pytest

from agent.config import Settings


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Both kinds of database do the same."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data")
    url = request.getfixturevalue("database_url")
    # Nothing here looks into the coverage.
    return Settings(data_dir=tmp_path / "data", database_url=url, chroma_url="http://127.0.0.1:1")


@pytest.fixture
def shared(tmp_path: Path, database_url: str) -> Settings:
    """A database that several share; who is silent for three seconds is taken for dead."""
    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        chroma_url="http://127.0.0.1:1",
        worker_silence=3,
    )
