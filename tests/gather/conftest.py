from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.config import Settings
from tests.support.newsstand import Newsstand, run_newsstand
from tests.support.searching import SearchService, run_search_service


@pytest.fixture(scope="package")
def _service() -> Iterator[SearchService]:
    with run_search_service() as service:
        yield service


@pytest.fixture
def service(_service: SearchService) -> SearchService:
    _service.clear()
    return _service


@pytest.fixture(scope="package")
def _stand() -> Iterator[Newsstand]:
    with run_newsstand() as stand:
        yield stand


@pytest.fixture
def stand(_stand: Newsstand) -> Newsstand:
    _stand.clear()
    return _stand


@pytest.fixture
def near(tmp_path: Path) -> Settings:
    """Settings that let pages of this machine be fetched, without pauses."""
    return Settings(data_dir=tmp_path / "data", allow_private_urls=True, fetch_delay=0)
