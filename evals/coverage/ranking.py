"""How good a ranking is: recall and normalised discounted cumulative gain."""

import csv
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

_CUTS = (5, 10, 20)


def load_relevant(path: Path) -> dict[str, dict[str, float]]:
    """For every query of a qrels file the documents that bear on it, with their grade."""
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if float(row["relevance"]) > 0:
                relevant[row["query_id"]][row["doc_id"]] = float(row["relevance"])
    return relevant


def measured(ranked: Sequence[str], relevant: Mapping[str, float]) -> dict[str, float]:
    """Recall and normalised discounted cumulative gain (gain 2**grade - 1) at the usual depths."""
    best = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)
    gains = [2 ** relevant.get(name, 0.0) - 1 for name in ranked]
    values = {}
    for cut in _CUTS:
        values[f"ndcg@{cut}"] = _discounted(gains[:cut]) / _discounted(best[:cut])
        values[f"recall@{cut}"] = len(set(ranked[:cut]) & relevant.keys()) / len(relevant)
    return values


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
