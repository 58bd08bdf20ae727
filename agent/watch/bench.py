"""What the watch works with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from agent.analyst import Analyst
from agent.config import Settings
from agent.coverage.embedding.embed import EmbeddedTexts, Floors, Purpose
from agent.coverage.index.departed import Departed
from agent.coverage.index.entries import Arrived
from agent.coverage.search.found import Retrieved
from agent.coverage.search.later import ArticleQuery
from agent.models import Budget, Passage
from agent.storage.reports import Reports
from agent.watch.ledger import Ledger
from agent.watch.past_claims import PastClaims


class WatchedCoverage(Protocol):
    """What the watch needs of the coverage store. Raises `StoreError`, and `AnalystError` where it embeds."""

    @property
    def name(self) -> str: ...

    @property
    def embedder(self) -> str: ...

    @property
    def floors(self) -> Floors: ...

    async def arrived_since(self, seq: int, limit: int = ...) -> Sequence[Arrived]: ...

    async def departed(self, ids: Iterable[str]) -> dict[str, Departed]: ...

    async def passages(self, document_ids: Iterable[str]) -> dict[str, list[Passage]]: ...

    async def embed(
        self, texts: Sequence[str], budget: Budget, purpose: Purpose = Purpose.QUERY
    ) -> EmbeddedTexts: ...

    async def search_later(self, asked: Sequence[ArticleQuery]) -> list[Retrieved]: ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class WatchDeps:
    """`clock` tells the time, with its zone."""

    reports: Reports
    ledger: Ledger
    claims: PastClaims
    shelf: WatchedCoverage
    analyst: Analyst
    settings: Settings
    clock: Callable[[], datetime] = _now
