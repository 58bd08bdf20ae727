"""The interface between the doors and the work: what a caller can have done. Only code calls it, never a text from
outside."""

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import date
from typing import Protocol

from pydantic import Field

from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.filling import FillOutcome
from agent.coverage.index.listing import EVERYTHING, ListingFilter
from agent.coverage.index.stored import StoredDocument
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.coverage.search.found import SearchHit, Stats
from agent.coverage.web.followed import Followed
from agent.errors import IsnadError
from agent.events import Event, Gathering
from agent.gather.options import GatherOptions, TellGathering
from agent.models import Article, ClaimEdit, Document, EditRequest, Frozen, Label, Report
from agent.service.publication import Publication, SignedRating
from agent.storage.keys import Scope
from agent.storage.reports import Correction, Recorded, Version
from agent.watch.look import WatchOutcome

# Gets every change of a report as soon as it is stored.
Tell = Callable[[Recorded], None]


class AddedPage(Frozen):
    """What became of a page that was added to the coverage. `known`: it was in the store before, as it is now."""

    document: Document
    known: bool


class AddOutcome(FillOutcome):
    """What became of documents that were added. `known` are the ids of those that were in the store before."""

    known: frozenset[str] = frozenset()


class SearchResult(Frozen):
    """The passages that a search found, the best first. `documents` is how many documents the store holds;
    `uncompared` counts, by language, those that the embedder cannot compare with the query."""

    passages: tuple[SearchHit, ...]
    documents: int
    uncompared: dict[str, int] = Field(default_factory=dict)


class History(Frozen):
    """The versions of a report and what became of it, the oldest first."""

    versions: tuple[Version, ...]
    changes: tuple[Recorded, ...]
    corrections: tuple[Correction, ...]
    edits: tuple[ClaimEdit, ...] = ()


class Addresses(Frozen):
    """Addresses to take coverage from. `kind` is what all of them are, where that is known. `limit` and `since` bound
    what is taken of each feed. With `every`, a number of seconds, feeds and sitemaps are followed."""

    urls: tuple[str, ...]
    kind: FileKind | None = None
    limit: int = 500
    since: date | None = None
    withdraw_gone: bool = False
    every: int | None = None


class TakenSource(Frozen):
    """What became of one address: whether it is followed now, or why it could not be read."""

    url: str
    is_followed: bool = False
    error: str | None = None


class TakenAddresses(Frozen):
    total: Ingested
    sources: tuple[TakenSource, ...]


# Gets the sum of what came of adding so far.
TellSum = Callable[[Ingested], None]


class Workspace(Protocol):
    """What one caller can have done. There are three: in this process, by the jobs of a service, and by a server that
    runs. Every method raises an `IsnadError`.

    A report or a document of somebody else raises the same `NotFound` as one that does not exist.
    """

    @property
    def max_article_chars(self) -> int:
        """Articles with more characters are not verified."""

    def need(self, *scopes: Scope) -> None:
        """Raises `NotAllowed` unless the caller has one of these scopes."""

    def sentence(self, err: IsnadError, language: str = "en") -> str:
        """An error as the caller may read it, in their language where there is a message for it. What an error says
        of hosts, users and folders is shown at this machine only."""

    def verify(
        self, article: Article, *, key: str | None = None, gather: GatherOptions | None = None
    ) -> AsyncGenerator[Event, None]:
        """Verifies an article. Yields events as they happen; the last one carries the report. With `gather`, coverage
        of the article is searched for first.

        The same `key` gives the same run, which goes on where it is, also after a kill; without a key the run is a
        new one. When nobody reads the events any more, a run in this process stops and can be resumed, a job of a
        service is cancelled, and a run at a server goes on.
        """

    def resume(self, run_id: str) -> AsyncGenerator[Event, None]:
        """Follows a run that was begun to its end, and yields its events. `last` names the latest run."""

    async def read(self, url: str) -> Article:
        """Fetches the article at an address."""

    async def report(self, run_id: str, version: int | None = None) -> Report:
        """The report of a run: the version that is named, or the latest."""

    async def reports(self, limit: int | None = None) -> tuple[Version, ...]:
        """The latest version of every report, the most recent run first."""

    async def history(self, run_id: str) -> History:
        """The versions of a report, and what changed in each."""

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        """What people said is wrong in a report, the oldest first."""

    async def correct(
        self,
        run_id: str,
        claim_id: str,
        label: Label,
        reason: str,
        *,
        who: str | None = None,
        version: int | None = None,
    ) -> Correction:
        """Keeps a person's word that a label is wrong, beside that label. The same correction a second time returns
        the first one.

        It is signed with the caller's name where nobody is named.
        """

    async def publish(
        self, run_id: str, claim_id: str, signed: SignedRating, version: int | None = None
    ) -> Publication:
        """The review of a claim in the form in which a person publishes it, under their name. Nothing is sent and
        nothing is kept. Raises `BadInput` where no person is named."""

    async def edit(
        self, run_id: str, request: EditRequest, *, who: str | None = None, version: int | None = None
    ) -> Report:
        """Changes the claims of a report, and returns its next version, for which only the changed claims are checked
        again. See `ClaimEditor.edit`. It is signed with the caller's name where nobody is named."""

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        """Judges the claims of a report anew against the coverage as it is now, and returns its latest version."""

    async def gather(
        self, run_id: str, claim_ids: tuple[str, ...], options: GatherOptions, tell: TellGathering
    ) -> Gathering:
        """Searches for coverage of some claims of a report, or of all, and adds it to the store. The report stays as
        it is: `recheck` judges its claims anew."""

    async def sources(self) -> tuple[str, ...]:
        """The sources of coverage that are switched on."""

    async def watch(self, tell: Tell) -> WatchOutcome:
        """Judges earlier claims anew that are touched by what came since the last time. See `Watch.look`."""

    async def search(self, query: str, limit: int, *, by_origin: bool = True) -> SearchResult:
        """The passages that are nearest to a text, the best first. The best passage of each document, or with
        `by_origin` of each origin, comes before the second one of any."""

    async def add_page(self, url: str) -> AddedPage:
        """Fetches a page and adds it to the coverage."""

    async def add(self, documents: Sequence[Document], *, standing: bool = False) -> AddOutcome:
        """Adds documents to the coverage. `standing`: they were fetched from their addresses just now."""

    async def take(self, addresses: Addresses, tell: TellSum) -> TakenAddresses:
        """Adds what pages, feeds and sitemaps hold, and follows them if that is asked for. What a host does wrong is
        reported as a rejection, and the others go on."""

    async def follow(self, url: str, every: int) -> Followed:
        """Follows a feed or a sitemap: it is read every so many seconds from now on. Raises `BadInput` where there is
        none."""

    async def followed(self) -> tuple[Followed, ...]:
        """The feeds and sitemaps that are followed."""

    async def unfollow(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Stops following some feeds and sitemaps and returns those that were followed. Their documents stay."""

    async def listing(self, wanted: ListingFilter = EVERYTHING) -> tuple[DocumentListing, ...]:
        """The documents of the store, in the order in which they were added. Those that are kept and not searched
        come last."""

    async def document(self, name: str) -> StoredDocument:
        """The document of this id, or the only one whose id begins with it."""

    async def standing_at(self, url: str) -> str | None:
        """The id of the current document of an address."""

    async def withdraw(self, ids: Sequence[str], reason: str) -> tuple[str, ...]:
        """Takes documents out of the search and returns the ids of those that were in it. They are kept."""

    async def restore(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Puts withdrawn documents back into the search and returns their ids."""

    async def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Deletes documents and returns the ids of those that existed."""

    async def stats(self) -> Stats:
        """How much coverage the store holds, and which embedder compares it."""
