"""Taking coverage from the web: some pages at a time, each batch kept before it is told."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import Protocol, TypeVar

from agent.coverage.index.address import page_key
from agent.coverage.index.filling import FillOutcome
from agent.coverage.intake.entries import Entry, Listing
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.coverage.intake.metadata import Caution, Rejection, Removed
from agent.coverage.web.fetch_log import Fetches, FetchRecord, now
from agent.coverage.web.sources import EntryFilter, Source, SourceReader
from agent.coverage.web.visiting import PageReader, PageVisit
from agent.fetch.fetched import Validators
from agent.models import Document

# Pages on their way at once: the fetcher decides how many hosts are really asked.
_PENDING = 16
_SOURCES = 8
_BATCH = 32
_BATCH_SECONDS = 15.0

J = TypeVar("J")
R = TypeVar("R")
T = TypeVar("T")


class DocumentSink(Protocol):
    """Where documents are put, as they were just seen at their addresses."""

    async def add(self, documents: Sequence[Document]) -> FillOutcome: ...

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]: ...

    def page(self, url: str) -> Document | None: ...


@dataclass(frozen=True)
class FetchTarget:
    """An address to take from; what it is, where that is known, and how its last answer was called."""

    url: str
    kind: FileKind | None = None
    validators: Validators | None = None


@dataclass
class IntakeOutcome:
    """`whole` holds the sources of which every page was either had or never will be."""

    total: Ingested = field(default_factory=Ingested)
    sources: list[Source] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)


OnIngested = Callable[[Ingested], None]


class WebIntake:
    """Takes what some addresses lead to and puts it on a shelf."""

    def __init__(
        self,
        sources: SourceReader,
        visitor: PageReader,
        shelf: DocumentSink,
        fetches: Fetches,
        choice: EntryFilter,
        *,
        withdraw_gone: bool = False,
        tell: OnIngested = lambda _: None,
    ) -> None:
        self._sources = sources
        self._visitor = visitor
        self._shelf = shelf
        self._fetches = fetches
        self._choice = choice
        self._withdraw_gone = withdraw_gone
        self._tell_sum = tell
        self._taken = IntakeOutcome()
        self._batch: list[tuple[Source, PageVisit]] = []
        self._kept_at = time.monotonic()

    async def take(self, wishes: Sequence[FetchTarget]) -> IntakeOutcome:
        """Everything that was told to `tell` as added stands on the shelf, whatever happens afterwards."""
        await _each(wishes, _SOURCES, self._look, self._have_looked)
        jobs = list(_in_turns([self._jobs(source) for source in self._taken.sources]))
        self._tell(Ingested(listed=len(jobs)))
        await _each(jobs, _PENDING, self._visit, self._have_visited)
        await self._keep()
        self._fetches.note(
            [FetchRecord(url=one.url, looked_at=now()) for one in self._taken.sources if one.listing is not None]
        )
        return self._taken

    async def _look(self, wish: FetchTarget) -> Source:
        return await self._sources.look(wish.url, wish.kind, wish.validators)

    async def _visit(self, job: "_Job") -> PageVisit:
        return await self._visitor.visit(job.entry, job.source.listing)

    async def _have_looked(self, _: FetchTarget, source: Source) -> None:
        self._note(source)
        if source.visit is not None:
            await self._have_visited(_Job(source, Entry(url=source.url)), source.visit)

    async def _have_visited(self, job: "_Job", visit: PageVisit) -> None:
        self._batch.append((job.source, visit))
        self._tell(Ingested(visited=1))
        if len(self._batch) >= _BATCH or time.monotonic() - self._kept_at > _BATCH_SECONDS:
            await self._keep()

    def _note(self, source: Source) -> None:
        self._taken.sources.append(source)
        self._taken.whole.add(source.url)
        rejected: list[Rejection] = []
        cautions: list[Caution] = []
        older = 0
        if source.error is not None:
            self._taken.whole.discard(source.url)
            rejected.append(Rejection(path=source.url, reason=source.error, code=source.code))
        if source.listing is not None:
            rejected += source.listing.rejected
            older = source.listing.older
            if source.listing.flaw is not None:
                cautions.append(Caution(path=source.url, reason=source.listing.flaw))
            if source.listing.maps_over:
                note = f"{source.listing.maps_over:,} further sitemaps are left out, the newest were read"
                cautions.append(Caution(path=source.url, reason=note))
            if source.listing.over:
                note = f"{source.listing.over:,} entries over the limit of {self._choice.limit:,} are left out"
                cautions.append(Caution(path=source.url, reason=note))
        self._tell(Ingested(rejected=tuple(rejected), cautions=tuple(cautions), older=older))

    def _jobs(self, source: Source) -> "list[_Job]":
        if source.listing is None:
            return []
        left_alone = self._left_alone(source.listing)
        self._tell(Ingested(unchanged=sum(look.standing for look in left_alone.values())))
        return [_Job(source, entry) for entry in source.listing.entries if entry.url not in left_alone]

    def _left_alone(self, listing: Listing) -> dict[str, FetchRecord]:
        if self._choice.recheck is None:
            return {}
        fields = {entry.url: entry.updated for entry in listing.entries if entry.url}
        looks = self._fetches.known(fields)
        recent = datetime.now(UTC) - self._choice.recheck
        return {url: look for url, look in looks.items() if look.looked_at > recent and look.told == fields[url]}

    async def _keep(self) -> None:
        """Adds, then notes the looks: in this order a kill costs one more question and no document."""
        batch, self._batch, self._kept_at = self._batch, [], time.monotonic()
        if not batch:
            return
        visits = [visit for _, visit in batch]
        items = [item for visit in visits for item in visit.items]
        added = await self._shelf.add(documents) if (documents := _only(items, Document)) else FillOutcome()
        removed = _only(items, Removed)
        if self._withdraw_gone:
            for one in removed:
                await self._withdraw(one)
        self._fetches.note([visit.look for visit in visits if visit.look is not None])
        self._taken.whole -= {source.url for source, visit in batch if visit.again}
        self._tell(
            Ingested(
                added=added.added,
                updated=added.updated,
                unchanged=added.unchanged + sum(visit.unchanged for visit in visits),
                withdrawn=added.withdrawn + sum(visit.withdrawn for visit in visits),
                older=sum(visit.older for visit in visits),
                removed=tuple(removed),
                rejected=tuple(_only(items, Rejection)),
                cautions=tuple(_only(items, Caution)),
            )
        )

    async def _withdraw(self, one: Removed) -> None:
        if (standing := self._shelf.page(one.url)) is not None:
            await self._shelf.withdraw([standing.id], one.reason)

    def _tell(self, more: Ingested) -> None:
        self._taken.total += more
        self._tell_sum(self._taken.total)


@dataclass(frozen=True)
class _Job:
    source: Source
    entry: Entry


def _in_turns(queues: Sequence[Sequence[_Job]]) -> Iterator[_Job]:
    """One of each source after the other, so that no host has the whole queue; each page once."""
    seen: set[str] = set()
    for some in zip_longest(*queues):
        for job in some:
            if job is None:
                continue
            key = page_key(job.entry.url) or f"{job.source.url}\n{job.entry.content}"
            if key not in seen:
                seen.add(key)
                yield job


def _only(items: Sequence[object], kind: type[T]) -> list[T]:
    return [item for item in items if isinstance(item, kind)]


async def _each(
    jobs: Iterable[J], at_once: int, work: Callable[[J], Awaitable[R]], done: Callable[[J, R], Awaitable[None]]
) -> None:
    """Works on some jobs at a time, and tells `done` of each as it ends. The first error ends them all."""

    async def one(job: J) -> tuple[J, R]:
        return job, await work(job)

    waiting = iter(jobs)
    running: set[asyncio.Task[tuple[J, R]]] = set()
    try:
        while True:
            running |= {asyncio.create_task(one(job)) for job in islice(waiting, at_once - len(running))}
            if not running:
                return
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                await done(*task.result())
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
