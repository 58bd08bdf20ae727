"""The room of one caller of the service: its own jobs and reports, and the coverage of all."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

from pydantic import TypeAdapter

from agent.chat.desk import AddedPage
from agent.chat.faults import RunFailed
from agent.chat.taking import put, read_page_article, read_page_document
from agent.coverage.found import Found
from agent.doors.api.access import Caller
from agent.doors.api.problems import Refused, refusal_of
from agent.doors.api.service import Service
from agent.doors.api.verifications import check_tokens
from agent.doors.mcp.room import NotAllowed, ReportCard
from agent.errors import AnalystError, FetchError, IsnadError, UnknownRun
from agent.events import Event, RunFinished
from agent.jobs import Job, JobRequest, JobState, UnknownJob
from agent.models import Article, Counts, Report
from agent.storage.keys import Scope

_EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
_log = logging.getLogger("isnad.mcp")


class ServedRoom:
    """Implements `Room`."""

    def __init__(self, service: Service, caller: Caller) -> None:
        self._service = service
        self._caller = caller

    @property
    def max_article_chars(self) -> int:
        return self._service.settings.max_article_chars

    def check(self, *scopes: Scope) -> None:
        if not self._caller.may(*scopes):
            raise NotAllowed(f"this needs a key with the scope {' or '.join(scopes)}")

    async def verify(self, article: Article) -> AsyncGenerator[Event, None]:
        try:
            await check_tokens(self._caller, self._service)
        except Refused as err:
            raise NotAllowed(err.detail) from err
        followers = self._service.followers
        with followers.place(self._caller.id) as free:
            if not free:
                raise NotAllowed(followers.refusal(self._caller.id).detail)
            async with aclosing(self._followed(article)) as events:
                async for event in events:
                    yield event

    async def _followed(self, article: Article) -> AsyncGenerator[Event, None]:
        jobs = self._service.jobs
        job = await jobs.enqueue(JobRequest(article=article), owner=self._caller.id)
        try:
            async for told in jobs.stream(job.id):
                if told.type != "run_finished":
                    yield _EVENTS.validate_python({"type": told.type, **json.loads(told.data)})
            job = await jobs.get(job.id)
        finally:
            if not job.state.ended:
                await asyncio.shield(jobs.cancel(job.id))
        yield RunFinished(report=await self._finished(job))

    async def _finished(self, job: Job) -> Report:
        if job.state is not JobState.SUCCEEDED:
            told = job.problem
            raise RunFailed(
                told.code if told else "run", told.message if told else f"the verification was {job.state}"
            )
        return await asyncio.to_thread(self._service.reports.get, job.id)

    async def read(self, url: str) -> Article:
        return await read_page_article(self._service.fetcher, url, self.max_article_chars)

    async def report(self, run_id: str) -> Report:
        nothing = UnknownRun(f"there is no report of a run {run_id!r}")
        try:
            job = await self._service.jobs.get(run_id)
        except UnknownJob as err:
            raise nothing from err
        if self._caller.sees not in (None, job.owner):
            raise nothing
        return await self._finished(job)

    async def reports(self, limit: int) -> tuple[ReportCard, ...]:
        page = await self._service.jobs.page(
            datetime.now(UTC), owner=self._caller.sees, states=(JobState.SUCCEEDED,), limit=limit
        )
        return tuple(_card(job) for job in page.jobs)

    async def search(self, query: str, limit: int) -> tuple[Found, ...]:
        return await self._service.worker.ask(self._service.coverage.query(query, limit, by_origin=True))

    async def add(self, url: str) -> AddedPage:
        document = await read_page_document(self._service.fetcher, url)
        return await self._service.worker.ask(put(self._service.coverage, document))

    def told(self, err: IsnadError) -> str:
        if isinstance(err, NotAllowed | RunFailed | FetchError):
            return str(err)
        refused = refusal_of(err)
        if refused.status >= 500:
            _log.error("mcp: %s", err)
        if isinstance(err, AnalystError):
            return "a model endpoint cannot be used at the moment; the log has the reason"
        return refused.detail


def _card(job: Job) -> ReportCard:
    counts = job.outcome.counts if job.outcome else Counts()
    return ReportCard(run_id=job.id, title=job.title, url=job.url, counts=counts)
