"""Scores as Inspect keeps them: the items go along, the figures are ours, what failed is unscored."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from inspect_ai.scorer import Metric, SampleScore, Score, Value, metric
from pydantic import TypeAdapter

from evals.running.figures import figure
from evals.running.items import Item
from evals.running.measures import FAILED, SUITES

_ITEMS = TypeAdapter(list[Item])


def to_score(items: Sequence[Item], explanation: str = "") -> Score:
    """A score that carries its items; unscored when all of them failed, and never zero for it."""
    kept = {"items": _ITEMS.dump_python(list(items), mode="json")}
    answered = [item for item in items if item.failure is None]
    if items and not answered:
        reasons = "; ".join(sorted({item.failure or "" for item in items}))
        return Score.unscored(reason=reasons, explanation=explanation or reasons, metadata=kept)
    return Score(value=dict(_values(answered)), answer=_answers(items), explanation=explanation, metadata=kept)


def items_of(score: Score) -> list[Item]:
    return _ITEMS.validate_python((score.metadata or {}).get("items", []))


def _values(items: Sequence[Item]) -> Mapping[str, float]:
    names = sorted({name for item in items for name in item.values})
    means = {name: fmean(item.values[name] for item in items if name in item.values) for name in names}
    judged = [item for item in items if item.gold is not None]
    return {"right": fmean(item.gold == item.answer for item in judged), **means} if judged else means


def _answers(items: Sequence[Item]) -> str:
    return ", ".join(item.answer or item.failure or "–" for item in items if item.gold is not None)


@metric
def figures(suite: str) -> Metric:
    """The figures of a suite over all samples that were scored, as the reports have them."""

    def measured(scores: list[SampleScore]) -> Value:
        items = [item for score in scores for item in items_of(score.score)]
        found = {m.name: figure(m, items, "all", resamples=0) for m in SUITES[suite].measures if m is not FAILED}
        return {name: one.value for name, one in found.items() if one is not None}

    return measured
