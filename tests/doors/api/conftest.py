from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from agent.config import Settings
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.endpoint import run_endpoint


@pytest.fixture(scope="module")
def stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Where the service of a module keeps things: in files, unless the module is marked `ON_BOTH`."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    if getattr(request, "param", "files") == "files":
        return Settings(data_dir=folder)
    create_database, chroma = request.getfixturevalue("create_database"), request.getfixturevalue("chroma_url")
    return Settings(data_dir=folder, database_url=SecretStr(create_database()), chroma_url=chroma)


@pytest.fixture(scope="module")
def running(stores: Settings) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(
            data_dir=stores.data_dir,
            database_url=stores.database_url,
            chroma_url=stores.chroma_url,
            model="simulated",
            base_url=model.url,
            api_key="none",
            idle_timeout=120,
            answer_cache_mb=0,
            jobs_at_once=2,
            max_upload_mb=10,
            shutdown_grace=0,
            allow_private_urls=True,
            fetch_delay=0,
        )
        with run_desk(settings, model) as desk:
            yield desk


@pytest.fixture(scope="module")
def guarded(stores: Settings) -> Iterator[Desk]:
    """A service that has keys, and answers nobody without one."""
    with run_endpoint() as model:
        settings = Settings(
            data_dir=stores.data_dir,
            database_url=stores.database_url,
            chroma_url=stores.chroma_url,
            model="simulated",
            base_url=model.url,
            api_key="none",
            shutdown_grace=0,
            max_queued_jobs=10,
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
