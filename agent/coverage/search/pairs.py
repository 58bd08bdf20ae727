"""Which claims each origin is asked about, where not every pair of both can be. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# First places count most; an origin's first claim no more than a claim's first origin.
_CONSTANT = 2
_OF_HEIGHT = 0.02
# What a report of the event has before another page: as much as a first place. Beyond so much it is one.
_OF_EVENT, _IS_EVENT = 0.3, 3.5
# Whoever reports the event bears on the claim that it happened, in whatever words; less where nobody knows who does.
_OF_PRINCIPAL, _PERHAPS_OF_PRINCIPAL = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class OriginScores:
    """An origin: its language, how high it stands for each claim, and for what the article is about; None where
    nothing can tell that. `reports`: it is known to be about the event."""

    language: str
    claims: Mapping[str, float]
    event: float | None
    reports: bool = False


def worth(standings: Mapping[str, OriginScores], principal: str | None) -> dict[str, dict[str, float]]:
    """By origin and claim what it is worth to put the one to the other.

    A claim has its place among all that an origin may be asked about, and an origin among those of its language that
    a claim may be put to. `principal` is the claim that the article is there for.
    """
    peers: dict[str, list[OriginScores]] = defaultdict(list)
    for one in standings.values():
        peers[one.language].append(one)
    places = {
        (language, claim_id): sorted(one.claims[claim_id] for one in some)
        for language, some in peers.items()
        for claim_id in some[0].claims
    }
    found: dict[str, dict[str, float]] = {}
    for name, one in standings.items():
        own = sorted(one.claims.values())
        event = _OF_EVENT * min(one.event, _IS_EVENT) if one.event is not None else 0.0
        main = _PERHAPS_OF_PRINCIPAL if one.event is None else _OF_PRINCIPAL * one.reports
        found[name] = {
            claim_id: _share(height, own)
            + _share(height, places[one.language, claim_id])
            + _OF_HEIGHT * height
            + event
            + (main if claim_id == principal else 0.0)
            for claim_id, height in one.claims.items()
        }
    return found


def _share(height: float, ascending: Sequence[float]) -> float:
    """For the place of a height among others: equal ones share theirs."""
    return 1 / (_CONSTANT + 1 + len(ascending) - bisect_right(ascending, height))


def share_out(
    worth: Mapping[str, Mapping[str, float]],
    open_to: Mapping[str, Collection[str]],
    wordings: Mapping[str, int],
    budget: int,
) -> dict[str, list[str]]:
    """Which claims each origin is asked about, `budget` pairs in all, give or take a wording: those that are worth
    most.

    `open_to` tells which claims may be put to an origin at all, and `wordings` which claims say the same: these go
    together.
    """
    claims: dict[int, list[str]] = defaultdict(list)
    for claim_id, wording in wordings.items():
        claims[wording].append(claim_id)
    best: dict[tuple[str, int], float] = {}
    for origin, some in open_to.items():
        for claim_id in some:
            pair = origin, wordings[claim_id]
            best[pair] = max(worth[origin][claim_id], best.get(pair, worth[origin][claim_id]))
    asked: dict[str, list[str]] = defaultdict(list)
    for origin, wording in sorted(best, key=lambda pair: (-best[pair], pair)):
        if budget <= 0:
            break
        mine = [claim_id for claim_id in claims[wording] if claim_id in open_to[origin]]
        asked[origin] += mine
        budget -= len(mine)
    return asked
