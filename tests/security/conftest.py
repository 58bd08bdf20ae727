from collections.abc import Iterator

import pytest

from agent.config import Settings
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.endpoint import run_endpoint


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("attacked") / "data",
            model="simulated",
            base_url=model.url,
            api_key="none",
            answer_cache=False,
            shutdown_grace=0,
        )
        with run_desk(settings, model) as desk:
            key = desk.service.keys.create("desk", [Scope.VERIFY, Scope.COVERAGE])
            desk.http.headers["Authorization"] = f"Bearer {key}"
            yield desk


@pytest.fixture
def desk(attacked: Desk) -> Desk:
    """A service with keys, private addresses closed, and a client that has one key."""
    attacked.as_before()
    return attacked
