from collections.abc import Iterator

import pytest

from agent.config import Settings
from agent.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.endpoint import run_endpoint


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("desk") / "data",
            model="simulated",
            base_url=model.url,
            api_key="none",
            idle_timeout=120,
            answer_cache=False,
            jobs_at_once=2,
            max_body_mb=1,
            shutdown_grace=0,
            allow_private_urls=True,
            fetch_delay=0,
        )
        with run_desk(settings, model) as desk:
            yield desk


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A service that has keys, and answers nobody without one."""
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("guarded") / "data",
            model="simulated",
            base_url=model.url,
            api_key="none",
            shutdown_grace=0,
            max_jobs_per_key=2,
            jobs_at_once=1,
        )
        with run_desk(settings, model) as desk:
            desk.service.keys.create("owner", [Scope.ADMIN])
            yield desk


@pytest.fixture
def desk(running: Desk) -> Desk:
    """The service with a model that answers at once."""
    running.as_before()
    return running
