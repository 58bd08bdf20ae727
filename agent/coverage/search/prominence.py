"""How far what was found for the claims of an article stands out from what else there is in its language. Pure.

A report of the same event in another language has a lower cosine than unrelated pages in the claim's own, so that
passages are held against those of their own language alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from agent.coverage.search.scale import LEAST_SHARE, Scale

# Of so many passages the middle one is likely to be about something else.
_FEWEST_COMPARED = 12
# Holding the least share of a claim's rare words that is heard tells as much as so many spreads of the cosine.
_SHARE_WORTH = 3.5
# A report of one claim alone counts too, but one that meets two is hardly there by chance.
_BEST_CLAIMS = 2
# That of the built-in embedder among passages that are not near; and one that is none.
_USUAL_SPREAD, _LEAST_SPREAD = 0.05, 1e-3


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that was found for a claim: its origin, its language, and what both legs say."""

    origin: str
    language: str
    crossing: bool
    similarity: float | None
    share: float


def prominence(found: Sequence[Sequence[Seen]], scale: Scale, depth: int) -> dict[str, float]:
    """For each origin how much nearer its passages are to the claims that they are nearest to than what else was
    found in their language. `found` has a list for each claim; of each language its first `depth` are compared.

    In spreads of the cosine, so that it means the same for any embedder; 0 where nothing stands out.
    """
    spread = _spread(found, depth) or _USUAL_SPREAD
    above: dict[str, list[float]] = defaultdict(list)
    for some in found:
        best: dict[str, float] = {}
        levels = _levels(some, spread, scale, depth)
        for one in some:
            height = _height(one, spread) - levels[one.language]
            best[one.origin] = max(height, best.get(one.origin, 0.0))
        for origin, height in best.items():
            above[origin].append(height)
    return {origin: _mean_of_best(heights) for origin, heights in above.items()}


def _mean_of_best(heights: Iterable[float]) -> float:
    return sum(sorted(heights)[-_BEST_CLAIMS:]) / _BEST_CLAIMS


def _height(one: Seen, spread: float) -> float:
    return (one.similarity or 0.0) / spread + _SHARE_WORTH * one.share / LEAST_SHARE


def _spread(found: Iterable[Sequence[Seen]], depth: int) -> float:
    """How far cosines lie from the middle of their language's; 0 where there are too few to tell."""
    squares: list[float] = []
    for some in found:
        for seen in _by_language(some).values():
            cosines = sorted((one.similarity for one in seen if one.similarity is not None), reverse=True)[:depth]
            if len(cosines) >= _FEWEST_COMPARED:
                middle = median(cosines)
                squares += [(cosine - middle) ** 2 for cosine in cosines]
    return max(fmean(squares) ** 0.5, _LEAST_SPREAD) if squares else 0.0


def _levels(some: Sequence[Seen], spread: float, scale: Scale, depth: int) -> dict[str, float]:
    """What a passage in each language has that is not about the claim: of few, what the others have on average."""
    by_language = _by_language(some)
    known = {
        language: median(sorted((_height(one, spread) for one in seen), reverse=True)[:depth])
        for language, seen in by_language.items()
        if len(seen) >= _FEWEST_COMPARED
    }
    crossing = {one.language: one.crossing for one in some}
    others = [level for language, level in known.items() if crossing[language]]
    levels = {}
    for language in by_language:
        untold = fmean(others) if others else scale.floors.of(crossing=crossing[language]) / spread
        levels[language] = known.get(language, untold)
    return levels


def _by_language(some: Iterable[Seen]) -> Mapping[str, list[Seen]]:
    found: dict[str, list[Seen]] = defaultdict(list)
    for one in some:
        found[one.language].append(one)
    return found
