"""The fitted part of the decision: what each signal counts for each stance, in a file that can be read."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.analyst.lexical.signals import Signals
from agent.models import Stance

WEIGHTS = "stance.weights.toml"
ALWAYS = "always"


@dataclass(frozen=True)
class Weights:
    """A multinomial logistic model; against `unrelated`, whose score is 0."""

    supports: Signals
    contradicts: Signals

    def scores(self, signals: Signals) -> dict[Stance, float]:
        """The higher, the likelier; a signal without a weight counts nothing."""
        return {
            Stance.UNRELATED: 0.0,
            Stance.SUPPORTS: _sum(self.supports, signals),
            Stance.CONTRADICTS: _sum(self.contradicts, signals),
        }


def _sum(weights: Signals, signals: Signals) -> float:
    return sum(weight * signals.get(name, name == ALWAYS) for name, weight in weights.items())


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """As `python -m evals.analyst.fit` left them."""
    with (files("agent.analyst.lexical") / "data" / WEIGHTS).open("rb") as file:
        content = tomllib.load(file)
    return Weights(supports=content["supports"], contradicts=content["contradicts"])
