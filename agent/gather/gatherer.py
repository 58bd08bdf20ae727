"""Gathering as a whole: queries are made, sources asked, and what they name is fetched and put into the store."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from agent.budget import RunBudget
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.coverage.intake.metadata import Rejection
from agent.coverage.web.fetch_log import Fetches
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import DocumentSink, FetchTarget
from agent.coverage.web.web import Web
from agent.events import AskedSource, Gathering
from agent.fetch import Fetcher
from agent.gather.asking import Sleep, SourceAnswer, ask_all
from agent.gather.bounded import BoundedFetcher
from agent.gather.choosing import ChosenHits, choose_hits, remember_not_had
from agent.gather.options import GatherOptions, TellGathering
from agent.gather.plan import days_of, questions_for
from agent.gather.queries import Subject, setting_of
from agent.gather.query_maker import QueryMaker, with_claims
from agent.gather.source import NewsSource
from agent.gather.switches import chosen_sources
from agent.models import Budget, Frozen
from agent.storage import Database

# Of the time that there is, so much goes into asking; the rest is for fetching.
_ASKING_SHARE = 0.5
_MOST_REMARKS = 50
_MOST_TOKENS = 20_000
_PASSWORD = re.compile(r"(?<=//)[^/?#]*@")


class GatherBounds(Frozen):
    """How much is done for one article: `megabytes` are those of all pages, `window_days` those around the event."""

    pages: int
    queries: int
    megabytes: int
    window_days: int
    seconds: float = 180

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The bounds that the settings name."""
        return cls(
            pages=settings.gather_pages,
            queries=settings.gather_queries,
            megabytes=settings.gather_max_mb,
            window_days=settings.window_days,
        )


@dataclass(frozen=True)
class GatherDeps:
    """What gathering works with. `sites` are those that are trusted."""

    sources: Sequence[NewsSource]
    maker: QueryMaker
    fetcher: Fetcher
    database: Database
    sink: DocumentSink
    sites: Sequence[str]
    bounds: GatherBounds
    settings: Settings
    sleep: Sleep = asyncio.sleep


class Gatherer:
    """Opened with `open_gatherer`."""

    def __init__(self, deps: GatherDeps) -> None:
        self._deps = deps

    async def gather(
        self, subject: Subject, options: GatherOptions, tell: TellGathering, tokens: int | None = None
    ) -> Gathering:
        """What came of it; `tell` gets each state on the way and this one last. What sources and hosts do wrong is
        told and stops nothing else. `tokens` is what a model may take at most.

        Raises `NoSource` where there is nobody to ask, `StoreError`, `AnalystError` where embedding fails.
        """
        most = _MOST_TOKENS if tokens is None else min(tokens, _MOST_TOKENS)
        return await _Run(self._deps, subject, options, tell, RunBudget(most)).done()


class _Run:
    def __init__(
        self, deps: GatherDeps, subject: Subject, options: GatherOptions, tell: TellGathering, budget: Budget
    ) -> None:
        self._deps = deps
        self._budget = budget
        self._subject = subject
        self._sources = chosen_sources(deps.sources, options.sources)
        self._limit = min(options.limit or deps.bounds.pages, deps.bounds.pages)
        self._tell = tell
        self._standing = Gathering(sources=tuple(AskedSource(name=source.name) for source in self._sources))
        self._began = time.monotonic()
        self._notes: list[str] = []

    async def done(self) -> Gathering:
        answers = await self._asked()
        chosen = self._chosen(answers)
        remarks = [*self._notes, *(f"{one.source.name}: {one.trouble}" for one in answers if one.trouble)]
        remarks += await self._fetched(chosen)
        self._now(done=True, remarks=tuple(remarks[:_MOST_REMARKS]))
        return self._standing

    async def _asked(self) -> list[SourceAnswer]:
        deps = self._deps
        self._tell(self._standing)
        subject = await with_claims(self._subject)
        setting = await asyncio.to_thread(setting_of, subject)
        made = await deps.maker.make(self._subject, setting, deps.bounds.queries, self._budget)
        self._notes += [made.note] if made.note else []
        self._now(queries=tuple(" ".join(query.words) for query in made.queries), usage=made.usage)
        days = days_of(subject, deps.bounds.window_days)
        asked = [
            (source, questions_for(source.limits, made.queries, setting, days, deps.sites))
            for source in self._sources
        ]
        return await ask_all(asked, deps.bounds.seconds * _ASKING_SHARE, self._tell_answers, deps.sleep)

    def _tell_answers(self, answers: Sequence[SourceAnswer]) -> None:
        items = tuple(
            AskedSource(name=one.source.name, answered=one.asked, found=one.found, trouble=one.trouble)
            for one in answers
        )
        self._now(sources=items, found=sum(one.found for one in answers))

    def _chosen(self, answers: Sequence[SourceAnswer]) -> ChosenHits:
        database = self._deps.database
        chosen = choose_hits(answers, self._subject.article, Catalogue(database), Fetches(database), self._limit)
        self._now(found=chosen.found, new=chosen.new)
        return chosen

    async def _fetched(self, chosen: ChosenHits) -> list[str]:
        """Why pages were not added, and which hits were not gone to."""
        remarks = _left(chosen)
        if not chosen.hits:
            return remarks
        deps = self._deps
        left = max(1.0, deps.bounds.seconds - (time.monotonic() - self._began))
        bounded = BoundedFetcher(deps.fetcher, seconds=left, megabytes=deps.bounds.megabytes)

        def tell_sum(sum_: Ingested) -> None:
            self._now(
                fetched=bounded.fetched,
                added=sum_.added,
                robots=len(bounded.kept_out),
                refused=len(bounded.refused),
                failed=len(bounded.failed),
            )

        targets = [FetchTarget(hit.url, FileKind.PAGE) for hit in chosen.hits if hit.url is not None]
        taken = await Web(bounded, deps.database, deps.sink, deps.settings).take(
            targets, EntryFilter(), tell=tell_sum
        )
        remember_not_had(Fetches(deps.database), bounded.kept_out | bounded.refused, bounded.failed)
        tell_sum(taken.total)
        return [*remarks, *map(_remark, taken.total.rejected)]

    def _now(self, **changed: object) -> None:
        after = self._standing.model_copy(update=changed)
        if after != self._standing:
            self._standing = after
            self._tell(after)


def _remark(one: Rejection) -> str:
    """With the address, unless the reason names it; without the password that one may carry."""
    bare = _PASSWORD.sub("", one.path)
    return one.reason if "://" in one.reason else f"{bare}: {one.reason}"


def _left(chosen: ChosenHits) -> list[str]:
    remarks = []
    if chosen.over:
        remarks.append(f"{chosen.over:,} further new pages are left out: no more than {len(chosen.hits):,} at once")
    if chosen.hidden:
        remarks.append(f"{chosen.hidden:,} reports were named without their address")
    return remarks
