"""What the tools work with: all that one caller may use and see."""

from collections.abc import AsyncGenerator
from contextvars import ContextVar
from typing import Protocol

from agent.chat.desk import AddedPage
from agent.coverage.found import Found
from agent.errors import IsnadError
from agent.events import Event
from agent.models import Article, Counts, Frozen, Report
from agent.storage.keys import Scope


class NotAllowed(IsnadError):
    """The key of the caller does not reach so far."""


class ReportCard(Frozen):
    """One line of a listing."""

    run_id: str
    title: str | None
    url: str | None
    counts: Counts


class Room(Protocol):
    """Reports of others look like none at all. Raises `IsnadError`s."""

    @property
    def max_article_chars(self) -> int: ...

    def check(self, *scopes: Scope) -> None:
        """Raises `NotAllowed` when the caller has none of these scopes."""

    def verify(self, article: Article) -> AsyncGenerator[Event, None]:
        """A new run; whoever stops listening stops it."""

    async def read(self, url: str) -> Article:
        """The article at an address."""

    async def report(self, run_id: str) -> Report:
        """The latest version."""

    async def reports(self, limit: int) -> tuple[ReportCard, ...]:
        """The latest first."""

    async def search(self, query: str, limit: int) -> tuple[Found, ...]: ...

    async def add(self, url: str) -> AddedPage:
        """Fetches a page and adds it to the coverage."""

    def told(self, err: IsnadError) -> str:
        """What the caller is told of an error."""


# Whose message is being answered.
entered: ContextVar[Room] = ContextVar("room")


def room(*scopes: Scope) -> Room:
    """The room of the caller, who has one of these scopes; raises `NotAllowed`."""
    mine = entered.get()
    mine.check(*scopes)
    return mine
