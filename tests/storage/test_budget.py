"""What docs/service.md says of connections: how many a process has to a PostgreSQL server at most."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from agent.chat.threads import open_threads
from agent.config import Settings
from agent.jobs import JobState
from agent.jobs.access import open_jobs
from agent.storage.answers import open_answers
from agent.storage.engine import MOST_CONNECTIONS, open_pool
from agent.storage.keys import Scope, open_keys
from agent.storage.rates import open_rates
from agent.storage.reports import Reports, open_reports
from evals.servers.cluster import address, open_cluster, until

# One more for the locks of the chats, and one for each engine of jobs that listens.
_SERVE, _WORKER = MOST_CONNECTIONS + 3, MOST_CONNECTIONS + 1

pytestmark = pytest.mark.waits

_POSTS = 16
_PATIENCE = 240.0
_COUNT = "SELECT application_name FROM pg_stat_activity WHERE application_name IN ('isnad', 'serve', 'worker')"


def _connections(url: str) -> Counter[str]:
    with psycopg.connect(url) as connection:
        return Counter(row[0] for row in connection.execute(f"{_COUNT} AND datname = current_database()"))


async def test_all_parts_of_a_process_use_the_same_connections(shared: Settings, database_url: str) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            reports = stack.enter_context(open_reports(shared))
            answers = stack.enter_context(open_answers(shared))
            keys = stack.enter_context(open_keys(shared))
            threads = stack.enter_context(open_threads(shared))
            rates = stack.enter_context(open_rates(shared))
            jobs = stack.enter_context(open_jobs(shared, listens=False))
        assert answers is not None
        reports.listing(), answers.get(b"key"), keys.listing(), threads.listing("desk")
        assert await rates.take("key", 1) == 0
        await jobs.count(JobState.RUNNING)
        # Who makes tables holds others back with one, and makes them with another.
        assert 1 <= _connections(database_url)["isnad"] <= 2
    assert _connections(database_url)["isnad"] == 0


def test_who_is_in_the_midst_of_a_transaction_never_waits_for_who_waits_for_it(shared: Settings) -> None:
    """Each of many needs a second connection before it gives back its first."""
    inside = threading.Barrier(2 * MOST_CONNECTIONS)

    def both(reports: Reports, number: int) -> str:
        inside.wait(_PATIENCE)
        with reports.database.snapshot(), open_threads(shared) as threads:
            return threads.begin(str(number), "", None).id

    with open_reports(shared) as reports, ThreadPoolExecutor(2 * MOST_CONNECTIONS) as pool:
        begun = list(pool.map(lambda number: both(reports, number), range(2 * MOST_CONNECTIONS)))
    assert len(set(begun)) == 2 * MOST_CONNECTIONS


def test_a_pool_is_closed_by_the_last_who_has_it_open(shared: Settings) -> None:
    with open_pool(shared) as outer:
        with open_pool(shared) as inner:
            assert inner is outer
        with outer.lent() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    with open_pool(shared) as after:
        assert after is not outer


@contextmanager
def _counting(url: str) -> Iterator[Counter[str]]:
    """The most connections that each process had at any time."""
    most: Counter[str] = Counter()
    ended = threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not ended.wait(0.02):
                for name, count in Counter(row[0] for row in connection.execute(_COUNT)).items():
                    most[name] = max(most[name], count)

    with ThreadPoolExecutor(1) as threads:
        looking = threads.submit(look)
        try:
            yield most
        finally:
            ended.set()
            looking.result()


@pytest.mark.waits
def test_a_service_and_a_worker_live_on_a_server_of_thirty_connections(tmp_path: Path) -> None:
    with open_cluster(
        tmp_path, forked=True, connections=30, analyst="lexical", embedder="words", jobs_at_once="8"
    ) as cluster:
        url = cluster.database_url
        key = cluster.run("keys", "create", "desk", "--scopes", ",".join(Scope)).strip()
        with _counting(url) as most:
            serving = cluster.serve(database_url=f"{url}?application_name=serve")
            worker = cluster.worker(database_url=f"{url}?application_name=worker")
            limits, asking = httpx.Limits(max_connections=_POSTS), {"authorization": f"Bearer {key}"}
            with (
                httpx.Client(base_url=address(serving), headers=asking, timeout=_PATIENCE, limits=limits) as http,
                ThreadPoolExecutor(_POSTS) as threads,
            ):
                worker.until_told("works")

                def post(number: int) -> str:
                    posted = http.post(
                        "/v1/verifications", json={"text": f"The mayor said that bridge {number} is shut."}
                    )
                    assert posted.status_code == 202, posted.text
                    return str(posted.headers["location"])

                def state(job: str) -> str:
                    return str(http.get(job).json()["state"])

                jobs = list(threads.map(post, range(_POSTS)))
                until(lambda: all(state(job) not in ("queued", "running") for job in jobs), "all to end", _PATIENCE)
                assert [state(job) for job in jobs] == ["succeeded"] * _POSTS
        assert 4 < most["serve"] <= _SERVE
        assert 4 < most["worker"] <= _WORKER
        assert serving.stop() == 0
        assert worker.stop() == 0
        assert "too many clients" not in serving.told + worker.told
