"""What a door can have done for whoever stands before it. Only code asks for it, never a text from outside."""

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
    """What became of a page that was added as coverage. `known`: it had been there before, as it is."""

    document: Document
    known: bool


class Put(FillOutcome):
    """What became of documents. `known` are the ids of those that had been there before."""

    known: frozenset[str] = frozenset()


class SearchResult(Frozen):
    """Passages, the best first. `documents` is how many there are in all; `uncompared` counts by language those that
    the embedder cannot compare with what was asked."""

    passages: tuple[SearchHit, ...]
    documents: int
    uncompared: dict[str, int] = Field(default_factory=dict)


class History(Frozen):
    """What became of a report, first to last."""

    versions: tuple[Version, ...]
    changes: tuple[Recorded, ...]
    corrections: tuple[Correction, ...]
    edits: tuple[ClaimEdit, ...] = ()


class Addresses(Frozen):
    """What is to be taken from the web. `kind` is what all of the addresses are, where that is known; `limit` and
    `since` bound what is taken of each feed. With `every`, in seconds, feeds and sitemaps are followed."""

    urls: tuple[str, ...]
    kind: FileKind | None = None
    limit: int = 500
    since: date | None = None
    withdraw_gone: bool = False
    every: int | None = None


class TakenSource(Frozen):
    """One address that was taken from: whether it is followed now, or why it could not be read."""

    url: str
    is_followed: bool = False
    error: str | None = None


class TakenAddresses(Frozen):
    total: Ingested
    sources: tuple[TakenSource, ...]


# Gets the sum of what came of adding so far.
TellSum = Callable[[Ingested], None]


class Workspace(Protocol):
    """Local in this process, served by the jobs of a service, or remote at a server that runs. Raises `IsnadError`s.

    What belongs to somebody else raises the same `NotFound` as what is not there.
    """

    @property
    def max_article_chars(self) -> int:
        """Articles with more characters are not verified."""

    def need(self, *scopes: Scope) -> None:
        """Raises `NotAllowed` when the caller has none of these scopes."""

    def sentence(self, err: IsnadError, language: str = "en") -> str:
        """What the caller is told of an error, in their language where there are words for it: what an error says of
        hosts, users and folders is for whoever sits at the machine."""

    def verify(
        self, article: Article, *, key: str | None = None, gather: GatherOptions | None = None
    ) -> AsyncGenerator[Event, None]:
        """What happens, as it happens; the last event carries the report. With `gather`, coverage of the article is
        looked for before.

        The same key gives the same run, taken up where it is, also after a kill. Without one it is a new run. When
        nobody listens to it any more, it stops here and can be resumed; a job of a service is stopped for good; and
        at a server that runs it goes on.
        """

    def resume(self, run_id: str) -> AsyncGenerator[Event, None]:
        """A run that was begun, followed to its end; `last` names the latest."""

    async def read(self, url: str) -> Article:
        """The article at an address."""

    async def report(self, run_id: str, version: int | None = None) -> Report:
        """The latest version when none is named."""

    async def reports(self, limit: int | None = None) -> tuple[Version, ...]:
        """The latest version of every report, the run that ended last in front."""

    async def history(self, run_id: str) -> History:
        """The versions of a report, and what changed in each."""

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        """What people said is wrong in a report, first to last."""

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
        """A person's word beside the label that was given; the same word a second time is the one that is there.

        The caller signs it where nobody is named.
        """

    async def publish(
        self, run_id: str, claim_id: str, signed: SignedRating, version: int | None = None
    ) -> Publication:
        """A claim's review as a person publishes it, under their name. Nothing is sent anywhere, and nothing is kept.
        Raises `BadInput` where no person is named."""

    async def edit(
        self, run_id: str, request: EditRequest, *, who: str | None = None, version: int | None = None
    ) -> Report:
        """The next version of a report, in which a person changed which claims it makes; what comes of that is
        checked again alone. See `ClaimEditor.edit`. The caller signs it where nobody is named."""

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        """The claims of a report judged anew against the coverage as it is now: its newest version."""

    async def gather(
        self, run_id: str, claim_ids: tuple[str, ...], options: GatherOptions, tell: TellGathering
    ) -> Gathering:
        """Looks for coverage of some claims of a report, of all where none is named, and adds it. The report stays as
        it is: `recheck` judges its claims anew."""

    async def sources(self) -> tuple[str, ...]:
        """The sources of coverage that are switched on."""

    async def watch(self, tell: Tell) -> WatchOutcome:
        """One look at what came since the last one; see `Watch.look`."""

    async def search(self, query: str, limit: int, *, by_origin: bool = True) -> SearchResult:
        """The passages nearest to a text. Documents take turns, or origins."""

    async def add_page(self, url: str) -> AddedPage:
        """Fetches a page and adds it to the coverage."""

    async def add(self, documents: Sequence[Document], *, standing: bool = False) -> Put:
        """Adds documents; `standing` ones were just seen at their addresses."""

    async def take(self, addresses: Addresses, tell: TellSum) -> TakenAddresses:
        """Adds what pages, feeds and sitemaps hold, and follows them if that is asked for. What a host does wrong is
        told as rejected and stops nothing else."""

    async def follow(self, url: str, every: int) -> Followed:
        """Follows a feed or sitemap, looked at every so many seconds; what it lists is read at its next look.
        Raises `BadInput` where there is none."""

    async def followed(self) -> tuple[Followed, ...]:
        """The feeds and sitemaps that are looked at again and again."""

    async def unfollow(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Ends following some, and gives those that were followed; their documents stay."""

    async def listing(self, wanted: ListingFilter = EVERYTHING) -> tuple[DocumentListing, ...]:
        """The documents, oldest addition first; those that are only kept come last."""

    async def document(self, name: str) -> StoredDocument:
        """The document of this id, or the only one whose id begins so."""

    async def standing_at(self, url: str) -> str | None:
        """The id of the document that stands at an address now."""

    async def withdraw(self, ids: Sequence[str], reason: str) -> tuple[str, ...]:
        """Puts documents out of search and gives the ids of those that were in it."""

    async def restore(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Puts withdrawn documents back into search and gives their ids."""

    async def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Takes documents out and gives the ids of those that were there."""

    async def stats(self) -> Stats:
        """How much coverage there is, and what compares it."""
