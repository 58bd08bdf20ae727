"""The claims of all reports in an index of their own, so that a passage can ask which of them it bears on."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Protocol

from agent.analyst import Budget
from agent.coverage.embed import Purpose, Unlimited, Vectors
from agent.coverage.store import Index
from agent.coverage.vectors import Near, merged
from agent.errors import StoreError
from agent.language import UNKNOWN
from agent.models import digest
from agent.reports import key_of
from agent.watch.ledger import Ledger

_CLAIMS_AT_ONCE = 512
_FIRST_ASKED = 64
_WIDENING = 4
# A passage is near to few claims by its matter and to many by its everyday words.
_MOST_ASKED = 1024
_SPACE = "claims_space"


class Embedding(Protocol):
    @property
    def embedder(self) -> str:
        """The id of the embedder."""

    async def embed(self, texts: Sequence[str], budget: Budget, purpose: Purpose = Purpose.QUERY) -> Vectors:
        """Raises `AnalystError`."""


class PastClaims:
    """Kept in step with the reports, which are the truth: a lost index, or one of another embedder, is made anew."""

    def __init__(self, ledger: Ledger, index: Index, embedding: Embedding) -> None:
        self.ledger = ledger
        self._index = index
        self._embedding = embedding

    @property
    def space(self) -> str:
        """The collection of these reports' claims under this embedder."""
        return f"isnad-claims-{self.ledger.database.fact('name')}-{digest(self._embedding.embedder)[:12]}"

    async def sync(self) -> None:
        """Puts the claims in that are not there yet. Raises `AnalystError` when the embedder fails."""
        await asyncio.to_thread(self._check)
        while unplaced := await asyncio.to_thread(self.ledger.unplaced, self.space, _CLAIMS_AT_ONCE):
            vectors = await self._embedding.embed(list(unplaced.values()), Unlimited())
            await asyncio.to_thread(self._place, list(unplaced), vectors)

    def _check(self) -> None:
        former = self.ledger.database.fact(_SPACE)
        if former is None:
            return
        try:
            if former != self.space:
                self._index.drop(former)
            elif self._index.count(former) >= self.ledger.placed(former):
                return
        except StoreError:
            if self._index.start_over() is None:
                raise
        self.ledger.displace()

    def _place(self, keys: Sequence[str], vectors: Vectors) -> None:
        self.ledger.database.learn(**{_SPACE: self.space})
        self._index.write(self.space, keys, vectors.rows, [UNKNOWN] * len(keys))
        self.ledger.place(keys, self.space)

    async def vectors(self, texts: Collection[str]) -> dict[str, Sequence[float]]:
        """What stands for the words of past claims; those that are not in the index yet are embedded."""
        keys = {key_of(text): text for text in texts}
        stored = await asyncio.to_thread(self._index.vectors, self.space, keys)
        found = {keys[key]: row for key, row in stored.items()}
        if missing := sorted(set(texts) - found.keys()):
            found |= zip(missing, (await self._embedding.embed(missing, Unlimited())).rows, strict=True)
        return found

    async def near(self, texts: Sequence[str], floor: float, purpose: Purpose = Purpose.QUERY) -> list[list[Near]]:
        """For every text the claims that are as near as `floor`, nearest first. One embedding call for all."""
        if not texts:
            return []
        vectors = await self._embedding.embed(texts, Unlimited(), purpose)
        return await asyncio.to_thread(self._near, vectors.rows, floor)

    def _near(self, rows: Sequence[Sequence[float]], floor: float) -> list[list[Near]]:
        found: dict[int, list[Near]] = {}
        wanting, limit = list(range(len(rows))), _FIRST_ASKED
        while wanting:
            found_here = self._index.query(self.space, [rows[number] for number in wanting], limit)
            near = [merged(some.values(), limit) for some in found_here]
            found |= zip(wanting, near, strict=True)
            # Where all that came back is near, there may be more.
            wanting = [n for n in wanting if limit < _MOST_ASKED and len(found[n]) == limit and _all(found[n], floor)]
            limit *= _WIDENING
        return [[near for near in found[number] if near.similarity >= floor] for number in range(len(rows))]


def _all(near: Sequence[Near], floor: float) -> bool:
    return near[-1].similarity >= floor
