"""Adding files and folders to the store."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from agent.coverage.index.filling import FillOutcome
from agent.coverage.intake.given import NOTHING, GivenMetadata
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.metadata import Caution, Item, Rejection, Removed, Skipped
from agent.coverage.intake.reading import read_coverage
from agent.models import Document

_AT_ONCE = 256


Progress = Callable[[Ingested], None]


class DocumentWriter(Protocol):
    """Where documents are put."""

    async def add(self, documents: Sequence[Document]) -> FillOutcome: ...

    async def withdraw(self, ids: Sequence[str], reason: str) -> Sequence[str]: ...

    async def standing_at(self, url: str) -> str | None:
        """The id of the document that stands at an address now."""


def silent(_: Ingested) -> None: ...


async def ingest(
    taker: DocumentWriter,
    paths: Iterable[Path],
    progress: Progress = silent,
    *,
    given: GivenMetadata = NOTHING,
    withdraw_gone: bool = False,
) -> Ingested:
    """Adds what the files hold, with what is `given` of clippings; `progress` is told the sum so far after every
    batch.

    What was told as added stays added, whatever happens to the rest.
    """
    total = Ingested()
    items = read_coverage(paths, given)
    while batch := await asyncio.to_thread(lambda: list(islice(items, _AT_ONCE))):
        added = await taker.add(_standing(batch))
        removed = tuple(item for item in batch if isinstance(item, Removed))
        if withdraw_gone:
            await _withdraw(taker, removed)
        total += Ingested(
            added=added.added,
            updated=added.updated,
            unchanged=added.unchanged,
            withdrawn=added.withdrawn,
            removed=removed,
            rejected=tuple(item for item in batch if isinstance(item, Rejection)),
            skipped=tuple(item for item in batch if isinstance(item, Skipped)),
            cautions=tuple(item for item in batch if isinstance(item, Caution)),
        )
        progress(total)
    return total


def _standing(batch: Sequence[Item]) -> list[Document]:
    """The documents that are not taken back further on, as they are where an export holds all versions of an item."""
    taken_back = {item.url: number for number, item in enumerate(batch) if isinstance(item, Removed)}
    return [
        item
        for number, item in enumerate(batch)
        if isinstance(item, Document) and taken_back.get(item.url or "", -1) < number
    ]


async def _withdraw(taker: DocumentWriter, removed: Iterable[Removed]) -> None:
    for one in removed:
        if (standing := await taker.standing_at(one.url)) is not None:
            await taker.withdraw([standing], one.reason)
