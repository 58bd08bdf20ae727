"""Adding files and folders to the store."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from agent.coverage.reading import read_coverage
from agent.coverage.retrieve import Coverage
from agent.coverage.told import Caution, Rejection
from agent.models import Document, Frozen

_AT_ONCE = 256


class Ingested(Frozen):
    """`unchanged` were there already. `rejected` were not added; `cautions` were added, but for a part of them."""

    added: int = 0
    unchanged: int = 0
    rejected: tuple[Rejection, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def __add__(self, other: "Ingested") -> "Ingested":
        return Ingested(
            added=self.added + other.added,
            unchanged=self.unchanged + other.unchanged,
            rejected=self.rejected + other.rejected,
            cautions=self.cautions + other.cautions,
        )


Progress = Callable[[Ingested], None]


def silent(_: Ingested) -> None: ...


async def ingest(coverage: Coverage, paths: Iterable[Path], progress: Progress = silent) -> Ingested:
    """Adds what the files hold; `progress` is told the sum so far after every batch.

    What was told as added stays added, whatever happens to the rest.
    """
    total = Ingested()
    items = read_coverage(paths)
    while batch := await asyncio.to_thread(lambda: list(islice(items, _AT_ONCE))):
        added = await coverage.add([item for item in batch if isinstance(item, Document)])
        total += Ingested(
            added=added.added,
            unchanged=added.unchanged,
            rejected=tuple(item for item in batch if isinstance(item, Rejection)),
            cautions=tuple(item for item in batch if isinstance(item, Caution)),
        )
        progress(total)
    return total
