"""How good a ranking is: recall and normalised discounted cumulative gain."""

import math
from collections.abc import Sequence

_CUTS = (5, 10, 20)


def measured(ranked: Sequence[Sequence[str]], relevant: dict[str, float]) -> dict[str, float]:
    """Recall and normalised discounted cumulative gain (gain 2**relevance - 1) at the usual depths."""
    gains = [max((2 ** relevant.get(name, 0.0) - 1 for name in names), default=0.0) for names in ranked]
    values = {}
    for cut in _CUTS:
        best = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)[:cut]
        values[f"ndcg@{cut}"] = _discounted(gains[:cut]) / _discounted(best)
        seen = {name for names in ranked[:cut] for name in names}
        values[f"recall@{cut}"] = len(seen & relevant.keys()) / len(relevant)
    return values


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
