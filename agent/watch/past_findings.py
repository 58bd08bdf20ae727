"""What was found of claims before: searched by words in the reports, and by meaning in the index of past claims."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from agent.coverage.archive import Coverage
from agent.coverage.embedding.embed import Floors
from agent.coverage.index.words import words
from agent.coverage.search.fusion import RankPlaces, fuse_places
from agent.models import Frozen
from agent.storage import given_list, slices
from agent.storage.reports import Reports, Version
from agent.storage.tables import reports as tables
from agent.text.language import detect_language, primary_language
from agent.watch.claim_words import words_of_claims
from agent.watch.ledger import Ledger, Past
from agent.watch.past_claims import PastClaims, past_claims_in

# What holds fewer of the asked words than this is about something else.
_LEAST_SHARE = 0.5
_one, _other = tables.versions.alias("one").c, tables.versions.alias("other").c
_NEWEST = select(func.max(_other.version)).where(_other.run_id == _one.run_id).scalar_subquery()
_HEADS = select(_one.run_id, _one.head).where(_one.run_id.in_(given_list("runs")), _one.version == _NEWEST)
_KEYS = select(tables.keys.c.key).order_by(tables.keys.c.key)

# Of some runs those that the asker may see.
Seen = Callable[[Collection[str]], Awaitable[Collection[str]]]


class Wanted(Frozen):
    """Which findings are asked for. Without a `query` all of them; `since` is about the claim or its latest review,
    whichever is newer."""

    query: str | None = None
    language: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim of one report, by the latest version of that report."""

    claim_id: str
    head: Version

    @property
    def newest(self) -> datetime:
        return max(self.head.made_at, self.head.published_at or self.head.made_at)


@dataclass(frozen=True, slots=True)
class PastFinding:
    """The same words as a claim in one report or several, the latest review first."""

    reviews: tuple[Reviewed, ...]


class PastFindings:
    """Raises `StoreError`, and `AnalystError` where the words that are asked for cannot be embedded."""

    def __init__(self, reports: Reports, claims: PastClaims, floors: Floors) -> None:
        self._reports = reports
        self._claims = claims
        self._floors = floors

    async def search(self, wanted: Wanted, seen: Seen) -> list[PastFinding]:
        """The best first; without a query the latest. Claims that are not in the index yet are found by words."""
        ranked = await self._ranked(wanted.query)
        past = await asyncio.to_thread(self._past, ranked)
        runs = {one.run_id for some in past.values() for one in some}
        heads = await asyncio.to_thread(self._heads, await seen(runs))
        found = [_gathered(past.get(key, ()), heads, wanted) for key in ranked]
        findings = [PastFinding(reviews) for reviews in found if reviews]
        if wanted.query is None:
            findings.sort(key=lambda one: one.reviews[0].head.made_at, reverse=True)
        return findings

    async def _ranked(self, query: str | None) -> list[str]:
        if query is None:
            return await asyncio.to_thread(self._keys)
        by_words = await asyncio.to_thread(self._by_words, query)
        (near,) = await self._claims.near([query], [primary_language(detect_language(query))], self._floors)
        # One that no report has any more may still be in the index: its past is empty.
        return _fused(by_words, [one.key for one in near])

    def _keys(self) -> list[str]:
        with self._reports.database.reading() as connection:
            return [row[0] for row in connection.execute(_KEYS).fetchall()]

    def _by_words(self, query: str) -> list[str]:
        """The claims that hold the most of the asked words, as both are folded."""
        asked = set(words(query))
        database = self._reports.database
        return words_of_claims(database).holding(database, asked, _LEAST_SHARE) if asked else []

    def _past(self, keys: Sequence[str]) -> Mapping[str, Sequence[Past]]:
        return self._claims.ledger.past_claims(keys)

    def _heads(self, runs: Collection[str]) -> dict[str, Version]:
        found: dict[str, Version] = {}
        for some in slices(sorted(runs)):
            with self._reports.database.reading() as connection:
                rows = connection.execute(_HEADS, {"runs": some}).fetchall()
            found |= {run_id: Version.model_validate_json(head) for run_id, head in rows}
        return found


def _fused(*rankings: Iterable[str]) -> list[str]:
    scores = fuse_places(*(RankPlaces({key: place for place, key in enumerate(keys, 1)}) for keys in rankings))
    return sorted(scores, key=lambda key: (-scores[key], key))


def _gathered(past: Iterable[Past], heads: Mapping[str, Version], wanted: Wanted) -> tuple[Reviewed, ...]:
    mine = [Reviewed(one.claim_id, heads[one.run_id]) for one in past if one.run_id in heads]
    fitting = [one for one in mine if _fits(one, wanted)]
    return tuple(sorted(fitting, key=lambda one: (one.head.made_at, one.head.run_id), reverse=True))


def _fits(one: Reviewed, wanted: Wanted) -> bool:
    if wanted.since is not None and one.newest < wanted.since:
        return False
    return wanted.language is None or _is_in(one.head.language, wanted.language)


def _is_in(language: str, wanted: str) -> bool:
    """`en` is wanted of what is in en-GB, and en-GB of what is in no more than en."""
    mine, asked = language.casefold().split("-"), wanted.casefold().replace("_", "-").split("-")
    return all(one == other for one, other in zip(mine, asked, strict=False))


def build_findings(reports: Reports, coverage: Coverage) -> PastFindings:
    """The search in earlier findings. It can be used while the coverage store is open."""
    return PastFindings(reports, past_claims_in(coverage, Ledger(reports.database)), coverage.floors)
