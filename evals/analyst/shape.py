"""How often a stance is the right one differs with the shape of a pair: titles, sentences, pages.

That is a matter of where pairs come from, not of what they say, and the few sets that may be fitted on cannot tell
it. So these few numbers are chosen like any hyper-parameter, on half of the dev pairs of all sets.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from agent.analyst.lexical.weights import ALWAYS
from evals.analyst.examples import CLASSES, NEITHER, REFUTES, SUPPORTS, Classes, Examples, Matrix

SHAPES = ("title_like", "alone", "passage_size", "claim_size")
# Sizes are counted from a usual one, so that the numbers can be chosen one after another.
_USUAL = {"passage_size": 3.0, "claim_size": 2.5}
_STEPS = (1.5, 0.8, 0.4, 0.2, 0.1)
_ROUNDS = 4
_STARTS = 12
_SPREAD = 0.7
_GAIN = 1e-4
# What a set below the majority class costs, a point of macro-F1 by which it falls short; and a wrong contradiction.
_BELOW_FLOOR = 3.0
_MARGIN = 0.005
_WRONGLY_CONTESTED = 1.5


@dataclass(frozen=True)
class Chosen:
    """What is added to the score of a class for each trait of shape."""

    offsets: Matrix
    value: float

    def of_class(self, number: int) -> dict[str, float]:
        row = dict(zip(SHAPES, self.offsets[number, 1:].tolist(), strict=True))
        always = float(self.offsets[number, 0]) - sum(row[name] * usual for name, usual in _USUAL.items())
        return {ALWAYS: always, **row}


@dataclass(frozen=True)
class _Measured:
    macro_f1: float
    wrongly_contested: float


class _Set:
    """A dev part with its scores, ready to be decided again and again."""

    def __init__(self, examples: Examples, scores: Matrix) -> None:
        self.lang = examples.lang
        self._examples, self._scores = examples, scores
        sizes = examples.matrix(SHAPES) - np.array([_USUAL.get(name, 0.0) for name in SHAPES])
        self._traits = np.column_stack([np.ones(len(sizes)), sizes])
        commonest = np.bincount(examples.gold, minlength=len(CLASSES)).argmax()
        self.floor = macro_f1(examples.gold, np.full_like(examples.gold, commonest))

    def measured(self, offsets: Matrix) -> _Measured:
        answers = answers_of(self._examples, self._scores + self._traits @ offsets.T)
        others = self._examples.gold != REFUTES
        wrong = (answers[others] == REFUTES).mean() if others.any() else 0.0
        return _Measured(macro_f1(self._examples.gold, answers), float(wrong))


def answers_of(examples: Examples, scores: Matrix) -> Classes:
    """The decision of the analyst for many pairs at once, its rules included."""
    settled = np.where(examples.earned, SUPPORTS, NEITHER)
    contested = (scores.argmax(axis=1) == REFUTES) & examples.contestable
    answers: Classes = np.where(examples.judged, np.where(contested, REFUTES, settled), NEITHER)
    return answers


def macro_f1(gold: Classes, answers: Classes) -> float:
    """Over the classes that the gold holds."""
    scores = []
    for number in np.unique(gold):
        hits = ((answers == number) & (gold == number)).sum()
        scores.append(2 * hits / ((answers == number).sum() + (gold == number).sum()))
    return float(np.mean(scores))


def choose(sets: Sequence[Examples], scores: Mapping[str, Matrix]) -> Chosen:
    """The offsets under which the languages' mean macro-F1 is best, no set falls below the majority class, and few
    contradictions are wrong. Found by trying one number after another, from several starts; always the same."""
    ready = [_Set(examples, scores[examples.name]) for examples in sets]
    found = [_climb(ready, start) for start in _starts()]
    return max(found, key=lambda chosen: chosen.value)


def _starts() -> Iterator[Matrix]:
    random = np.random.default_rng(0)
    shape = (len(CLASSES), len(SHAPES) + 1)
    yield np.zeros(shape)
    for _ in range(_STARTS - 1):
        start = np.zeros(shape)
        start[1:] = random.normal(0, _SPREAD, (2, shape[1]))
        yield start


def _climb(sets: Sequence[_Set], start: Matrix) -> Chosen:
    best = Chosen(start, _value(sets, start))
    for step in _STEPS:
        for _ in range(_ROUNDS):
            before = best
            for tried in _neighbours(best.offsets, step):
                best = _better(sets, best, *tried)
            if best is before:
                break
    return best


def _neighbours(offsets: Matrix, step: float) -> Iterator[tuple[int, int, float]]:
    for number in (REFUTES, SUPPORTS):
        for column in range(offsets.shape[1]):
            yield number, column, -step
            yield number, column, step


def _better(sets: Sequence[_Set], best: Chosen, number: int, column: int, change: float) -> Chosen:
    offsets = best.offsets.copy()
    offsets[number, column] += change
    value = _value(sets, offsets)
    return Chosen(offsets, value) if value > best.value + _GAIN else best


def _value(sets: Sequence[_Set], offsets: Matrix) -> float:
    measured = [(one, one.measured(offsets)) for one in sets]
    by_language: dict[str, list[float]] = defaultdict(list)
    for one, result in measured:
        by_language[one.lang].append(result.macro_f1)
    short = sum(max(0.0, one.floor + _MARGIN - result.macro_f1) for one, result in measured)
    wrong = fmean(result.wrongly_contested for _, result in measured)
    return sum(map(fmean, by_language.values())) - _BELOW_FLOOR * short - _WRONGLY_CONTESTED * wrong
