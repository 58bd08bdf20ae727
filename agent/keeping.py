"""What is noted of a run beside its steps: what coverage it searched, and the report that it ended in."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.analyst import Budget
from agent.coverage.catalogue import Arrived
from agent.coverage.found import Retrieved
from agent.errors import AnalystError, StoreError
from agent.models import Article, Claim, Report
from agent.nodes import Searcher
from agent.reports import Reports

_NEWEST = "newest_arrival"


class Arrivals(Protocol):
    async def arrived_since(self, seq: int, limit: int = ...) -> Sequence[Arrived]:
        """The documents that came after the one with this number, in the order of their coming."""


@dataclass(frozen=True)
class Keeping:
    """Keeps the reports of finished runs. Raises `StoreError` when they cannot be kept."""

    reports: Reports
    coverage: Arrivals

    async def begin(self, run_id: str) -> None:
        """Before a run searches: what comes later it cannot have seen. A second time changes nothing."""
        known = int(await asyncio.to_thread(self.reports.database.fact, _NEWEST) or 0)
        try:
            newest = await newest_arrival(self.coverage, known)
        except (AnalystError, StoreError):
            # The search that follows tells of it; to have seen less means only to look again later.
            newest = known
        await asyncio.to_thread(self._note, run_id, newest)

    def _note(self, run_id: str, newest: int) -> None:
        with self.reports.database.writing():
            self.reports.database.learn(**{_NEWEST: str(newest)})
            self.reports.begin(run_id, newest)

    async def keep(self, report: Report) -> None:
        """As version 1, once."""
        await asyncio.to_thread(self.reports.save, report)


@dataclass(frozen=True)
class NotedSearch:
    """A search that is noted before it begins."""

    inner: Searcher
    keeping: Keeping
    run_id: str

    def warm(self) -> None:
        self.inner.warm()

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        await self.keeping.begin(self.run_id)
        return await self.inner.search(article, claims, budget)


async def newest_arrival(coverage: Arrivals, known: int) -> int:
    """The number of the document that came last, looked for in steps that double and then in halves."""
    step = 1
    while found := await coverage.arrived_since(known + step - 1, 1):
        known, step = found[0].seq, step * 2
    while step > 1:
        step //= 2
        if found := await coverage.arrived_since(known + step - 1, 1):
            known = found[0].seq
    return known
