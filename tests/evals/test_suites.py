"""Every suite on a few items, with the built-in analyst and with models on loopback; and what each counts."""

import json
from collections import Counter
from pathlib import Path
from statistics import fmean

import pytest

from evals.running import run as running
from evals.running.measures import SUITES
from evals.running.results import Run, RunResult, SuiteResult
from evals.running.run import EvalError, Order, alone, run
from evals.servers.endpoint import answer
from evals.servers.wire import Refusal
from evals.servers.wire_format import Asked, Reply
from tests.support.command import isnad
from tests.support.endpoint import SERVER_ERROR, WRONG_KEY, run_endpoint
from tests.support.evaluations import Ran, evaluate

pytestmark = pytest.mark.waits

ASKED_BY_MODEL = ("stance", "claims", "extraction", "injection", "end_to_end")
KEY = "sk-very-secret"


class Models:
    """Models by name on one endpoint: a careful one, and some that fail in a way of their own."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def __call__(self, asked: Asked) -> Reply | Refusal:
        self.calls[asked.model] += 1
        if asked.model == "broken":
            return SERVER_ERROR
        if asked.model == "locked" and self.calls["locked"] == 1:
            return WRONG_KEY
        if asked.model == "garbled" and "Suez" in asked.user:
            return Reply("so it seems")
        return Reply(answer(asked))


class Evaluated:
    """All runs that these tests look at, made in one process: importing Inspect takes its seconds."""

    def __init__(self, folder: Path) -> None:
        self._runs: dict[str, Ran] = {}
        self.models = Models()
        orders = {"lexical": Order(analyst="lexical", limit=1)}
        orders |= {suite: Order(suite=suite, analyst="model", model="careful", limit=1) for suite in ASKED_BY_MODEL}
        orders["garbled"] = Order(suite="stance", analyst="model", model="garbled")
        orders["broken"] = Order(suite="stance", analyst="model", model="broken", limit=1)
        orders |= dict.fromkeys(
            ("locked", "unlocked"), Order(suite="stance", analyst="model", model="locked", limit=1)
        )
        with run_endpoint() as endpoint:
            endpoint.behave(self.models)
            settings = {"base_url": endpoint.url, "api_key": KEY, "prices": "1 2"}
            settings |= {"max_tries": "1", "data_dir": str(folder / "data")}
            ran = evaluate([(order, folder / str(order.model)) for order in orders.values()], settings)
        self._runs = dict(zip(orders, ran, strict=True))

    def run(self, name: str) -> Run:
        ran = self._runs[name]
        assert ran.folder is not None, ran.error
        return Run(Path(ran.folder))

    def suite(self, name: str, suite: str = "stance") -> SuiteResult:
        told = self.run(name).result.suite(suite)
        assert told is not None
        return told

    def error(self, name: str) -> str:
        return self._runs[name].error or ""


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    return Evaluated(tmp_path_factory.mktemp("evaluated"))


@pytest.fixture(scope="module")
def lexical(evaluated: Evaluated) -> Run:
    return evaluated.run("lexical")


@pytest.mark.parametrize("suite", SUITES)
def test_every_suite_answers_with_the_built_in_analyst(lexical: Run, suite: str) -> None:
    told = lexical.result.suite(suite)
    assert told is not None
    assert told.items == len(lexical.items(suite)) > 0
    assert told.failed == {}
    expected = {measure.name for measure in SUITES[suite].measures} - {"one_sided"}
    assert expected <= {one.measure for one in told.figures}
    assert told.latency is not None


def test_the_result_is_one_file_that_reads_back_and_tells_what_was_run(lexical: Run) -> None:
    kept = json.loads((lexical.folder / "result.json").read_text("utf-8"))
    manifest = lexical.result.manifest
    assert RunResult.model_validate(kept) == lexical.result
    assert set(manifest.request.suites) == set(SUITES)
    assert {"python", "inspect-ai", "numpy"} <= manifest.versions.keys()
    assert all(len(found) == 64 for found in manifest.request.data_hashes.values())
    assert any(name.startswith("stance/") for name in manifest.request.data_hashes)


@pytest.mark.parametrize("suite", ASKED_BY_MODEL)
def test_suites_that_ask_the_analyst_answer_with_a_model_and_tell_its_cost(evaluated: Evaluated, suite: str) -> None:
    result = evaluated.run(suite).result
    assert evaluated.suite(suite, suite).failed == {}
    spent = result.manifest.spent.usage
    assert spent.calls > 0
    assert spent.cost is not None
    assert spent.cost > 0
    assert {"extract", "judge"} <= set(result.manifest.request.analyst.prompts)


def test_every_call_of_a_model_is_counted(evaluated: Evaluated) -> None:
    told = [evaluated.run(suite).result.manifest.spent.usage.calls for suite in ASKED_BY_MODEL]
    assert sum(told) == evaluated.models.calls["careful"]


def test_no_key_stands_in_what_is_kept(evaluated: Evaluated) -> None:
    kept = [path.read_text("utf-8") for path in evaluated.run("stance").folder.rglob("*.json*")]
    assert len(kept) > 2
    assert all(KEY not in text for text in kept)


def test_an_answer_that_cannot_be_read_is_unscored_and_never_wrong(evaluated: Evaluated) -> None:
    told = evaluated.suite("garbled")
    failed = sum(told.failed.values())
    assert set(told.failed) == {"malformed"}
    accuracy, share = told.figure("accuracy"), told.figure("failed")
    assert accuracy is not None
    assert share is not None
    assert accuracy.items == told.items - failed > 0
    by_set: dict[str, list[bool]] = {}
    for item in evaluated.run("garbled").items("stance"):
        by_set.setdefault(item.dataset, []).append(item.failure is not None)
    assert share.value == pytest.approx(fmean(fmean(some) for some in by_set.values()))
    assert sum(map(sum, by_set.values())) == failed
    assert sum(row.get("failed", 0) for row in told.confusion.values()) == failed


def test_when_every_call_fails_there_is_no_figure_but_of_failure(evaluated: Evaluated) -> None:
    told = evaluated.suite("broken")
    assert set(told.failed) == {"server_error"}
    assert [one.measure for one in told.figures if one.group == "all"] == ["failed"]


def test_a_run_that_broke_off_is_taken_up_where_it_was(evaluated: Evaluated) -> None:
    assert "broke off" in evaluated.error("locked")
    taken_up = evaluated.run("unlocked")
    assert taken_up.result.manifest.resumed
    assert evaluated.suite("unlocked").failed == {}
    assert [path.name for path in taken_up.folder.parent.glob("*-stance-*")] == [taken_up.id]


def test_a_first_run_is_kept_and_says_that_there_is_no_baseline_yet(
    monkeypatch: pytest.MonkeyPatch, lexical: Run, tmp_path: Path
) -> None:
    monkeypatch.setattr(running, "run", lambda order, folder, tell: lexical)
    told = isnad("eval", "run", "--runs", str(tmp_path), "--baseline", str(tmp_path / "none.json"))
    assert told.code == 2
    assert "--accept" in told.err
    assert lexical.id in told.out


def test_two_runs_at_a_time_are_one_too_many(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(EvalError, match="another evaluation is running"):
        run(Order(suite="origins", analyst="lexical"), tmp_path, lambda _: None)
