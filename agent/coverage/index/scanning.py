"""BM25 over a few texts, each held in memory: what a search engine gives, without one."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from math import log

# Those of every engine that cannot be set otherwise.
SATURATION, LENGTH_SHARE = 1.2, 0.75


def rarity(held: int, texts: int) -> float:
    """What a term weighs that so many of some texts hold."""
    return log(1 + (texts - held + 0.5) / (held + 0.5))


class ScannedTexts:
    """Some texts by their numbers, told in terms."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._lengths: dict[int, int] = {}
        self._frequencies: dict[str, dict[int, int]] = defaultdict(dict)
        for number, value in texts:
            counts = Counter(value.split())
            self._lengths[number] = counts.total()
            for term, frequency in counts.items():
                self._frequencies[term][number] = frequency
        self._average = sum(self._lengths.values()) / max(len(self._lengths), 1)

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        return {term: len(self._frequencies[term]) for term in terms if term in self._frequencies}

    def best(self, terms: Sequence[str], limit: int, among: Container[int] | None = None) -> list[tuple[int, float]]:
        """Numbers and scores of the texts that score highest, best first; of those `among` some alone."""
        scores: dict[int, float] = defaultdict(float)
        for term in sorted(terms):
            holders = self._frequencies.get(term, {})
            weight = rarity(len(holders), len(self._lengths)) * (SATURATION + 1)
            for number, frequency in holders.items():
                length = 1 - LENGTH_SHARE + LENGTH_SHARE * self._lengths[number] / self._average
                scores[number] += weight * frequency / (frequency + SATURATION * length)
        found = scores.items() if among is None else [one for one in scores.items() if one[0] in among]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:limit]
