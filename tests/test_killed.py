"""`kill -9` in the middle of a run: it is finished with --resume, and no call that had ended is made again."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evals.endpoint import Pace, SimulatedModel
from evals.stories import PUBLISHED, build_story
from evals.wire import Asked, Hang, Refusal, Reply
from tests.support.endpoint import ScriptedEndpoint, run_endpoint

ARGUMENTS = ("article.txt", "--published", f"{PUBLISHED:%Y-%m-%d}", "--coverage", "coverage.jsonl")

Labels = list[tuple[object, object, int]]

_PATIENCE_SECONDS = 120.0
# An answer is kept within milliseconds of its last byte; the kill waits longer than that on any machine.
_SETTLE_SECONDS = 0.7


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return _newsroom(tmp_path)


@pytest.fixture(scope="module")
def undisturbed(endpoint: ScriptedEndpoint, tmp_path_factory: pytest.TempPathFactory) -> "Labels":
    """What comes out when nobody is killed."""
    endpoint.reset()
    endpoint.behave(_AnswersThenHangs(answered=10_000))
    return _labels(_finished(_isnad(_newsroom(tmp_path_factory.mktemp("calm")), endpoint, *ARGUMENTS)))


def _newsroom(tmp_path: Path) -> Path:
    """A folder with an article of six claims and its coverage."""
    story = build_story(6, "shared")
    (tmp_path / "article.txt").write_text(story.article.text, encoding="utf-8")
    lines = [document.model_dump_json(exclude={"id"}) for document in story.documents]
    (tmp_path / "coverage.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def _isnad(folder: Path, endpoint: ScriptedEndpoint, *arguments: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "ISNAD_DATA_DIR": str(folder / "data"),
        "ISNAD_MODEL": "simulated",
        "ISNAD_BASE_URL": endpoint.url,
        "ISNAD_API_KEY": "none",
        "ISNAD_SENTENCES_PER_PART": "2",
        "ISNAD_CLAIMS_PER_CALL": "3",
        "ISNAD_MAX_CONCURRENCY": "3",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "agent", "verify", *arguments, "--format", "json"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finished(process: "subprocess.Popen[str]") -> dict[str, object]:
    out, err = process.communicate(timeout=_PATIENCE_SECONDS)
    assert process.returncode == 0, err
    report = json.loads(out)
    assert isinstance(report, dict)
    return report


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


class _AnswersThenHangs:
    """Answers the first calls, and after them nobody: so the test knows exactly which calls had ended."""

    def __init__(self, answered: int) -> None:
        self._model = SimulatedModel(Pace(call_seconds=0))
        self._left = answered
        self._lock = threading.Lock()
        self.hanging = False
        self.answered: list[str] = []

    def __call__(self, asked: Asked) -> Reply | Refusal | Hang:
        with self._lock:
            if self._left == 0:
                self.hanging = True
                return Hang()
            self._left -= 1
            self.answered.append(asked.user)
            return self._model.chat(asked)


@pytest.mark.parametrize("answered", [1, 4, 7])
def test_a_killed_run_is_finished_and_repeats_no_call_that_had_ended(
    answered: int, endpoint: ScriptedEndpoint, newsroom: Path, undisturbed: "Labels"
) -> None:
    behaviour = _AnswersThenHangs(answered)
    endpoint.reset()
    endpoint.behave(behaviour)
    process = _isnad(newsroom, endpoint, *ARGUMENTS)
    _wait(lambda: behaviour.hanging or process.poll() is not None)
    assert process.poll() is None, process.communicate()[1]
    time.sleep(_SETTLE_SECONDS)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=_PATIENCE_SECONDS)
    assert len(behaviour.answered) == answered

    everything = _AnswersThenHangs(answered=10_000)
    endpoint.behave(everything)
    report = _finished(_isnad(newsroom, endpoint, "--resume", "last"))
    twice = Counter([*behaviour.answered, *everything.answered])
    assert [count for count in twice.values() if count > 1] == []
    assert report["counts"]["failed"] == 0  # type: ignore[index]  # JSON
    assert _labels(report) == undisturbed


def _labels(report: dict[str, object]) -> "Labels":
    claims = report["claims"]
    assert isinstance(claims, list)
    return [(claim["quote"], claim["label"], len(claim["evidence"])) for claim in claims]


def test_a_repeated_run_costs_nothing(endpoint: ScriptedEndpoint, newsroom: Path, undisturbed: "Labels") -> None:
    endpoint.reset()
    endpoint.behave(_AnswersThenHangs(answered=10_000))
    _finished(_isnad(newsroom, endpoint, *ARGUMENTS))
    asked = len(endpoint.chats)
    again = _finished(_isnad(newsroom, endpoint, *ARGUMENTS))
    assert len(endpoint.chats) == asked
    assert _labels(again) == undisturbed
    assert again["usage"]["calls"] == 0  # type: ignore[index]  # JSON
