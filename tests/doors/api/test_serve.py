"""`isnad serve` as a process: what is accepted is done, whatever happens to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from agent.doors.api.serving import bind
from evals.bench.stories import build_story
from evals.servers.cluster import until
from evals.servers.forked import Forked
from tests.support.command import isnad
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.support.hanging import AnswersThenHangs, kept_in_file, repeated

pytestmark = pytest.mark.waits

_STORY = build_story(15, "shared")
_PATIENCE = 240.0


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


class Serving:
    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log
        self.http = httpx.Client(base_url=self._address(), timeout=_PATIENCE)
        self._until_ready()

    def post(self, text: str) -> str:
        """The place of a verification that has been accepted."""
        answer = self.http.post("/v1/verifications", json={"text": text})
        assert answer.status_code == 202
        return answer.headers["location"]

    def stopped(self) -> int:
        """Its exit code when it has been told to stop."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)

    def _address(self) -> str:
        until = time.monotonic() + _PATIENCE
        while "listens on" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        return self.log.read_text().partition("listens on ")[2].split()[0]

    def _until_ready(self) -> None:
        assert self.http.get("/readyz").status_code == 200


@contextmanager
def serving(folder: Path, model: ScriptedEndpoint, *, forked: bool = True, **settings: str) -> Iterator[Serving]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "ISNAD_DATA_DIR": str(folder / "data"),
        "ISNAD_MODEL": "simulated",
        "ISNAD_BASE_URL": model.url,
        "ISNAD_API_KEY": "none",
        "ISNAD_IDLE_TIMEOUT": "60",
        "ISNAD_CLAIMS_PER_CALL": "3",
        "ISNAD_MAX_CONCURRENCY": "3",
        "ISNAD_JOBS_AT_ONCE": "2",
        **{f"ISNAD_{name.upper()}": value for name, value in settings.items()},
    }
    log = folder / f"serve-{time.time_ns()}.log"
    with log.open("w") as out:
        popen = Forked[bytes] if forked else subprocess.Popen[bytes]
        process = popen(
            [sys.executable, "-m", "agent", "serve", "--port", "0"], cwd=folder, env=environment, stderr=out
        )
    try:
        started = Serving(process, log)
        yield started
        started.http.close()
    finally:
        process.kill()
        process.wait()


def test_it_says_that_it_listens_once_it_answers_and_that_it_stops(tmp_path: Path, model: ScriptedEndpoint) -> None:
    with serving(tmp_path, model, forked=False) as service:
        told = "Isnad listens on"
        assert told in service.log.read_text()
        second = Forked[str](
            [sys.executable, "-m", "agent", "serve", "--port", "0"],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[3]),
                "ISNAD_DATA_DIR": str(tmp_path / "data"),
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        _, err = second.communicate(timeout=_PATIENCE)
        assert second.returncode == 5
        assert str(tmp_path) in err
        assert told not in err
        assert service.stopped() == 0
        assert "Isnad stops" in service.log.read_text()


def test_what_is_accepted_is_done_through_a_kill_and_a_stop(tmp_path: Path, model: ScriptedEndpoint) -> None:
    model.reset()
    calls = [AnswersThenHangs(answered=5), AnswersThenHangs(answered=3), AnswersThenHangs(answered=10_000)]
    model.behave(calls[0])
    with serving(tmp_path, model) as service:
        places = [service.post(f"{_STORY.article.text} Edition {n}.") for n in range(3)]
        calls[0].until_it_hangs(lambda: kept_in_file(tmp_path / "data"))
        service.process.send_signal(signal.SIGKILL)
        service.process.wait()

    model.behave(calls[1])
    with serving(tmp_path, model, shutdown_grace="1") as service:
        calls[1].until_it_hangs(lambda: kept_in_file(tmp_path / "data") - len(calls[0].answered))
        assert service.stopped() == 0

    model.behave(calls[2])
    with serving(tmp_path, model, shutdown_grace="60") as service:
        for place in places:
            assert "ended" in service.http.get(f"{place}/events").text
            assert service.http.get(place).json()["state"] == "succeeded"
        under_way = service.post(f"{_STORY.article.text} Last edition.")
        # What has not begun when it stops is done with the next start.
        until(lambda: service.http.get(under_way).json()["state"] != "queued", "the last one to begin")
        assert service.stopped() == 0

    assert repeated(*calls) == []
    log = "".join(file.read_text() for file in sorted(tmp_path.glob("*.log")))
    assert "Traceback" not in log
    assert _STORY.article.text[:20] not in log
    finished = [json.loads(line)["job"] for line in log.splitlines() if '"job finished"' in line]
    assert sorted(finished) == sorted(place.rpartition("/")[2] for place in (*places, under_way))


def test_without_a_key_it_listens_on_this_machine_only() -> None:
    refused = isnad("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.code == 4
    assert "isnad keys create" in refused.err


def test_a_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = isnad("serve", "--port", str(taken.getsockname()[1]))
        port = str(taken.getsockname()[1])
    assert (refused.code, port in refused.err) == (4, True)


def test_an_answer_is_not_held_back_until_its_head_is_acknowledged() -> None:
    with bind("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as caller:
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert caller.getpeername() == listening.getsockname()
