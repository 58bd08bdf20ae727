"""Two rankings made one: reciprocal rank fusion over origins, in which copies take no places. Pure.

Settled on public retrieval sets in Arabic and English (`python -m evals.retrieval`), with one value for all of them.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

# The usual 60 suits lists of equals; here the lexical leg is the better one, and its first places should count.
_CONSTANT = 10
LEXICAL_WEIGHT = 1.0

T = TypeVar("T", bound=Hashable)
G = TypeVar("G", bound=Hashable)


def places(scores: Mapping[T, float], group: Callable[[T], G]) -> dict[T, int]:
    """The place of each item by its score, from 1; how many come before is counted in groups, not in items.

    So a thousand copies of what comes first leave what comes second in the second place.
    """
    before: dict[G, int] = {}
    found: dict[T, int] = {}
    for item in sorted(scores, key=lambda one: -scores[one]):
        found[item] = before.setdefault(group(item), len(before) + 1)
    return found


def reciprocal(weighted: Iterable[tuple[float, Mapping[T, int]]]) -> dict[T, float]:
    """The sum of what each ranking gives an item for its place: more for the first places, nothing for none."""
    fused: dict[T, float] = {}
    for weight, ranking in weighted:
        for item, place in ranking.items():
            fused[item] = fused.get(item, 0.0) + weight / (_CONSTANT + place)
    return fused
