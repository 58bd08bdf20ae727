"""Keeps what belongs to a run beside its steps: which coverage it searched, and its report."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Protocol

from agent.coverage.search.found import Retrieved
from agent.errors import StoreError
from agent.models import Article, Budget, Claim, Report
from agent.storage.reports import Reports
from agent.verify.nodes import Searcher


class Arrivals(Protocol):
    @property
    def name(self) -> str:
        """What tells a coverage store from any other."""

    async def newest(self) -> int:
        """The number of the document that came last; raises `StoreError`."""


@dataclass(frozen=True)
class ReportKeeper:
    """Keeps the reports of finished runs. Raises `StoreError` where that fails."""

    reports: Reports
    coverage: Arrivals
    # Open while the report of a run is kept: who does jobs may have lost the right to, or somebody deleted the job.
    allowed: Callable[[str], AbstractContextManager[object]] = nullcontext

    async def begin(self, run_id: str) -> None:
        """Notes, before a run searches, which documents it can see. A second time changes nothing."""
        name, newest = None, 0
        # When it fails, the search that follows tells of it: to have seen nothing means only to look again later.
        with suppress(StoreError):
            newest, name = await self.coverage.newest(), self.coverage.name
        await asyncio.to_thread(self.reports.begin, run_id, newest, name)

    async def keep(self, report: Report) -> None:
        """Keeps the report as version 1, once."""

        def save() -> None:
            with self.allowed(report.run_id):
                self.reports.save(report)

        await asyncio.to_thread(save)


@dataclass(frozen=True)
class NotedSearch:
    """A search that is noted before it begins."""

    inner: Searcher
    keeping: ReportKeeper
    run_id: str

    def warm(self) -> None:
        self.inner.warm()

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        await self.keeping.begin(self.run_id)
        return await self.inner.search(article, claims, budget)
