"""The desk of one key of a service: verifications are its jobs, reports are its own, its limits hold."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter

from agent.app import open_watch
from agent.chat.desk import AddedPage
from agent.chat.faults import RunFailed
from agent.chat.taking import correct_once, put, read_page_article, read_page_document, statement_article
from agent.config import Settings
from agent.coverage.found import Found
from agent.coverage.retrieve import Coverage
from agent.errors import AnalystError, UnknownRun
from agent.events import Event, RunFinished
from agent.fetch import Fetcher
from agent.jobs import Job, JobRequest, Jobs, JobState, UnknownJob
from agent.models import Article, FailureReason, Label, Report
from agent.storage.reports import Correction, Reports
from agent.watch.look import Looked

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
T = TypeVar("T")


class Purse(Protocol):
    """What the owners of keys may spend on tokens."""

    def left(self, key_id: str, /) -> int | None: ...

    def spend(self, key_id: str, tokens: int, /) -> None: ...


class Ask(Protocol):
    """Awaits something of the coverage store on the event loop that it lives on."""

    async def __call__(self, question: Coroutine[Any, Any, T], /) -> T: ...


@dataclass(frozen=True)
class Back:
    """What stands behind the desks of all keys."""

    jobs: Jobs
    reports: Reports
    coverage: Coverage
    ask: Ask
    fetcher: Fetcher
    purse: Purse
    settings: Settings


class ServiceDesk:
    """Implements `Desk`. `owner` is the id of a key, `who` signs its corrections."""

    def __init__(self, back: Back, owner: str, who: str) -> None:
        self._back = back
        self._owner = owner
        self._who = who

    async def verify(self, article: Article, *, key: str) -> AsyncIterator[Event]:
        await self._check_tokens()
        job = await self._back.jobs.enqueue(JobRequest(article=article), owner=self._owner, key=key)
        async for told in self._back.jobs.stream(job.id):
            # The last event tells the outcome in place of the report.
            if told.type != "run_finished":
                yield _EVENT.validate_python(json.loads(told.data) | {"type": told.type})
        yield RunFinished(report=await self._finished(job.id))

    async def _finished(self, job_id: str) -> Report:
        job = await self._back.jobs.get(job_id)
        if job.state is not JobState.SUCCEEDED:
            told = job.problem
            raise RunFailed(
                told.code if told else "run", told.message if told else f"the verification was {job.state}"
            )
        return await asyncio.to_thread(self._back.reports.get, job_id)

    async def read(self, url: str) -> Article:
        return await read_page_article(self._back.fetcher, url, self._back.settings.max_article_chars)

    async def report(self, run_id: str, version: int | None = None) -> Report:
        await self._own(run_id)
        return await asyncio.to_thread(self._back.reports.get, run_id, version)

    async def check(self, statement: str, language: str | None, *, key: str) -> Report:
        article = statement_article(statement, language, self._back.settings)
        async for event in self.verify(article, key=key):
            if isinstance(event, RunFinished):
                return event.report
        raise AssertionError("a run ended without a report or an error")

    async def search(self, query: str, limit: int) -> tuple[Found, ...]:
        return await self._back.ask(self._back.coverage.query(query, limit, by_origin=True))

    async def add(self, url: str) -> AddedPage:
        document = await read_page_document(self._back.fetcher, url)
        return await self._back.ask(put(self._back.coverage, document))

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        await self._own(run_id)
        await self._check_tokens()
        looked = await self._back.ask(_look(self._back.settings, self._back.coverage, run_id))
        if looked.usage.tokens:
            await asyncio.to_thread(self._back.purse.spend, self._owner, looked.usage.tokens)
        for missed in looked.missed:
            if missed.claim_id in claim_ids:
                raise AnalystError(missed.failure.reason, missed.failure.message)
        return await asyncio.to_thread(self._back.reports.get, run_id)

    async def correct(self, run_id: str, claim_id: str, label: Label, reason: str) -> Correction:
        await self._own(run_id)
        return await asyncio.to_thread(correct_once, self._back.reports, run_id, claim_id, label, reason, self._who)

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        await self._own(run_id)
        return tuple(await asyncio.to_thread(self._back.reports.corrections, run_id))

    async def _own(self, run_id: str) -> Job:
        """Somebody else's run looks like none at all."""
        try:
            job = await self._back.jobs.get(run_id)
        except UnknownJob as err:
            raise UnknownRun(f"there is no run {run_id!r}") from err
        if job.owner != self._owner:
            raise UnknownRun(f"there is no run {run_id!r}")
        return job

    async def _check_tokens(self) -> None:
        if await asyncio.to_thread(self._back.purse.left, self._owner) == 0:
            raise AnalystError(FailureReason.BUDGET, "the model tokens of this key are spent for today (UTC)")


async def _look(settings: Settings, coverage: Coverage, run_id: str) -> Looked:
    async with open_watch(settings, coverage) as watch:
        return await watch.look(run_id=run_id)


class KeyPurse:
    """What one key may still spend: what the model that listens asks for."""

    def __init__(self, purse: Purse, owner: str) -> None:
        self._purse = purse
        self._owner = owner

    def left(self) -> int | None:
        return self._purse.left(self._owner)

    def spend(self, tokens: int) -> None:
        self._purse.spend(self._owner, tokens)
