"""The bench of the store: the same texts every time, and figures of every part."""

import json
from pathlib import Path

import pytest

from evals.bench.store_parts import Outcome, documents, main


def test_the_texts_are_the_same_every_time_and_no_two_are_alike() -> None:
    first, again = list(documents(40)), list(documents(40))
    assert first == again
    assert len({one.text for one in first}) == 10


@pytest.mark.parametrize("part", ["numpy", "bm25s"])
def test_a_comparison_is_timed_on_the_same_texts(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--part", part, "--passages", "40", "--in", str(tmp_path)])
    outcome = Outcome.model_validate(json.loads(capsys.readouterr().out.splitlines()[-1]))
    assert (outcome.what, outcome.passages) == (part, 40)
    assert 0 < outcome.p50_ms <= outcome.p95_ms


def test_the_store_is_filled_and_then_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part in ("fill", "ask", "found"):
        main(["--part", part, "--passages", "40", "--in", str(tmp_path)])
    filled, asked, found = (Outcome.model_validate_json(line) for line in capsys.readouterr().out.splitlines())
    assert filled.passages >= 40
    assert filled.seconds > 0
    assert asked.p50_ms > 0
    assert found.found == 1
