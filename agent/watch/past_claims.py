"""The claims of all reports in an index of their own, so that a passage can ask which of them it bears on."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from agent.coverage.archive import Coverage
from agent.coverage.embedding.embed import EmbeddedTexts, Floors, Purpose, Traits, Unlimited, is_crossing
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Near, merged
from agent.errors import StoreError
from agent.models import Budget, digest
from agent.storage.reports import key_of
from agent.watch.ledger import Ledger, Unplaced

# Beside the index of the passages.
FOLDER = "claims"
_CLAIMS_AT_ONCE = 512
_FIRST_ASKED = 64
_WIDENING = 4
# A passage is near to few claims by its matter and to many by its everyday words.
_MOST_ASKED = 1024
_SPACE = "claims_space"
# Named in the space: what was laid out in another way is made anew.
_LAYOUT = "by-language"


class Embedding(Protocol):
    @property
    def embedder(self) -> str:
        """The id of the embedder."""

    @property
    def traits(self) -> Traits: ...

    async def embed(self, texts: Sequence[str], budget: Budget, purpose: Purpose = Purpose.QUERY) -> EmbeddedTexts:
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
        laid_out = digest(f"{self._embedding.embedder} {_LAYOUT}")[:12]
        return f"isnad-claims-{self.ledger.database.fact('name')}-{laid_out}"

    async def sync(self) -> None:
        """Puts the claims in that are not there yet. Raises `AnalystError` when the embedder fails."""
        await asyncio.to_thread(self._check)
        while unplaced := await asyncio.to_thread(self.ledger.unplaced, self.space, _CLAIMS_AT_ONCE):
            vectors = await self._embedding.embed([one.text for one in unplaced], Unlimited())
            await asyncio.to_thread(self._place, unplaced, vectors)

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

    def _place(self, unplaced: Sequence[Unplaced], vectors: EmbeddedTexts) -> None:
        keys = [one.key for one in unplaced]
        self.ledger.database.learn(**{_SPACE: self.space})
        self._index.write(self.space, keys, vectors.rows, [one.language for one in unplaced])
        self.ledger.place(keys, self.space)

    async def vectors(self, texts: Collection[str]) -> dict[str, Sequence[float]]:
        """What stands for the words of past claims; those that are not in the index yet are embedded."""
        keys = {key_of(text): text for text in texts}
        stored = await asyncio.to_thread(self._index.vectors, self.space, keys)
        found = {keys[key]: row for key, row in stored.items()}
        if missing := sorted(set(texts) - found.keys()):
            found |= zip(missing, (await self._embedding.embed(missing, Unlimited())).rows, strict=True)
        return found

    async def near(
        self, texts: Sequence[str], languages: Sequence[str], floors: Floors, purpose: Purpose = Purpose.QUERY
    ) -> list[list[Near]]:
        """For every text, of which the languages are told by their primary subtags, the claims that reach the floor
        for their two languages, nearest first. One embedding call for all."""
        if not texts:
            return []
        vectors = await self._embedding.embed(texts, Unlimited(), purpose)
        return await asyncio.to_thread(self._near, vectors.rows, languages, floors)

    def _near(self, rows: Sequence[Sequence[float]], languages: Sequence[str], floors: Floors) -> list[list[Near]]:
        found: dict[int, list[list[Near]]] = {}
        wanting, limit = list(range(len(rows))), _FIRST_ASKED
        while wanting:
            asked, spoken = [rows[n] for n in wanting], [languages[n] for n in wanting]
            across = self._embedding.traits.across
            found_here = self._index.query(self.space, asked, limit, languages=spoken, across=across)
            near = [_reaching(floors, *one) for one in zip(spoken, found_here, strict=True)]
            found |= zip(wanting, near, strict=True)
            # Where all that came back is near, there may be more.
            wanting = [n for n in wanting if limit < _MOST_ASKED and any(len(some) == limit for some in found[n])]
            limit *= _WIDENING
        return [merged(found[number], _MOST_ASKED) for number in range(len(rows))]


def past_claims_in(coverage: Coverage, ledger: Ledger) -> PastClaims:
    """Beside the passages of a coverage store, under its embedder. They can be used while the store is open."""
    return PastClaims(ledger, coverage.beside(FOLDER), coverage)


def _reaching(floors: Floors, spoken: str, found: Mapping[str, Sequence[Near]]) -> list[list[Near]]:
    """What was found in each language, as far as it reaches the floor that holds between it and the text's own."""
    least = {language: floors.of(crossing=is_crossing(spoken, language)) for language in found}
    return [[one for one in near if one.similarity >= least[language]] for language, near in found.items()]
