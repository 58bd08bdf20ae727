"""When a passage is near enough to a claim to be judged: by its cosine, by the words that both have, or by both."""

from dataclasses import dataclass

from agent.coverage.embedding.embed import Floors
from agent.coverage.index.vectors import Matrix

# Measured on public sets: one in eighty unrelated passages holds so much of the rarity of a claim's words, and of
# those that bear on a claim of names and numbers, and that the vectors miss, nearly all do.
LEAST_SHARE = 0.3
HEARD = 1.0
BARELY_OUT = 0.99


@dataclass(frozen=True, slots=True)
class Scale:
    """How an embedder's cosines are to be taken: under their floor they say nothing; `weight` is what their ranking
    counts beside that of the words."""

    floors: Floors
    weight: float = 1.0

    def nearness(self, similarity: float | None, share: float | None, *, crossing: bool = False) -> float:
        """What both legs say together; `HEARD` or more when either of them alone finds it near enough to be heard.

        `crossing`: between two languages, where the cosine has a floor of its own.
        """
        floor = self.floors.of(crossing=crossing)
        cosine = (similarity or 0.0) / max(floor, 1e-9)
        words = (share or 0.0) / LEAST_SHARE
        if (similarity is not None and similarity >= floor) or words >= HEARD:
            return max(cosine + words, HEARD)
        return min(max(cosine, 0.0) + words, BARELY_OUT)

    def nearnesses(self, similarities: Matrix, shares: Matrix, *, crossing: bool = False) -> Matrix:
        """The same of many; the lowest similarity stands for none."""
        import numpy as np

        floor = self.floors.of(crossing=crossing)
        cosines, words = similarities / max(floor, 1e-9), shares / LEAST_SHARE
        heard = (similarities >= floor) | (words >= HEARD)
        out = np.minimum(np.maximum(cosines, 0.0) + words, BARELY_OUT)
        return np.where(heard, np.maximum(cosines + words, HEARD), out)
