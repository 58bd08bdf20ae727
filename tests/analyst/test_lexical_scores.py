"""The command that measures the lexical stance: what it counts, what it keeps."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.analyst import stance as measuring
from evals.analyst.stance import f1, language_means, load_pairs, main, pooled, score

PAIRS = [
    ("The dam is full.", "The dam is full.", "supports"),
    ("The dam is full.", "The dam is not full.", "refutes"),
    ("The dam is full.", "Oranges are cheap this winter.", "neither"),
    ("The dam is full.", "It rains.", "refutes"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "stance").mkdir()
    write_set(tmp_path / "stance" / "dams.dev.jsonl", PAIRS)
    return tmp_path


def write_set(path: Path, pairs: Sequence[tuple[str, str, str]]) -> None:
    lines = [
        json.dumps({"id": str(n), "dataset": "dams", "lang": "en", "claim": c, "passage": p, "label": label})
        for n, (c, p, label) in enumerate(pairs)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert f1(["a", "a", "b"], ["a", "b", "b"], "a") == pytest.approx(2 / 3)
    assert f1(["a"], ["b"], "a") == 0


def test_a_set_is_scored_over_its_labels_with_the_floor_beside(data: Path) -> None:
    scored = score(load_pairs(data / "stance" / "dams.dev.jsonl"))
    assert scored.by_label == pytest.approx({"supports": 1, "refutes": 2 / 3, "neither": 2 / 3})
    assert scored.macro_f1 == pytest.approx(7 / 9)
    assert scored.floor == pytest.approx(2 / 9)
    assert (scored.refutes_precision, scored.wrongly_contested) == (1, 0)
    assert language_means([scored]) == pytest.approx({"en": 7 / 9})


def test_the_table_names_the_set(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(data)])
    assert "dams" in capsys.readouterr().out


def test_written_scores_carry_date_and_split(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "scores_file", lambda: tmp_path / "scores.json")
    main(["--data", str(data), "--write"])
    kept = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert kept["macro_f1"] == {"dams": 0.778}
    assert kept["split"] == "dev"
    assert len(kept["date"]) == len("2016-03-15")


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--data", str(tmp_path)])
    assert refused.value.code == 2


def test_what_is_pooled_tells_support_that_is_none_from_support(data: Path) -> None:
    pairs = load_pairs(data / "stance" / "dams.dev.jsonl")
    told = pooled(pairs, ["supports", "supports", "refutes", "neither"])
    assert (told.precision, told.recall) == (0.5, 1)
    assert (told.refuting_supported, told.wrongly_contested) == (0.5, 0.5)
    assert pooled(pairs, ["neither"] * 4).precision is None
