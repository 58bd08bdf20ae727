"""Who fills the store and loses its connection to PostgreSQL in the middle: the turn is another's then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.embed import Purpose
from agent.coverage.embedding.hashed import HashedEmbedder, HashedVectors
from agent.errors import StoreError
from agent.models import Budget
from tests.support.cutting import LostLatch, cut_off
from tests.support.shelf import DENIAL, ORANGES, QUAY, WITNESS, report


class HoldingEmbedder(HashedEmbedder):
    """The built-in one, which says when it is asked and answers when it may."""

    def __init__(self) -> None:
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        self.asked.set()
        await self.may_answer.wait()
        return await super().embed(texts, purpose=purpose, budget=budget)


async def _is_whole(coverage: Coverage, documents: int) -> None:
    stats = coverage.stats()
    assert (stats.documents, stats.pending) == (documents, 0)
    assert coverage._index.count(coverage._filling.space) == stats.passages
    assert coverage._lexical.count() == stats.passages


async def test_who_lost_its_turn_writes_no_more_and_what_was_told_as_added_is_there(shared: Settings) -> None:
    held = HoldingEmbedder()
    with open_coverage(shared, held) as first, open_coverage(shared, HashedEmbedder()) as other:
        adding = asyncio.create_task(first.add([report(QUAY, "Bay Agency"), report(DENIAL, "Mole Mail")]))
        await held.asked.wait()
        await asyncio.to_thread(cut_off, shared)
        # The turn is free: the other takes what the first had noted along with its own.
        assert (await other.add([report(ORANGES, "Market Post")])).added == 1
        indexed = other._index.count(other._filling.space)
        held.may_answer.set()
        with pytest.raises(StoreError, match="was lost in the middle"):
            await adding
        assert other._index.count(other._filling.space) == indexed
        await _is_whole(other, documents=3)

        # The next batch of the first has a connection of its own.
        added = await first.add([report(QUAY, "Bay Agency"), report(WITNESS, "Harbour Sheet")])
        assert (added.added, added.unchanged) == (1, 1)
        await _is_whole(first, documents=4)


@pytest.mark.parametrize(
    "take_out",
    [
        lambda coverage, ids: coverage.remove(ids),
        lambda coverage, ids: coverage.withdraw(ids, "wrong"),
        lambda coverage, _: coverage.reindex(),
        lambda coverage, _: coverage.add([report(DENIAL, "Mole Mail")]),
    ],
    ids=["remove", "withdraw", "reindex", "add"],
)
async def test_nothing_is_written_after_the_turn_was_lost(
    shared: Settings, take_out: Callable[[Coverage, list[str]], Awaitable[object]]
) -> None:
    quay = report(QUAY, "Bay Agency")
    with open_coverage(shared, HashedEmbedder()) as coverage:
        await coverage.add([quay])
        turns = coverage._filling._turns
        turns._latch = LostLatch(turns._latch, shared)
        with pytest.raises(StoreError, match="was lost in the middle"):
            await take_out(coverage, [quay.id])
    with open_coverage(shared, HashedEmbedder()) as again:
        await _is_whole(again, documents=1)
        assert [one.id for one in again.documents()] == [quay.id]
