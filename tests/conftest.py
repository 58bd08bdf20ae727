"""What every test has: no settings of the person who runs it, and the user's article where it is there."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr

from agent.config import Settings
from agent.models import Article
from evals.servers.chroma import run_chroma
from evals.servers.scratch import clear_ended_runs, scratch_folder
from tests.support.chroma_files import copied_indexes
from tests.support.named import CHROMA, keep_named, kept
from tests.support.postgres import open_databases
from tests.support.servers import start_servers
from tests.support.workers import fork_workers

# No test is timed: machines are shared, and a slow minute is not a defect.
hypothesis_settings.register_profile("isnad", deadline=None, max_examples=60)
hypothesis_settings.load_profile("isnad")

# So many new objects begin a search for circles; the usual 700 cost a tenth of the time of all tests.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

SEED = Path(__file__).parents[2] / "shared" / "seed" / "article.ar.txt"


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 100)
    keep_named()
    if not hasattr(config, "workerinput"):
        clear_ended_runs()
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(scratch_folder()))
    _trust_nobody()


def _trust_nobody() -> None:
    """Only loopback is reached, and to read the authorities of the world costs each client of a test its time."""
    os.environ.pop("SSL_CERT_FILE", None)
    # No certificate is in there.
    os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    fork_workers()
    servers = ExitStack()
    config.add_cleanup(servers.close)
    start_servers(servers)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    # It stays to the end, and to look through it costs half a second: pytest does that five times when it ends.
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, mark in enumerate(("waits", "long")) if item.get_closest_marker(mark)), 2)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("ISNAD_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_", "OTEL_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISNAD_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session", autouse=True)
def _copied_indexes() -> Iterator[None]:
    with copied_indexes():
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def seed_article() -> Article:
    if not SEED.exists():
        pytest.skip(f"the user's article is not here: {SEED.name} in ../shared/seed")
    return Article(
        text=SEED.read_text(encoding="utf-8"), published_at=datetime(2016, 3, 15, tzinfo=UTC), language="ar"
    )


@pytest.fixture(scope="session")
def create_database() -> Iterator[Callable[[], str]]:
    """Makes a new database on a PostgreSQL server that is started with the first test that wants one."""
    with open_databases() as create:
        yield create


@pytest.fixture
def database_url(create_database: Callable[[], str]) -> str:
    """A new, empty PostgreSQL database."""
    return create_database()


@pytest.fixture(scope="session")
def chroma_url() -> Iterator[str]:
    """A Chroma server: that of this run of the tests, or one that is started with the first test that wants one."""
    named = kept(CHROMA)
    if named is not None:
        yield named
        return
    with run_chroma() as url:
        yield url


@pytest.fixture(params=["files", "servers"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """For what has to be the same in files of the data folder and on PostgreSQL and a Chroma server."""
    if request.param == "files":
        return Settings(data_dir=tmp_path / "data")
    url, chroma = request.getfixturevalue("database_url"), request.getfixturevalue("chroma_url")
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(url), chroma_url=chroma)


@pytest.fixture
def shared(database_url: str, chroma_url: str, tmp_path: Path) -> Settings:
    """Settings with everything on servers."""
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(database_url), chroma_url=chroma_url)
