"""API, workers, PostgreSQL and Chroma as processes: killed, frozen, stopped and crashed in the middle of jobs."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.bench.stories import build_story
from evals.servers.cluster import Cluster, Member, address, open_cluster, until
from evals.servers.endpoint import Pace, SimulatedModel
from tests.support.command import isnad
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.support.hanging import PATIENCE_SECONDS, AnswersThenHangs, kept_on_server, repeated

pytestmark = pytest.mark.waits

_STORY = build_story(15, "shared")


class Told(BaseHTTPRequestHandler):
    """Takes webhooks; their ids by verification."""

    ids: Counter[tuple[str, str]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.ids[body["data"]["id"], self.headers["webhook-id"]] += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def listening() -> Iterator[tuple[str, Counter[tuple[str, str]]]]:
    ids: Counter[tuple[str, str]] = Counter()
    handler = type("Handler", (Told,), {"ids": ids})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/told", ids
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Fleet:
    cluster: Cluster
    http: httpx.Client
    workers: list[Member]
    model: ScriptedEndpoint
    callback: str
    told: Counter[tuple[str, str]]
    kept_before: int = 0

    def post(self, edition: str) -> str:
        body = {"text": f"{_STORY.article.text} {edition}.", "callback_url": self.callback}
        answer = self.http.post("/v1/verifications", json=body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def state(self, job_id: str) -> str:
        answer = self.http.get(f"/v1/verifications/{job_id}")
        return str(answer.json()["state"]) if answer.status_code == 200 else ""

    def until_done(self, *job_ids: str) -> None:
        until(lambda: all(self.state(job) == "succeeded" for job in job_ids), "the jobs to be done", PATIENCE_SECONDS)

    def until_working(self, workers: int) -> None:
        until(
            lambda: self.http.get("/readyz").json().get("workers") == workers, f"{workers} workers", PATIENCE_SECONDS
        )

    def until_it_hangs(self, calls: AnswersThenHangs) -> None:
        calls.until_it_hangs(lambda: kept_on_server(self.cluster.database_url) - self.kept_before)

    def holder(self, job_id: str) -> Member:
        """Who has begun a job."""
        (found,) = [worker for worker in self.workers if _begun(worker, job_id)]
        return found


def _begun(worker: Member, job_id: str) -> int:
    return sum(job_id in line for line in worker.told.splitlines() if '"job begins"' in line)


def _finished(worker: Member, job_id: str) -> int:
    return sum(job_id in line for line in worker.told.splitlines() if '"job finished"' in line)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    # Any: beside the settings, which are texts, the cluster has arguments of other types.
    settings: dict[str, Any] = {
        "worker_silence": "5",
        "claims_per_call": "3",
        "max_concurrency": "3",
        "allow_private_urls": "true",
        # Too short for a model that hangs.
        "shutdown_grace": "1",
    }
    with run_endpoint() as model, listening() as (callback, told):
        folder = tmp_path_factory.mktemp("fleet")
        with open_cluster(folder, model=model.url, forked=True, **settings) as cluster:
            workers, api = [cluster.worker(), cluster.worker()], cluster.serve("--api-only")
            with httpx.Client(base_url=address(api), timeout=PATIENCE_SECONDS) as http:
                fleet = Fleet(cluster, http, workers, model, callback, told)
                fleet.until_working(2)
                lines = "\n".join(document.model_dump_json(exclude={"id"}) for document in _STORY.documents)
                posted = http.post(
                    "/v1/coverage", content=lines.encode(), headers={"content-type": "application/x-ndjson"}
                )
                assert posted.status_code == 207, posted.text
                yield fleet


def _answering(fleet: Fleet, calls: int) -> AnswersThenHangs:
    answers = AnswersThenHangs(answered=calls)
    fleet.kept_before = kept_on_server(fleet.cluster.database_url)
    fleet.model.behave(answers)
    return answers


def test_a_worker_that_was_frozen_finishes_nothing_twice_and_begins_anew(fleet: Fleet) -> None:
    before = _answering(fleet, 4)
    job = fleet.post("Frozen")
    fleet.until_it_hangs(before)
    frozen = fleet.holder(job)
    frozen.freeze()
    after = _answering(fleet, 10_000)
    try:
        fleet.until_done(job)
        fleet.until_working(1)
        until(lambda: any(one == job for one, _ in fleet.told), "the webhook", PATIENCE_SECONDS)
        events = fleet.http.get(f"/v1/verifications/{job}/events").text
    finally:
        frozen.thaw()
    frozen.until_told("taken for dead")
    fleet.until_working(2)

    assert repeated(before, after) == []
    assert fleet.http.get(f"/v1/verifications/{job}/events").text == events
    assert events.count("event: run_finished") == 1
    assert [times for (one, _), times in fleet.told.items() if one == job] == [1]
    assert sum(_finished(worker, job) for worker in fleet.workers) == 1
    assert "Traceback" not in frozen.told


def test_what_a_killed_worker_had_begun_is_done_by_another(fleet: Fleet) -> None:
    before = _answering(fleet, 4)
    job = fleet.post("Killed")
    fleet.until_it_hangs(before)
    killed = fleet.holder(job)
    killed.kill()
    after = _answering(fleet, 10_000)
    fleet.until_done(job)
    assert repeated(before, after) == []
    assert _begun(killed, job) == 1
    killed.start()
    fleet.until_working(2)


def test_what_a_stopped_worker_cannot_finish_in_time_goes_on_with_another_at_once(fleet: Fleet) -> None:
    before = _answering(fleet, 4)
    job = fleet.post("Stopped")
    fleet.until_it_hangs(before)
    stopped = fleet.holder(job)
    after = _answering(fleet, 10_000)
    assert stopped.stop() == 0
    assert not _finished(stopped, job)
    # It has given its lease back: nobody has to find out by its silence.
    assert fleet.http.get("/readyz").json()["workers"] == 1
    fleet.until_done(job)
    assert [_begun(worker, job) for worker in fleet.workers] == [1, 1]
    assert after.answered
    assert repeated(before, after) == []
    stopped.start()
    fleet.until_working(2)


def test_a_worker_that_is_given_the_time_finishes_what_is_under_way_before_it_ends(fleet: Fleet) -> None:
    for other in fleet.workers:
        assert other.stop() == 0
    patient = fleet.cluster.worker(shutdown_grace="120")
    try:
        fleet.until_working(1)
        fleet.model.reset()
        fleet.model.behave(SimulatedModel(Pace(call_seconds=2)).chat)
        job = fleet.post("In time")
        until(lambda: bool(fleet.model.chats), "the model to be asked", PATIENCE_SECONDS)
        # A run is two calls deep at least, and the first has just begun.
        assert fleet.state(job) == "running"
        assert patient.stop(PATIENCE_SECONDS) == 0
        assert fleet.state(job) == "succeeded"
        assert _finished(patient, job) == 1
        asked = Counter(chat.user for chat in fleet.model.chats)
        assert [words for words, times in asked.items() if times > 1] == []
    finally:
        patient.kill()
        for other in fleet.workers:
            other.start()
        fleet.until_working(2)


def test_a_crash_of_the_database_in_the_middle_of_jobs_loses_none(fleet: Fleet) -> None:
    assert fleet.cluster.postgres is not None
    before = _answering(fleet, 6)
    jobs = [fleet.post(f"Crash {number}") for number in range(4)]
    fleet.until_it_hangs(before)
    fleet.cluster.postgres.crash()
    assert fleet.http.get("/readyz").status_code == 503
    # Nobody has to wait for the database to come back in order to stop.
    assert fleet.workers[0].stop() == 0
    after = AnswersThenHangs(answered=10_000)
    fleet.model.behave(after)
    fleet.cluster.postgres.start()
    # The calls that were under way end as on a line that broke, and are made again.
    fleet.model.let_go()
    fleet.workers[0].start()
    later = fleet.post("After the crash")
    fleet.until_done(*jobs, later)
    until(lambda: {*jobs, later} <= {job for job, _ in fleet.told}, "the webhooks", PATIENCE_SECONDS)
    assert {webhook for job, webhook in fleet.told if job in jobs} == {f"msg_{job}" for job in jobs}
    assert after.answered


def test_a_worker_needs_a_database_that_can_be_shared() -> None:
    refused = isnad("worker")
    assert refused.code == 4
    assert "isnad serve" in refused.err
    refused = isnad("serve", "--api-only")
    assert refused.code == 4
    assert "ISNAD_DATABASE_URL" in refused.err


def test_a_worker_that_cannot_reach_its_database_says_so(tmp_path: Path) -> None:
    nowhere = "postgresql://desk:hush-hush@127.0.0.1:1/isnad"
    refused = isnad("worker", database_url=nowhere, chroma_url="http://127.0.0.1:1")
    assert refused.code == 5
    assert "hush-hush" not in refused.err
