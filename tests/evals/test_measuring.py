"""What suites count: rankings, matched claims, and claims that stand by themselves."""

import math

import pytest

from agent.models import Claim, Span
from evals.analyst.matching import align, is_self_contained
from evals.coverage.ranking import measured


def test_ndcg_and_recall_are_the_usual_ones() -> None:
    from sklearn.metrics import ndcg_score  # type: ignore[import-untyped]  # ships none

    # Six documents; the last of those that matter was not found, and stands below all others.
    ranked = ["d3", "d1", "d9", "d2", "d4"]
    values = measured(ranked, {"d1": 2.0, "d2": 1.0, "d5": 1.0})
    gains, scores = [[0, 3, 0, 1, 0, 1]], [[6, 5, 4, 3, 2, 1]]
    assert values["ndcg@5"] == pytest.approx(ndcg_score(gains, scores, k=5))
    assert values["recall@5"] == pytest.approx(2 / 3)


def test_a_later_place_earns_less_and_a_better_grade_more() -> None:
    assert measured(["a"], {"a": 1})["ndcg@10"] == 1
    assert measured(["x", "a"], {"a": 1})["ndcg@10"] == pytest.approx(1 / math.log2(3))
    assert measured(["b", "a"], {"a": 2, "b": 1})["ndcg@10"] < measured(["a", "b"], {"a": 2, "b": 1})["ndcg@10"] == 1


def test_claims_are_matched_one_to_one_and_only_where_they_are_alike() -> None:
    told = claim("The line opens in 2027."), claim("The line opens in 2027, he said."), claim("Bread is dear.")
    assert align([*told], ("The line opens in 2027.", "Cats sleep.")) == {0: 0}
    assert align([], ("The line opens in 2027.",)) == {}


def claim(text: str) -> Claim:
    return Claim(id="c", text=text, quote=text, spans=(Span(start=0, end=len(text)),))


def test_a_claim_that_leans_on_its_surroundings_is_seen() -> None:
    assert is_self_contained("The mayor of Elmstead said the line will open in 2027.", "en")
    assert not is_self_contained("He said the line will open in 2027.", "en")
    assert not is_self_contained("The line opened yesterday.", "en")
    assert is_self_contained("قال رئيس البلدية إن الخط سيُفتتح عام 2027.", "ar")
    assert not is_self_contained("افتُتح الخط أمس.", "ar")
    assert not is_self_contained("هو سيفتتح الخط.", "ar")
