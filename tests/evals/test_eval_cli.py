"""`isnad eval` on the command line: exit codes that a schedule can go by, and what is told to whom."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from evals.report.gate import accept
from evals.running import results
from tests.support.command import Outcome, isnad
from tests.support.endpoint import closed_port
from tests.support.eval_runs import answers, finished

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Two runs, of which the later is much worse; the baseline is the earlier."""
    accept(finished(tmp_path / "runs", "1-good", answers(0.9)), tmp_path / "baseline.json")
    finished(tmp_path / "runs", "2-bad", answers(0.3, seed=2))
    return tmp_path / "runs"


def gate(runs: Path, *arguments: str) -> Outcome:
    baseline = str(runs.parent / "baseline.json")
    return isnad("eval", "gate", *arguments, "--runs", str(runs), "--baseline", baseline)


@contextmanager
def webhook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    told: list[dict[str, object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook?token=abc", told
        finally:
            server.shutdown()
            thread.join()


def test_a_gate_that_passes_is_0_and_one_that_fails_is_1(runs: Path) -> None:
    assert gate(runs, "1-good").code == 0
    failed = gate(runs, "2-bad")
    assert failed.code == 1
    assert "worse  stance.macro_f1: from 0.9" in failed.out
    assert "gate failed" in failed.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gate", "nothing", "--baseline", "b.json"), "no finished run 'nothing'"),
        (("gate", "last"), "name the baseline"),
        (("gate", "1-good", "--baseline", "nowhere.json"), "is no baseline"),
        (("run", "--suite", "nothing"), "there is no suite 'nothing'"),
        (("run", "--suite", "full"), "Public sets; none is part of this repository"),
        (("run", "--suite", "stance", "--analyst", "model"), "ISNAD_MODEL"),
        (("run", "--suite", "stance", "--data", "nowhere"), "there is no folder"),
        (("compare", "1-good", "3-none"), "no finished run '3-none'"),
    ],
)
def test_what_cannot_be_done_is_2_and_says_why(runs: Path, arguments: tuple[str, ...], said: str) -> None:
    told = isnad("eval", *arguments, "--runs", str(runs))
    assert told.code == 2
    assert said in told.err


def test_an_error_that_nobody_thought_of_is_never_a_verdict(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path, name: str) -> results.Run:
        raise ZeroDivisionError

    monkeypatch.setattr(results, "find_run", broken)
    assert gate(runs, "1-good").code == 2


def test_the_result_is_told_to_programs(runs: Path, tmp_path: Path) -> None:
    told = json.loads(gate(runs, "2-bad", "--json", "-").out)
    assert told["gate"]["passed"] is False
    assert told["result"]["run_id"] == "2-bad"
    worse = next(check for check in told["gate"]["checks"] if check["verdict"] == "worse")
    assert worse["difference"]["high"] < 0
    gate(runs, "1-good", "--json", str(tmp_path / "new" / "result.json"))
    assert json.loads((tmp_path / "new" / "result.json").read_text("utf-8"))["gate"]["passed"] is True


def test_a_webhook_hears_of_a_failure_and_of_nothing_else(runs: Path) -> None:
    with webhook() as (url, told):
        assert gate(runs, "1-good", "--webhook", url).code == 0
        assert told == []
        assert gate(runs, "2-bad", "--webhook", url).code == 1
        assert isnad("eval", "gate", "none", "--runs", str(runs), "--baseline", "x", eval_webhook=url).code == 2
    got_worse, broken = told
    assert str(got_worse["text"]).startswith("Isnad evaluation got worse: stance.macro_f1: from 0.9")
    assert got_worse["run_id"] == "2-bad"
    assert broken["exit_code"] == 2
    assert "no finished run" in str(broken["text"])


def test_a_webhook_that_is_gone_changes_nothing_and_its_address_is_not_shown(runs: Path) -> None:
    told = gate(runs, "2-bad", "--webhook", f"http://127.0.0.1:{closed_port()}/secret")
    assert told.code == 1
    assert "the webhook was not reached" in told.err
    assert "secret" not in told.err


def test_a_run_becomes_the_baseline_when_it_is_accepted(runs: Path) -> None:
    assert gate(runs, "2-bad", "--accept").code == 0
    assert gate(runs, "2-bad").code == 0


def test_a_comparison_shows_each_figure_of_both(runs: Path) -> None:
    told = isnad("eval", "compare", "previous", "last", "--runs", str(runs))
    assert told.code == 0
    assert "before: 1-good" in told.out
    assert "macro_f1" in told.out


def test_sets_are_told_with_their_licences() -> None:
    told = isnad("eval", "sets")
    assert told.code == 0
    assert "CC BY-NC 4.0" in told.out


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from agent.doors.cli.main import isnad; "
        "isnad.main(['eval', 'run', '--help'], standalone_mode=False); "
        "print([m for m in ('inspect_ai', 'numpy', 'scipy', 'matplotlib', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
