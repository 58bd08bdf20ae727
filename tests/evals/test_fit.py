"""Fitting the lexical stance: what is learned, from what, and that the file it leaves is the analyst's."""

import gzip
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from agent.analyst.lexical.judging import stance_of
from agent.analyst.lexical.signals import Signals
from agent.analyst.lexical.weights import load_weights
from agent.models import Stance
from evals.analyst.altered import altered_pairs
from evals.analyst.examples import CLASSES, NEITHER, REFUTES, SUPPORTS, Examples, examples_of, read_pairs
from evals.analyst.fit import PERMITTED, main
from evals.analyst.floors import commonest, tfidf
from evals.analyst.logistic import fit
from evals.analyst.shape import answers_of, choose, macro_f1
from evals.data.records import StancePair

TOWNS = "Meridia Halcyon Ardent Sorrel Brindle Calder Farrow Linden".split()
TEXTS = [
    f"The harbour of {town} is open to all ships in spring. The mayor of {town} will build a new bridge."
    for town in TOWNS
]


def pairs() -> list[StancePair]:
    altered = altered_pairs(TEXTS, "en", count=16)
    return [
        StancePair(id=str(n), dataset="towns", lang="en", claim=one.claim, passage=one.passage, label=one.label)
        for n, one in enumerate(altered)
    ]


@pytest.fixture(scope="module")
def towns() -> Examples:
    return examples_of("towns", pairs())


def test_altered_pairs_are_of_all_kinds_and_always_the_same() -> None:
    once, again = (altered_pairs(TEXTS, "en", count=16) for _ in range(2))
    assert once == again
    assert {one.label for one in once} == set(CLASSES)


def test_a_negated_sentence_is_told_to_refute_the_plain_one() -> None:
    refuting = [one for one in altered_pairs(TEXTS, "en", count=16) if one.label == "refutes"]
    assert any(" not " in one.passage and " not " not in one.claim for one in refuting)


def test_every_fitted_weight_has_a_sign_that_makes_sense(towns: Examples) -> None:
    fitted = fit([towns], penalty=1.0)
    supports, refutes = fitted.of_class(SUPPORTS), fitted.of_class(REFUTES)
    assert supports["shared"] >= 0 >= supports["turned_near"]
    assert refutes["turned_near"] > 0
    assert set(fitted.of_class(NEITHER).values()) == {0.0}


def test_what_was_fitted_tells_the_classes_apart(towns: Examples) -> None:
    fitted = fit([towns], penalty=1.0)
    scores = fitted.scores(towns)
    chosen = choose([towns], {"towns": scores})
    assert chosen.value > macro_f1(towns.gold, np.full_like(towns.gold, REFUTES))


def _example(**told: float) -> Examples:
    known: Signals = dict.fromkeys(_signals(), 0.0)
    return Examples("one", "en", (known | told,), np.array([REFUTES], dtype=np.int64))


def test_whatever_the_scores_a_contradiction_asks_for_subject_and_turn() -> None:
    sure = np.array([[0.0, 9.0, 1.0]])
    assert answers_of(_example(shared=0.6, turned_near=0.2), sure).tolist() == [REFUTES]
    assert answers_of(_example(shared=0.1, turned_near=0.2), sure).tolist() == [SUPPORTS]
    assert answers_of(_example(shared=0.6), sure).tolist() == [SUPPORTS]
    assert answers_of(_example(shared=0.6, numbers_differ=1.0), sure).tolist() == [NEITHER]


def test_whatever_the_scores_support_has_to_be_earned() -> None:
    sure = np.array([[0.0, 0.0, 9.0]])
    assert answers_of(_example(shared=0.9), sure).tolist() == [SUPPORTS]
    for objection in (
        {"hedged": 1.0},
        {"lost": 0.6},
        {"decisive_missing": 1.0, "lost": 0.21},
        {"numbers_missing": 1.0},
        {"names_missing": 2.0},
    ):
        assert answers_of(_example(shared=0.9, words_nowhere=1.0, names_nowhere=1.0, **objection), sure).tolist() == [
            NEITHER
        ]


def test_the_command_leaves_weights_that_the_analyst_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "stance"
    folder.mkdir()
    lines = "\n".join(pair.model_dump_json() for pair in pairs())
    with gzip.open(folder / "factcheckbench.train.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(lines)
    (folder / "towns.dev.jsonl").write_text(lines, encoding="utf-8")
    main(["--data", str(tmp_path), "--out", str(tmp_path / "weights.toml")])
    kept = tomllib.loads((tmp_path / "weights.toml").read_text("utf-8"))
    assert set(kept) == {"supports", "contradicts"}
    assert set(kept["supports"]) <= set(load_weights().supports) | set(_signals())
    assert all(isinstance(weight, float) for table in kept.values() for weight in table.values())


def _signals() -> list[str]:
    known = examples_of("one", pairs()[:1]).signals[0]
    assert known is not None
    return ["always", *known]


def test_without_a_permitted_set_nothing_is_fitted(tmp_path: Path) -> None:
    (tmp_path / "stance").mkdir()
    (tmp_path / "stance" / "unlicensed.train.jsonl").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(SystemExit) as refused:
        main(["--data", str(tmp_path), "--out", str(tmp_path / "weights.toml")])
    assert refused.value.code == 2
    assert "unlicensed" not in PERMITTED


def test_every_committed_weight_is_of_a_signal() -> None:
    weights = load_weights()
    assert set(weights.supports) | set(weights.contradicts) <= set(_signals())


def test_a_few_pairs_are_taken_from_all_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "towns.dev.jsonl"
    path.write_text("\n".join(pair.model_dump_json() for pair in pairs()), encoding="utf-8")
    assert len(read_pairs(path)) == len(pairs())
    few = [int(pair.id) for pair in read_pairs(path, 4)]
    assert len(few) == 4
    assert few[-1] > len(pairs()) // 2


def test_tfidf_learns_from_the_train_part_or_else_across_the_claims_of_dev() -> None:
    known = pairs()
    told = zip(tfidf(known, known).answers, known, strict=True)
    assert sum(answer == pair.label for answer, pair in told) > 0.8 * len(known)
    crossed = tfidf([], known)
    assert crossed.crossed
    assert set(crossed.answers) <= set(CLASSES)
    assert commonest(known) in CLASSES


def test_the_decision_is_the_one_that_was_fitted() -> None:
    assert stance_of("The harbour is open.", "The harbour is not open.", "en").stance is Stance.CONTRADICTS
