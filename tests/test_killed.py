"""`kill -9` in the middle of a run: it is finished with --resume, and no call that had ended is made again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.bench.stories import PUBLISHED, build_story
from evals.servers.forked import Forked
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.support.hanging import PATIENCE_SECONDS, AnswersThenHangs, kept_in_file, repeated

pytestmark = pytest.mark.waits

ARGUMENTS = ("article.txt", "--published", f"{PUBLISHED:%Y-%m-%d}", "--coverage", "coverage.jsonl")

Labels = list[tuple[object, object, int]]


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
    endpoint.behave(AnswersThenHangs(answered=10_000))
    return _labels(_finished(_isnad(_newsroom(tmp_path_factory.mktemp("calm")), endpoint, *ARGUMENTS)))


def _newsroom(tmp_path: Path) -> Path:
    """A folder with an article of fifteen claims and its coverage."""
    story = build_story(15, "shared")
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
        "ISNAD_CLAIMS_PER_CALL": "3",
        "ISNAD_MAX_CONCURRENCY": "3",
    }
    return Forked(
        [sys.executable, "-m", "agent", "verify", *arguments, "--format", "json"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finished(process: "subprocess.Popen[str]") -> dict[str, object]:
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    report = json.loads(out)
    assert isinstance(report, dict)
    return report


@pytest.mark.parametrize("answered", [1, 4, 7])
def test_a_killed_run_is_finished_and_repeats_no_call_that_had_ended(
    answered: int, endpoint: ScriptedEndpoint, newsroom: Path, undisturbed: "Labels"
) -> None:
    behaviour = AnswersThenHangs(answered)
    endpoint.reset()
    endpoint.behave(behaviour)
    process = _isnad(newsroom, endpoint, *ARGUMENTS)
    behaviour.until_it_hangs(lambda: kept_in_file(newsroom / "data"), alive=lambda: process.poll() is None)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert len(behaviour.answered) == answered

    everything = AnswersThenHangs(answered=10_000)
    endpoint.behave(everything)
    report = _finished(_isnad(newsroom, endpoint, "--resume", "last"))
    assert repeated(behaviour, everything) == []
    assert report["counts"]["failed"] == 0  # type: ignore[index]  # JSON
    assert _labels(report) == undisturbed


def _labels(report: dict[str, object]) -> "Labels":
    claims = report["claims"]
    assert isinstance(claims, list)
    return [(claim["quote"], claim["label"], len(claim["evidence"])) for claim in claims]


def test_a_repeated_run_costs_nothing(endpoint: ScriptedEndpoint, newsroom: Path, undisturbed: "Labels") -> None:
    endpoint.reset()
    endpoint.behave(AnswersThenHangs(answered=10_000))
    _finished(_isnad(newsroom, endpoint, *ARGUMENTS))
    asked = len(endpoint.chats)
    again = _finished(_isnad(newsroom, endpoint, *ARGUMENTS))
    assert len(endpoint.chats) == asked
    assert _labels(again) == undisturbed
    assert again["usage"]["calls"] == 0  # type: ignore[index]  # JSON
