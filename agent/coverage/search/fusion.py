"""Two rankings made one: reciprocal rank fusion in which copies take no places. Pure.

Settled on public retrieval sets in Arabic and English (`python -m evals.coverage.retrieval`), with one value for all
of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.coverage.search.legs import Hit

# The usual 60 suits rankings that are equally good; here the words are the better one, and first places should count.
_CONSTANT = 15


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its places by vector and by words, from 1; None where that leg did not find it."""

    hit: Hit
    by_vector: int | None
    by_words: int | None


def rank(hits: Sequence[Hit], groups: Mapping[str, str]) -> list[Ranked]:
    """The places of hits in both legs, where `groups` names the group of each document.

    What comes before is counted in groups: a thousand copies in the first place leave the next report the second.
    """
    by_vector = _places({i: hit.similarity for i, hit in enumerate(hits) if hit.similarity is not None}, hits, groups)
    by_words = _places({i: hit.match.score for i, hit in enumerate(hits) if hit.match is not None}, hits, groups)
    return [Ranked(hit, by_vector.get(i), by_words.get(i)) for i, hit in enumerate(hits)]


@dataclass(frozen=True, slots=True)
class RankPlaces:
    """The places of keys, from 1, and what they count beside other rankings."""

    of: Mapping[str, int]
    weight: float = 1.0


def fuse_places(*rankings: RankPlaces) -> dict[str, float]:
    """What each key is worth: the nearer to the first place, and in the more rankings, the more."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for key, place in ranking.of.items():
            scores[key] += ranking.weight * _share(place)
    return scores


def fuse(ranked: Sequence[Ranked], groups: Mapping[str, str], weight: float) -> dict[str, float]:
    """The groups with their scores, best first: each counts with its best place in either leg.

    `weight` is what the ranking by vectors counts beside that by words.
    """
    vectors: dict[str, int] = {}
    words: dict[str, int] = {}
    nearest: dict[str, float] = defaultdict(float)
    for one in ranked:
        group = groups[one.hit.document_id]
        for best, place in ((vectors, one.by_vector), (words, one.by_words)):
            if place is not None:
                best[group] = min(place, best.get(group, place))
        nearest[group] = max(nearest[group], one.hit.similarity or 0.0)
    scores = fuse_places(RankPlaces(vectors, weight), RankPlaces(words))
    return {group: scores[group] for group in sorted(nearest, key=lambda one: (-scores[one], -nearest[one], one))}


def spread(ranked: Sequence[Ranked], groups: Mapping[str, str], weight: float) -> list[Ranked]:
    """The hits so that groups take turns: the best passage of each, best group first, then the second ones."""
    order = {group: place for place, group in enumerate(fuse(ranked, groups, weight))}
    turns: dict[str, int] = defaultdict(int)
    turned: list[tuple[int, int, Ranked]] = []
    for one in sorted(ranked, key=lambda one: -(weight * _share(one.by_vector) + _share(one.by_words))):
        group = groups[one.hit.document_id]
        turned.append((turns[group], order[group], one))
        turns[group] += 1
    return [one for _, _, one in sorted(turned, key=lambda item: item[:2])]


def _places(scores: Mapping[int, float], hits: Sequence[Hit], groups: Mapping[str, str]) -> dict[int, int]:
    before: dict[str, int] = {}
    found: dict[int, int] = {}
    for number in sorted(scores, key=lambda one: -scores[one]):
        found[number] = before.setdefault(groups[hits[number].document_id], len(before) + 1)
    return found


def _share(place: int | None) -> float:
    return 1 / (_CONSTANT + place) if place is not None else 0.0
