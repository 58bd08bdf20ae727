"""What stops `isnad verify` from outside, and what each exit code then stands for. Nothing is ever lost."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.messages import load_words
from agent.models import FailureReason, Label, Step
from evals.bench.stories import build_story
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.forked import Forked
from evals.servers.wire import Hang, Refusal
from evals.servers.wire_format import Asked, Reply
from tests.support.command import Outcome, checked, isnad
from tests.support.endpoint import (
    NO_MODEL,
    REFUSED,
    SERVER_ERROR,
    TRUNCATED,
    WRONG_KEY,
    ScriptedEndpoint,
    closed_port,
    json_reply,
    run_endpoint,
)

ROOT = Path(__file__).parents[2]
CLAIMS = 6
_PATIENCE_SECONDS = 240.0


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


@pytest.fixture
def model(endpoint: ScriptedEndpoint) -> dict[str, str]:
    """Settings that name the endpoint, which answers well until told otherwise."""
    endpoint.reset()
    endpoint.behave(SimulatedModel(Pace(call_seconds=0)).chat)
    return {"model": "small", "base_url": endpoint.url, "api_key": "sk-test-verysecret", "max_tries": "1"}


@pytest.fixture(autouse=True)
def newsroom() -> None:
    """An article of six claims and what was written about the same event."""
    story = build_story(CLAIMS, "shared")
    Path("article.txt").write_text(story.article.text, encoding="utf-8")
    lines = [document.model_dump_json(exclude={"id"}) for document in story.documents]
    Path("coverage.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _verify(*arguments: str, **settings: str) -> Outcome:
    return isnad("verify", "article.txt", "--published", "2026-03-04", *arguments, **settings)


def _stopped(outcome: Outcome, code: int, *told: str) -> None:
    assert (outcome.code, outcome.out) == (code, "")
    for words in told:
        assert words in outcome.err
    assert "verysecret" not in outcome.err


def test_all_claims_checked_is_0(model: dict[str, str]) -> None:
    outcome = _verify("--coverage", "coverage.jsonl", "--format", "json", **model)
    assert outcome.code == 0
    assert len(outcome.report.claims) == CLAIMS
    assert outcome.report.complete


def test_some_claims_not_checked_is_3_and_the_report_says_which_and_why(
    endpoint: ScriptedEndpoint, model: dict[str, str]
) -> None:
    reader = SimulatedModel(Pace(call_seconds=0))

    def broken_judge(asked: Asked) -> Reply | Refusal | Hang:
        return SERVER_ERROR if "<claims" in asked.user else reader.chat(asked)

    endpoint.behave(broken_judge)
    outcome = _verify("--coverage", "coverage.jsonl", "--out", "report.json", **model)
    assert (outcome.code, outcome.out) == (3, "")
    report = checked("--resume", "last", **model)
    assert report.counts.failed == len(report.claims) == CLAIMS
    for claim in report.claims:
        assert claim.label is None
        assert claim.failure is not None
        assert (claim.failure.step, claim.failure.reason) == (Step.JUDGE, FailureReason.SERVER_ERROR)
    assert Path("report.json").read_text("utf-8").count('"server_error"') == CLAIMS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (SERVER_ERROR, FailureReason.SERVER_ERROR),
        (REFUSED, FailureReason.REFUSED),
        (TRUNCATED, FailureReason.TRUNCATED),
        (Reply('{"claims": ['), FailureReason.MALFORMED),
    ],
)
def test_an_article_that_could_not_be_read_is_3_and_not_an_article_without_claims(
    endpoint: ScriptedEndpoint, model: dict[str, str], answer: Reply | Refusal, reason: FailureReason
) -> None:
    endpoint.reset()
    endpoint.script(answer)
    outcome = _verify("--format", "json", **model)
    assert outcome.code == 3
    assert {part.failure.reason for part in outcome.report.unread} == {reason}
    assert "missing here, not unsourced" in isnad("verify", "--resume", "last", **model).out


def test_an_article_without_claims_is_0_and_says_so(endpoint: ScriptedEndpoint, model: dict[str, str]) -> None:
    endpoint.reset()
    endpoint.script(json_reply({"claims": []}))
    outcome = _verify(**model)
    assert outcome.code == 0
    assert load_words("en")("no_claims") in outcome.out


def test_a_spent_budget_is_3_and_named(model: dict[str, str]) -> None:
    outcome = _verify("--format", "json", max_tokens_per_article="10", **model)
    assert outcome.code == 3
    assert {part.failure.reason for part in outcome.report.unread} == {FailureReason.BUDGET}
    assert outcome.report.usage.calls == 0


@pytest.mark.parametrize(
    ("told", "settings"),
    [
        ("ISNAD_MAX_CLAIMS", {"max_claims": "lots"}),
        ("ISNAD_ANALYST: Input should be 'auto', 'model' or 'lexical'", {"analyst": "robot"}),
        ("ISNAD_PRICES: prices of a million tokens", {"prices": "1"}),
        ("ISNAD_MODEL is not set", {"analyst": "model"}),
        ("ISNAD_API_KEY (or OPENAI_API_KEY) is not set", {"model": "small"}),
        ("ISNAD_BASE_URL is 'localhost:11434'", {"model": "small", "base_url": "localhost:11434"}),
    ],
)
def test_a_wrong_setting_is_4_and_named_before_anything_is_sent(told: str, settings: dict[str, str]) -> None:
    _stopped(_verify(**settings), 4, told)


@pytest.mark.parametrize(
    ("answer", "told"), [(WRONG_KEY, "Correct ISNAD_API_KEY"), (NO_MODEL, "Correct ISNAD_MODEL.")]
)
def test_a_refused_key_or_model_is_4_and_the_corrected_run_goes_on(
    endpoint: ScriptedEndpoint, model: dict[str, str], answer: Refusal, told: str
) -> None:
    endpoint.reset()
    endpoint.script(answer)
    stopped = _verify(**model)
    _stopped(stopped, 4, told, "Finish this run with: isnad verify --resume ")
    endpoint.behave(SimulatedModel(Pace(call_seconds=0)).chat)
    assert len(checked("--resume", stopped.err.split()[-1], **model).claims) == CLAIMS


def test_a_store_of_another_embedder_is_4_with_both_names_and_the_way_out(model: dict[str, str]) -> None:
    assert isnad("coverage", "add", "coverage.jsonl").code == 0
    stopped = _verify(embedding_model="other", **model)
    _stopped(stopped, 4, "'isnad-hashed", "'openai:other'", "isnad coverage reindex")


def test_an_endpoint_that_is_not_there_is_5_and_the_run_goes_on_when_it_is(model: dict[str, str]) -> None:
    nobody = {**model, "base_url": f"http://127.0.0.1:{closed_port()}/v1"}
    stopped = _verify(**nobody)
    _stopped(stopped, 5, "Cannot connect to http://127.0.0.1", "ISNAD_BASE_URL", "--resume")
    assert "During task" not in stopped.err
    assert len(checked("--resume", "last", **model).claims) == CLAIMS


def test_an_embedding_endpoint_that_is_not_there_is_5(model: dict[str, str]) -> None:
    nobody = f"http://127.0.0.1:{closed_port()}/v1"
    stopped = _verify("--coverage", "coverage.jsonl", embedding_model="e", embedding_base_url=nobody, **model)
    _stopped(stopped, 5, f"Cannot connect to {nobody}", "ISNAD_EMBEDDING_BASE_URL")


def test_a_chroma_server_that_is_not_there_is_5() -> None:
    nobody = f"http://127.0.0.1:{closed_port()}"
    _stopped(_verify("--coverage", "coverage.jsonl", chroma_url=nobody), 5, nobody, "ISNAD_CHROMA_URL")


@pytest.mark.parametrize("folder", ["article.txt", "/proc/isnad"])
def test_a_data_folder_that_cannot_be_made_is_5(folder: str) -> None:
    _stopped(_verify(data_dir=folder), 5, repr(folder), "ISNAD_DATA_DIR")


@pytest.mark.parametrize("name", ["runs.sqlite", "catalogue.sqlite", "chroma/chroma.sqlite3", "answers.sqlite"])
def test_a_damaged_file_of_the_store_is_5_and_named(name: str, model: dict[str, str]) -> None:
    damaged = Path("data", name)
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"this is no database " * 500)
    _stopped(_verify("--coverage", "coverage.jsonl", **model), 5, str(damaged.parent), "not a database")
    assert damaged.read_bytes() == b"this is no database " * 500


@pytest.mark.parametrize("name", ["runs.sqlite", "catalogue.sqlite", "coverage.lock"])
def test_a_folder_where_a_file_should_be_is_5_and_named(name: str) -> None:
    Path("data", name).mkdir(parents=True)
    _stopped(_verify(), 5, str(Path("data", name)), "ISNAD_DATA_DIR")


def test_a_lost_index_is_3_never_missing_coverage_and_reindexing_heals_it() -> None:
    assert _verify("--coverage", "coverage.jsonl").code == 0
    shutil.rmtree("data/chroma")
    outcome = _verify("--format", "json")
    assert outcome.code == 3
    failures = [claim.failure for claim in outcome.report.claims if claim.failure]
    assert {failure.reason for failure in failures} == {FailureReason.STORE}
    assert all("isnad coverage reindex" in failure.message for failure in failures)
    assert isnad("coverage", "reindex").code == 0
    assert _verify().code == 0


@contextmanager
def _no_file_grows_beyond(limit: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("limit", [0, 4096])
def test_a_data_folder_without_room_is_5_and_keeps_what_it_had(limit: int) -> None:
    first = checked("article.txt", "--coverage", "coverage.jsonl")
    with _no_file_grows_beyond(limit):
        stopped = _verify()
    _stopped(stopped, 5, "data", "ISNAD_DATA_DIR")
    assert checked("--resume", first.run_id) == first
    assert _verify("--coverage", "coverage.jsonl").err.startswith("0 added, ")


class _FallsSilent:
    """Answers the first calls, and then nobody until told to."""

    def __init__(self, answers: int) -> None:
        self._model = SimulatedModel(Pace(call_seconds=0))
        self._left = answers
        self._lock = threading.Lock()
        self.silent = threading.Event()

    def __call__(self, asked: Asked) -> Reply | Refusal | Hang:
        with self._lock:
            self._left -= 1
            if self._left < 0:
                self.silent.set()
                return Hang()
            return self._model.chat(asked)


def test_ctrl_c_is_130_and_resume_finishes_and_meanwhile_a_second_process_is_refused(
    endpoint: ScriptedEndpoint, model: dict[str, str]
) -> None:
    endpoint.behave(behaviour := _FallsSilent(answers=1))
    # Nothing but the signal ends it.
    patient = model | {"idle_timeout": str(_PATIENCE_SECONDS)}
    settings = {f"ISNAD_{name.upper()}": value for name, value in patient.items()}
    process = Forked[str](
        [sys.executable, "-m", "agent", "verify", "article.txt", "--published", "2026-03-04"],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert behaviour.silent.wait(_PATIENCE_SECONDS)
        _stopped(_verify(), 5, f"in use by process {process.pid}", "verify article.txt", "ISNAD_CHROMA_URL")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=_PATIENCE_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, out) == (130, "")
    assert err.strip().startswith("Stopped.\nFinish this run with: isnad verify --resume ")
    endpoint.behave(SimulatedModel(Pace(call_seconds=0)).chat)
    finished = isnad("verify", "--resume", err.split()[-1], "--format", "json", **model)
    assert finished.code == 0
    assert [claim.label for claim in finished.report.claims] == [Label.UNSOURCED] * CLAIMS
