"""What stands behind the workspaces of all callers of a service."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.fetch import Fetcher
from agent.jobs import Jobs
from agent.jobs.forgetting import Retention
from agent.service.budget import KeyBudgets
from agent.service.followers import Followers
from agent.storage.reports import Reports

T = TypeVar("T")


class Ask(Protocol):
    """Awaits something of the coverage store on the event loop that it lives on."""

    async def __call__(self, question: Coroutine[Any, Any, T], /) -> T: ...


@dataclass(frozen=True)
class Backend:
    """It is open for as long as the workspaces are."""

    settings: Settings
    jobs: Jobs
    forgetting: Retention
    held_reports: Reports
    held_coverage: Coverage
    ask_there: Ask
    held_fetcher: Fetcher
    budget: KeyBudgets
    followers: Followers

    async def coverage(self, *, any_embedder: bool = False) -> Coverage:
        return self.held_coverage

    async def reports(self) -> Reports:
        return self.held_reports

    async def fetcher(self) -> Fetcher:
        return self.held_fetcher

    async def ask(self, question: Coroutine[Any, Any, T], /) -> T:
        return await self.ask_there(question)
