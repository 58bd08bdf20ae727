"""Figures with their intervals, and differences of figures: by resampling the items of each set.

A figure is the mean over its sets of the set's own figure, so that a large set does not drown a small one.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from agent.models import Frozen
from evals.running.items import Item
from evals.running.measures import Measure

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
# The value of a figure for rows of item numbers: one number a row.
Figured = Callable[[Indices], Numbers]

_RESAMPLES = 2000
_SEED = 20160315
_MOST_NUMBERS = 2_000_000


class Figure(Frozen):
    """A figure on `items` items, with its 95 % interval; without one where there are too few items for it."""

    measure: str
    group: str
    value: float
    low: float | None = None
    high: float | None = None
    items: int


class Difference(Frozen):
    """How a figure went from one run to another, on the items that both answered."""

    before: float
    after: float
    low: float
    high: float
    items: int


def figure(measure: Measure, items: Sequence[Item], group: str, resamples: int = _RESAMPLES) -> Figure | None:
    """The figure, or None where the measure applies to no item."""
    sets = [_figured(measure, some) for some in _by_set(measure, items).values()]
    counts = [len(some) for some in _by_set(measure, items).values()]
    value = _mean_of_sets(sets, [_all(n) for n in counts])
    if not counts or math.isnan(value):
        return None
    interval = _interval(sets, counts, resamples, 0.05) if resamples else None
    low, high = interval or (None, None)
    return Figure(measure=measure.name, group=group, value=value, low=low, high=high, items=sum(counts))


def difference(
    measure: Measure, before: Sequence[Item], after: Sequence[Item], *, alpha: float, resamples: int = 5 * _RESAMPLES
) -> Difference | None:
    """What changed, by paired bootstrap over the items that both runs hold; None where there are none.

    The interval covers `1 - alpha`; both runs are resampled by the same items.
    """
    known = {item.key: item for item in before}
    pairs = [(known[item.key], item) for item in after if _same_question(known.get(item.key), item)]
    if measure.kind != "failed":
        pairs = [(old, new) for old, new in pairs if _applies(measure, old) and _applies(measure, new)]
    grouped: dict[str, list[tuple[Item, Item]]] = defaultdict(list)
    for pair in pairs:
        grouped[pair[1].dataset].append(pair)
    olds = [_figured(measure, [old for old, _ in some]) for some in grouped.values()]
    news = [_figured(measure, [new for _, new in some]) for some in grouped.values()]
    counts = [len(some) for some in grouped.values()]
    whole = [_all(n) for n in counts]
    old, new = _mean_of_sets(olds, whole), _mean_of_sets(news, whole)
    if not counts or math.isnan(old) or math.isnan(new):
        return None
    gains = [_minus(b, a) for a, b in zip(olds, news, strict=True)]
    low, high = _interval(gains, counts, resamples, alpha) or (new - old, new - old)
    return Difference(before=old, after=new, low=low, high=high, items=len(pairs))


def confusion(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Counts by gold and answer; what failed stands under the answer "failed"."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in items:
        if item.gold is not None:
            table[item.gold]["failed" if item.failure else item.answer or "none"] += 1
    return {gold: dict(sorted(answers.items())) for gold, answers in sorted(table.items())}


def class_f1(items: Sequence[Item]) -> dict[str, float]:
    """F1 of every gold label, over all items that were answered."""
    labels = sorted({item.gold for item in items if item.gold is not None})
    measure = Measure("f1", "macro_f1")
    answered = [item for item in items if _applies(measure, item)]
    gold, said = _codes(answered, labels)
    return {label: float(_f1(gold, said, code, _all(len(answered)))[0]) for code, label in enumerate(labels)}


def _same_question(old: Item | None, new: Item) -> bool:
    return old is not None and old.gold == new.gold


def _by_set(measure: Measure, items: Sequence[Item]) -> Mapping[str, list[Item]]:
    grouped: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if _applies(measure, item):
            grouped[item.dataset].append(item)
    return grouped


def _applies(measure: Measure, item: Item) -> bool:
    if measure.kind == "failed":
        return True
    if item.failure is not None:
        return False
    if measure.kind in ("macro_f1", "share"):
        return item.gold is not None
    return (measure.of or measure.value) in item.values


def _figured(measure: Measure, items: Sequence[Item]) -> Figured:
    """The figure of one set as a function of which of its items are drawn."""
    if measure.kind == "macro_f1":
        return _macro_f1(items)
    if measure.kind == "ratio":
        return _ratio(_column(items, measure.value), _column(items, measure.of))
    if measure.kind == "share":
        return _mean(np.array([item.gold == item.answer for item in items], dtype=np.float64))
    if measure.kind == "failed":
        return _mean(np.array([item.failure is not None for item in items], dtype=np.float64))
    return _mean(_column(items, measure.value))


def _column(items: Sequence[Item], name: str) -> Numbers:
    return np.array([item.values.get(name, 0.0) for item in items], dtype=np.float64)


def _mean(column: Numbers) -> Figured:
    return lambda drawn: cast("Numbers", column[drawn].mean(axis=-1))


def _ratio(top: Numbers, bottom: Numbers) -> Figured:
    return lambda drawn: _divide(top[drawn].sum(axis=-1), bottom[drawn].sum(axis=-1))


def _macro_f1(items: Sequence[Item]) -> Figured:
    labels = sorted({item.gold for item in items if item.gold is not None})
    gold, said = _codes(items, labels)
    # Every answer that is no label is one more column.
    across = len(labels) + 1
    pairs = gold * across + np.where(said < 0, len(labels), said)

    def value(drawn: Indices) -> Numbers:
        # All rows are counted in one pass, each in cells of its own.
        cells = len(labels) * across
        counted = np.bincount(
            (pairs[drawn] + np.arange(len(drawn))[:, np.newaxis] * cells).ravel(), minlength=len(drawn) * cells
        ).reshape(len(drawn), len(labels), across)
        hits = np.diagonal(counted, axis1=1, axis2=2)
        return _nanmean(_divide(2.0 * hits, counted.sum(axis=2) + counted[:, :, :-1].sum(axis=1)).T)

    return value


def _codes(items: Sequence[Item], labels: Sequence[str]) -> tuple[Indices, Indices]:  # gold, answer
    code = {label: number for number, label in enumerate(labels)}
    gold = np.array([code[item.gold or ""] for item in items], dtype=np.int64)
    said = np.array([code.get(item.answer or "", -1) for item in items], dtype=np.int64)
    return gold, said


def _f1(gold: Indices, said: Indices, code: int, drawn: Indices) -> Numbers:
    is_gold, is_said = gold[drawn] == code, said[drawn] == code
    hits = (is_gold & is_said).sum(axis=-1)
    return _divide(2.0 * hits, is_gold.sum(axis=-1) + is_said.sum(axis=-1))


def _divide(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Numbers:
    """Nothing divided by nothing is not a number, and left out of means."""
    above, below = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    nothing: Numbers = np.full(np.broadcast(above, below).shape, np.nan)
    return np.divide(above, below, out=nothing, where=below > 0)


def _nanmean(rows: Numbers) -> Numbers:
    known = ~np.isnan(rows)
    return _divide(np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0))


def _minus(one: Figured, other: Figured) -> Figured:
    return lambda drawn: one(drawn) - other(drawn)


def _all(count: int) -> Indices:
    return np.arange(count, dtype=np.int64)[np.newaxis, :]


def _mean_of_sets(sets: Sequence[Figured], drawn: Sequence[Indices]) -> float:
    return float(_nanmean(np.stack([f(d) for f, d in zip(sets, drawn, strict=True)]))[0]) if sets else math.nan


def _interval(
    sets: Sequence[Figured], counts: Sequence[int], resamples: int, alpha: float
) -> tuple[float, float] | None:
    """The percentile interval when every set of two items or more is drawn anew by itself."""
    from scipy import stats  # type: ignore[import-untyped]  # ships none

    drawable = [n for n, count in enumerate(counts) if count > 1]
    if not drawable:
        return None
    fixed = [sets[n](_all(counts[n]))[0] for n in range(len(sets)) if n not in drawable]

    def statistic(*drawn: Indices, axis: int) -> Numbers:
        rows = [sets[n](some) for n, some in zip(drawable, drawn, strict=True)]
        return _nanmean(np.stack([*rows, *(np.full_like(rows[0], value) for value in fixed)]))

    most = max(counts[n] for n in drawable)
    found = stats.bootstrap(
        [np.arange(counts[n]) for n in drawable],
        statistic,
        n_resamples=resamples,
        batch=max(1, _MOST_NUMBERS // most),
        vectorized=True,
        axis=-1,
        confidence_level=1 - alpha,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    drawn = found.bootstrap_distribution[~np.isnan(found.bootstrap_distribution)]
    low, high = np.quantile(drawn, [alpha / 2, 1 - alpha / 2])
    return float(low), float(high)
