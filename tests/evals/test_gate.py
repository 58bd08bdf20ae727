"""The gate: worse is told from noise, and what is told names the figure."""

from pathlib import Path

import pytest

from agent.errors import BadInput
from agent.models import AnalystInfo
from evals.report.gate import accept, judge, load_baseline
from evals.running.results import Run, find_run
from tests.support.eval_runs import answers, finished


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    accept(finished(tmp_path, "1-first", answers(0.7)), path)
    return path


def test_the_same_run_passes(tmp_path: Path, baseline: Path) -> None:
    gate = judge(finished(tmp_path, "2-same", answers(0.7)), load_baseline(baseline))
    assert gate.passed
    assert {check.verdict for check in gate.checks} == {"same"}


def test_a_clear_loss_fails_and_says_what_went_from_where_to_where(tmp_path: Path, baseline: Path) -> None:
    gate = judge(finished(tmp_path, "2-worse", answers(0.4, seed=2)), load_baseline(baseline))
    assert not gate.passed
    (failure,) = gate.failures
    assert failure.difference is not None
    assert failure.difference.high < 0
    told = str(failure)
    assert told.startswith(f"stance.macro_f1: from {failure.difference.before:.3f} to {failure.difference.after:.3f}")
    assert f"[{failure.difference.low:+.3f}, {failure.difference.high:+.3f}]" in told


def test_a_clear_gain_is_told_and_passes(tmp_path: Path, baseline: Path) -> None:
    gate = judge(finished(tmp_path, "2-better", answers(0.95, seed=2)), load_baseline(baseline))
    assert gate.passed
    assert "better" in {check.verdict for check in gate.checks}


def test_luck_alone_pages_nobody(tmp_path: Path, baseline: Path) -> None:
    known = load_baseline(baseline)
    runs = [finished(tmp_path, f"luck-{seed}", answers(0.7, seed)) for seed in range(2, 9)]
    assert sum(not judge(run, known).passed for run in runs) <= 1


def test_a_loss_within_the_tolerance_passes(tmp_path: Path, baseline: Path) -> None:
    worse = finished(tmp_path, "2-worse", answers(0.4, seed=2))
    assert not judge(worse, load_baseline(baseline)).passed
    assert judge(worse, load_baseline(baseline), tolerance=0.5).passed


def test_answers_that_failed_fail_the_gate_by_their_own_name(tmp_path: Path, baseline: Path) -> None:
    failing = [
        item.model_copy(update={"answer": None, "failure": "timeout"}) if n % 5 == 0 else item
        for n, item in enumerate(answers(0.7))
    ]
    gate = judge(finished(tmp_path, "2-failing", failing), load_baseline(baseline))
    assert [check.measure for check in gate.failures] == ["failed"]


def test_a_run_that_answered_nothing_does_not_pass_for_want_of_figures(tmp_path: Path, baseline: Path) -> None:
    silent = [item.model_copy(update={"answer": None, "failure": "timeout"}) for item in answers(0.7)]
    gate = judge(finished(tmp_path, "2-silent", silent), load_baseline(baseline))
    assert {check.measure: check.verdict for check in gate.failures} == {"macro_f1": "unanswered", "failed": "worse"}


def test_another_analyst_or_other_data_is_noted(tmp_path: Path, baseline: Path) -> None:
    card = AnalystInfo(kind="model", model="small", embedder="none")
    gate = judge(finished(tmp_path, "2-other", answers(0.7), card, data="b"), load_baseline(baseline))
    assert gate.notes == (
        "other data than the baseline's: stance/made",
        "another analyst: small beside lexical",
    )


def test_nothing_in_common_is_no_verdict(tmp_path: Path, baseline: Path) -> None:
    strangers = [item.model_copy(update={"id": f"new-{item.id}"}) for item in answers(0.7)]
    with pytest.raises(BadInput, match="no common question"):
        judge(finished(tmp_path, "2-new", strangers), load_baseline(baseline))


def test_a_baseline_keeps_no_times(baseline: Path) -> None:
    assert all(item.spent is None for item in load_baseline(baseline).suites["stance"])


def test_runs_are_found_by_id_and_by_place(tmp_path: Path) -> None:
    for name in ("1-first", "2-second", "3-third"):
        finished(tmp_path, name, answers(0.7, count=5))
    Run(tmp_path / "4-begun").begin(find_run(tmp_path, "1-first").request)
    assert find_run(tmp_path, "last").id == "3-third"
    assert find_run(tmp_path, "previous").id == "2-second"
    assert find_run(tmp_path, "1-first").id == "1-first"
    assert find_run(tmp_path, str(tmp_path / "2-second")).id == "2-second"
    with pytest.raises(BadInput, match="'4-begun'"):
        find_run(tmp_path, "4-begun")
