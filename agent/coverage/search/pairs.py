"""Which claims each origin is asked about, where not every pair of both can be. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

# First places count most; an origin's first claim no more than a claim's first origin.
_CONSTANT = 2
_OF_HEIGHT = 0.02
# What a report of the event has before another page: as much as a first place. Beyond so much it is one.
_OF_EVENT, _IS_EVENT = 0.3, 3.5
# Whoever reports the event bears on the claim that it happened, in whatever words; less where nobody knows who does.
_OF_PRINCIPAL, _PERHAPS_OF_PRINCIPAL = 0.5, 0.3
# A text that is sent once more takes as many tokens as a dozen claims beside one that is sent in any case.
_OF_A_FURTHER_CALL = 0.03


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
    per_call: int,
) -> dict[str, list[str]]:
    """Which claims each origin is asked about, `budget` pairs in all, give or take a wording: those that are worth
    most.

    `open_to` tells which claims may be put to an origin at all, and `wordings` which claims say the same: these go
    together. An origin is asked about at most `per_call` claims at once: what would send its text a further time goes
    after what finds room and is worth nearly as much.
    """
    claims: dict[int, list[str]] = defaultdict(list)
    for claim_id, wording in wordings.items():
        claims[wording].append(claim_id)
    waiting = {origin: _best_last(worth[origin], some, wordings) for origin, some in open_to.items()}
    asked: dict[str, list[str]] = defaultdict(list)

    def order(origin: str) -> tuple[float, str, int]:
        value, wording = waiting[origin][-1]
        full = origin in asked and len(asked[origin]) % per_call == 0
        return (_OF_A_FURTHER_CALL if full else 0.0) - value, origin, wording

    # Only the order of the one that was taken changes.
    first = [order(origin) for origin, pairs in waiting.items() if pairs]
    heapify(first)
    while budget > 0 and first:
        _, origin, wording = heappop(first)
        waiting[origin].pop()
        mine = [claim_id for claim_id in claims[wording] if claim_id in open_to[origin]]
        asked[origin] += mine
        budget -= len(mine)
        if waiting[origin]:
            heappush(first, order(origin))
    return asked


def _best_last(
    worth: Mapping[str, float], open_to: Collection[str], wordings: Mapping[str, int]
) -> list[tuple[float, int]]:
    """The wordings of the claims that an origin may be asked about, with the most that one of them is worth."""
    best: dict[int, float] = {}
    for claim_id in open_to:
        wording = wordings[claim_id]
        best[wording] = max(worth[claim_id], best.get(wording, worth[claim_id]))
    return sorted(((value, wording) for wording, value in best.items()), key=lambda one: (one[0], -one[1]))


def with_left_out(
    asked: Mapping[str, Collection[str]],
    near: Mapping[str, Collection[str]],
    worth: Mapping[str, Mapping[str, float]],
    open_to: Mapping[str, Collection[str]],
    wordings: Mapping[str, int],
) -> dict[str, list[str]]:
    """What is asked, and beside it every claim that has no place though it is near to some origins, put to the one of
    these where it is worth most: of a claim that was put to nobody it is said that nothing came near it."""
    placed = {wordings[claim_id] for some in asked.values() for claim_id in some}
    best: dict[int, tuple[float, str]] = {}
    for claim_id, origins in near.items():
        for origin in origins:
            if wordings[claim_id] not in placed and claim_id in open_to.get(origin, ()):
                found = -worth[origin][claim_id], origin
                best[wordings[claim_id]] = min(found, best.get(wordings[claim_id], found))
    whole = {origin: list(some) for origin, some in asked.items()}
    for wording, (_, origin) in best.items():
        whole.setdefault(origin, []).extend(one for one in open_to[origin] if wordings[one] == wording)
    return whole
