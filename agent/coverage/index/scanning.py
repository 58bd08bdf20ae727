"""BM25 over a few texts, each held in memory: what a search engine gives, without one."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from math import log
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    # Where the texts stand that hold a term, and what it adds to the score of each.
    Weighed: TypeAlias = tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]

# Those of every engine that cannot be set otherwise.
SATURATION, LENGTH_SHARE = 1.2, 0.75


def rarity(held: int, texts: int) -> float:
    """What a term weighs that so many of some texts hold."""
    return log(1 + (texts - held + 0.5) / (held + 0.5))


class ScannedTexts:
    """Some texts by their numbers, told in terms."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._numbers: list[int] = []
        self._lengths: list[int] = []
        self._frequencies: dict[str, dict[int, int]] = defaultdict(dict)
        # By the terms that were asked for: claims of one article ask for the same.
        self._weighed: dict[str, Weighed] = {}
        for place, (number, value) in enumerate(sorted(texts)):
            counts = Counter(value.split())
            self._numbers.append(number)
            self._lengths.append(counts.total())
            for term, frequency in counts.items():
                self._frequencies[term][place] = frequency
        self._average = sum(self._lengths) / max(len(self._lengths), 1)

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        return {term: len(self._frequencies[term]) for term in terms if term in self._frequencies}

    def best(self, terms: Sequence[str], limit: int, among: Container[int] | None = None) -> list[tuple[int, float]]:
        """Numbers and scores of the texts that score highest, best first; of those `among` some alone."""
        import numpy as np

        scores = np.zeros(len(self._numbers))
        for term in sorted(terms):
            if term in self._frequencies:
                places, added = self._weights(term)
                scores[places] += added
        # Every term adds something. Of equally good ones the first comes first.
        order = (-scores).argsort(kind="stable")[: np.count_nonzero(scores)]
        found = zip(map(self._numbers.__getitem__, order.tolist()), scores[order].tolist(), strict=True)
        return [one for one in found if among is None or one[0] in among][:limit]

    def _weights(self, term: str) -> "Weighed":
        import numpy as np

        if term not in self._weighed:
            holders = self._frequencies[term]
            weight = rarity(len(holders), len(self._lengths)) * (SATURATION + 1)
            frequencies = np.array(list(holders.values()), np.float64)
            places = np.array(list(holders), np.intp)
            lengths = 1 - LENGTH_SHARE + LENGTH_SHARE * np.array(self._lengths, np.float64)[places] / self._average
            self._weighed[term] = places, weight * frequencies / (frequencies + SATURATION * lengths)
        return self._weighed[term]
