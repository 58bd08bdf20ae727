"""Figures, their intervals and their differences: what they count, and what they leave out."""

from collections.abc import Sequence
from random import Random

import pytest

from evals.running.figures import Difference, class_f1, confusion, difference, figure
from evals.running.items import Item
from evals.running.measures import FAILED, Measure

F1 = Measure("macro_f1", "macro_f1")
SHARE = Measure("accuracy", "share")
LABELS = ("supports", "refutes", "neither")


def item(number: int, gold: str, answer: str | None, dataset: str = "one", failure: str | None = None) -> Item:
    return Item(id=str(number), dataset=dataset, lang="en", gold=gold, answer=answer, failure=failure)


def answered(right: float, count: int = 300, seed: int = 1, dataset: str = "one") -> list[Item]:
    """Items of which a share is answered rightly; the questions are the same for every share and seed."""
    questions, luck = Random(7), Random(seed)
    golds = [questions.choice(LABELS) for _ in range(count)]
    return [
        item(n, gold, gold if luck.random() < right else luck.choice(LABELS), dataset) for n, gold in enumerate(golds)
    ]


def value(measure: Measure, items: Sequence[Item]) -> float:
    found = figure(measure, items, "all")
    assert found is not None
    return found.value


def changed(measure: Measure, before: Sequence[Item], after: Sequence[Item]) -> Difference:
    found = difference(measure, before, after, alpha=0.05)
    assert found is not None
    return found


@pytest.mark.parametrize("right", [0.0, 0.4, 1.0])
def test_macro_f1_is_what_scikit_learn_says_it_is(right: float) -> None:
    from sklearn.metrics import f1_score  # type: ignore[import-untyped]  # ships none

    items = answered(right)
    expected = f1_score([i.gold for i in items], [i.answer for i in items], average="macro")
    assert value(F1, items) == pytest.approx(expected)
    by_class = f1_score([i.gold for i in items], [i.answer for i in items], average=None, labels=LABELS)
    assert class_f1(items) == pytest.approx(dict(zip(LABELS, by_class, strict=True)))


def test_what_failed_is_neither_right_nor_wrong_and_has_a_figure_of_its_own() -> None:
    items = answered(1.0, 30)
    failing = [*items, *(item(100 + n, "supports", None, failure="timeout") for n in range(10))]
    assert value(F1, failing) == value(F1, items) == 1
    assert value(FAILED, failing) == pytest.approx(0.25)
    assert confusion(failing)["supports"]["failed"] == 10


def test_a_large_set_does_not_drown_a_small_one() -> None:
    items = [*answered(1.0, 300, dataset="large"), *(item(n, "supports", "refutes", "small") for n in range(10))]
    assert value(SHARE, items) == pytest.approx(0.5)


def test_the_interval_holds_the_figure_and_narrows_with_more_items() -> None:
    few, many = figure(SHARE, answered(0.7, 30), "all"), figure(SHARE, answered(0.7, 3000), "all")
    assert few is not None
    assert many is not None
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert few.low < few.value < few.high
    assert many.low < many.value < many.high
    assert many.high - many.low < (few.high - few.low) / 3


def test_a_single_item_has_no_interval_and_none_has_no_figure() -> None:
    alone = figure(SHARE, [item(1, "supports", "supports")], "all")
    assert alone is not None
    assert (alone.value, alone.low, alone.high) == (1.0, None, None)
    assert figure(SHARE, [], "all") is None
    assert figure(SHARE, [item(1, "supports", None, failure="timeout")], "all") is None


def test_a_ratio_divides_sums_and_not_shares() -> None:
    items = [
        Item(id="long", dataset="one", values={"hit": 1, "all": 10}),
        Item(id="short", dataset="one", values={"hit": 1, "all": 1}),
        Item(id="other", dataset="one", values={"hit": 5}),
    ]
    assert value(Measure("precision", "ratio", value="hit", of="all"), items) == pytest.approx(2 / 11)


def test_the_same_answers_differ_by_nothing() -> None:
    same = changed(F1, answered(0.7), answered(0.7))
    assert (same.low, same.high) == (0, 0)
    assert same.before == same.after


def test_a_loss_is_seen_through_the_noise_when_items_are_paired() -> None:
    before = answered(0.7)
    after = [
        i.model_copy(update={"answer": "refutes"}) if i.gold == i.answer == "supports" and n % 3 == 0 else i
        for n, i in enumerate(before)
    ]
    lost = changed(SHARE, before, after)
    assert lost.low < lost.after - lost.before < lost.high < 0
    # Held against each other as strangers, the two could not be told apart.
    one, other = figure(SHARE, before, "all"), figure(SHARE, after, "all")
    assert one is not None
    assert other is not None
    assert one.low is not None
    assert other.high is not None
    assert other.high > one.low


def test_a_question_that_only_one_run_answered_is_not_compared() -> None:
    before = answered(1.0, 40)
    after = [i.model_copy(update={"answer": None, "failure": "timeout"}) for i in before[:10]] + before[10:]
    assert changed(SHARE, before, after).items == 30
    assert changed(SHARE, before, after).after == 1
    assert changed(FAILED, before, after).after == pytest.approx(0.25)
    assert difference(SHARE, before, [item(999, "supports", "supports")], alpha=0.05) is None


def test_a_question_whose_right_answer_was_corrected_is_another_question() -> None:
    before = answered(1.0, 40)
    after = [i.model_copy(update={"gold": "other"}) for i in before[:5]] + before[5:]
    assert changed(SHARE, before, after).items == 35
