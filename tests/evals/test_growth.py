"""The bench of a growing store, and that of past claims: figures at every step, and what is not begun."""

import json
from pathlib import Path

import pytest

from evals.bench import growth, past


def _step(passages: int, cost: float) -> growth.Step:
    return growth.Step(
        passages=passages,
        fill_ms=2.0,
        fill_rate=1.0,
        fill_mb=300,
        ask_ms=cost,
        ask_p50_ms=cost,
        ask_20_ms=10 * cost,
        ask_mb=200,
        ready_s=1,
    )


def test_a_slope_tells_how_a_cost_grows_with_the_size() -> None:
    steps = [_step(1_000, 10), _step(10_000, 20), _step(100_000, 1_000)]
    assert growth.slope(steps, lambda step: step.ask_ms) == pytest.approx(1.0)
    assert growth.slope(steps, lambda step: step.fill_ms) == pytest.approx(0.0)


def test_the_picture_has_a_line_for_each_cost_and_a_mark_for_each_size() -> None:
    drawn = growth.figure([_step(1_000, 10), _step(10_000, 20)])
    assert drawn.count("<polyline") == 4
    assert ">1,000<" in drawn
    assert ">10,000<" in drawn


def test_a_store_grows_by_what_it_has_not(tmp_path: Path) -> None:
    first, again = growth.grow(40, tmp_path), growth.grow(80, tmp_path)
    assert first.passages == 40
    assert 30 <= again.passages <= 40
    assert again.cpu_ms > 0


def test_a_step_that_would_end_too_late_is_not_begun(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(growth, "step", lambda size, folder: _step(size, 1.0))
    # At one passage a second, 900 more take fifteen minutes, and 9,000 more 150.
    assert [one.passages for one in growth.run([100, 1_000, 10_000], 20, tmp_path)] == [100, 1_000]
    assert "10,000 passages would take 150 minutes: not begun" in capsys.readouterr().out


def test_past_claims_are_asked_for_and_the_answers_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    past.main(["--claims", "40", "--in", str(tmp_path), "--part"])
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["claims"] == 40
    assert all(told["answers"])
    assert told["answers"][0][0] == ["run-000000 c1"]
