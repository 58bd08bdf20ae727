import asyncio
import shutil
from pathlib import Path

import pytest

from agent.config import Settings
from tests.support.talk import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the coverage of the example in it; every test has a copy."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    asyncio.run(fill(Settings(data_dir=folder)))
    return folder


@pytest.fixture
def newsroom(filled: Path, tmp_path: Path) -> Settings:
    shutil.copytree(filled, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")
