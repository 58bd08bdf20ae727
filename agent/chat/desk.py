"""What a chat can have done for it. Only code asks for it, never a text from outside."""

from collections.abc import AsyncIterator
from typing import Protocol

from agent.coverage.found import Found
from agent.events import Event
from agent.models import Article, Document, Frozen, Label, Report
from agent.storage.reports import Correction


class AddedPage(Frozen):
    """What became of a page that was added as coverage. `known`: it had been there before, as it is."""

    document: Document
    known: bool


class Desk(Protocol):
    """Two stand behind it: the verifier of this process, or the jobs of a service. Raises `IsnadError`s.

    Reports of other owners raise `UnknownRun`.
    """

    def verify(self, article: Article, *, key: str) -> AsyncIterator[Event]:
        """A verification; the same key gives the same run, taken up where it is, also after a kill."""

    async def read(self, url: str) -> Article:
        """The article at an address."""

    async def report(self, run_id: str, version: int | None = None) -> Report:
        """The latest version when none is named."""

    async def check(self, statement: str, language: str | None, *, key: str) -> Report:
        """One statement, verified like an article; the same key gives the same run."""

    async def search(self, query: str, limit: int) -> tuple[Found, ...]: ...

    async def add(self, url: str) -> AddedPage:
        """Fetches a page and adds it to the coverage."""

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        """The claims of a report judged anew against the coverage as it is now: its newest version."""

    async def correct(self, run_id: str, claim_id: str, label: Label, reason: str) -> Correction:
        """A person's word beside the label that was given; the same word a second time is the one that is there."""

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        """What people said is wrong in a report, first to last."""
