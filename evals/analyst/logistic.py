"""A multinomial logistic model whose weights have to make sense: a denial never speaks for support."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evals.analyst.examples import CLASSES, REFUTES, SUPPORTS, Classes, Examples, Matrix

# Below zero by this much, a class that a set does not have is out of question in it.
_ABSENT = -30.0
_INTERCEPT_PENALTY = 1e-2
_LARGEST_INTERCEPT = 3.0

_FOR = frozenset(
    "shared shared_anywhere shared_in_sentence rare rare_anywhere back agreed in_order grams pairs_kept "
    "numbers_agree days_agree names_met".split()
)
_TURNS = frozenset(
    "opposed opposed_near opposed_elsewhere turned turned_near turned_elsewhere averted denied denied_elsewhere "
    "opens_with_denial denial_anywhere negation_differs another_place swapped".split()
)
_AGAINST = _TURNS | frozenset(
    "lost added lost_rarest numbers_differ numbers_missing days_differ hedged asks corrects place_missing "
    "words_missing words_nowhere names_missing names_nowhere slots_swapped edges_swapped decisive_missing "
    "decisive_replaced both_sides names_reversed quantity_differs quantity_missing another_thing under_denial".split()
)
_FOR_REFUTES = _TURNS | {"shared", "rare"}
_AGAINST_REFUTES = frozenset(("agreed", "asks", "hedged"))
# What a set looks like is no evidence: fitted, it would only tell one set from another.
SHAPE = ("title_like", "alone", "claim_size", "stretch_size", "passage_size")

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Fitted:
    """Weights by class and signal (against `neither`), and the mean of the sets' own intercepts."""

    names: tuple[str, ...]
    weights: Matrix
    intercepts: Matrix

    def scores(self, examples: Examples) -> Matrix:
        return examples.matrix(self.names) @ self.weights.T + self.intercepts

    def of_class(self, number: int) -> dict[str, float]:
        return dict(zip(self.names, self.weights[number].tolist(), strict=True))


def fit(sets: Sequence[Examples], *, penalty: float) -> Fitted:
    """Every set counts the same, and in it every class; each has an intercept of its own.

    So what is learned is how pairs of one set differ, not how sets do. `penalty` is that of squared weights.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

    names = tuple(sorted(name for name in _names(sets) if name not in SHAPE))
    problem = _Problem.of(sets, names, penalty)
    limits = [_bounds(number, name) for number in (REFUTES, SUPPORTS) for name in names]
    free: list[Bounds] = [(None, None)] * (len(CLASSES) * len(sets))
    start = np.zeros(len(limits) + len(free))
    found = minimize(problem.loss, start, jac=True, method="L-BFGS-B", bounds=limits + free, options={"maxiter": 400})
    weights, own = problem.unpacked(found.x)
    relative = (own - own[:, :1]).clip(-_LARGEST_INTERCEPT, _LARGEST_INTERCEPT)
    return Fitted(names, weights / problem.scale, relative.mean(axis=0))


def _names(sets: Sequence[Examples]) -> set[str]:
    return {name for examples in sets for signals in examples.signals if signals for name in signals}


def _bounds(number: int, name: str) -> Bounds:
    up, down = (_FOR, _AGAINST) if number == SUPPORTS else (_FOR_REFUTES, _AGAINST_REFUTES)
    return (0.0 if name in up else None, 0.0 if name in down else None)


class _Parameters(NamedTuple):
    weights: Matrix
    own: Matrix


@dataclass(frozen=True)
class _Problem:
    signals: Matrix
    gold: Classes
    weights: Matrix
    own: Matrix
    absent: Matrix
    scale: Matrix
    penalty: float

    @classmethod
    def of(cls, sets: Sequence[Examples], names: Sequence[str], penalty: float) -> "_Problem":
        heard = np.vstack([examples.matrix(names)[examples.judged] for examples in sets])
        gold = [examples.gold[examples.judged] for examples in sets]
        weights = np.concatenate([_balanced(classes) for classes in gold])
        member = np.repeat(np.arange(len(sets)), [len(classes) for classes in gold])
        present = np.array([[number in classes for number in range(len(CLASSES))] for classes in gold])
        scale = heard.std(axis=0) + 1e-9
        return cls(
            signals=heard / scale,
            gold=np.concatenate(gold),
            weights=weights / weights.mean(),
            own=np.eye(len(sets))[member],
            absent=np.where(present, 0.0, _ABSENT)[member],
            scale=scale,
            penalty=penalty,
        )

    def unpacked(self, parameters: Matrix) -> "_Parameters":
        size = self.signals.shape[1]
        weights = np.zeros((len(CLASSES), size))
        weights[1:] = parameters[: 2 * size].reshape(2, size)
        return _Parameters(weights, parameters[2 * size :].reshape(self.own.shape[1], len(CLASSES)))

    def loss(self, parameters: Matrix) -> tuple[float, Matrix]:
        weights, own = self.unpacked(parameters)
        shares = _softmax(self.signals @ weights.T + self.own @ own + self.absent)
        rows = np.arange(len(self.gold))
        value = -float((self.weights * np.log(shares[rows, self.gold] + 1e-12)).sum())
        value += self.penalty * float((weights**2).sum()) / 2 + _INTERCEPT_PENALTY * float((own**2).sum()) / 2
        shares[rows, self.gold] -= 1
        error = shares * self.weights[:, None]
        by_weight = (error.T @ self.signals + self.penalty * weights)[1:]
        by_intercept = self.own.T @ error + _INTERCEPT_PENALTY * own
        slope: Matrix = np.concatenate([by_weight.ravel(), by_intercept.ravel()])
        return value, slope


def _balanced(gold: Classes) -> Matrix:
    counts = np.bincount(gold, minlength=len(CLASSES))
    weights: Matrix = 1.0 / counts[gold]
    weights /= weights.sum()
    return weights


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares
