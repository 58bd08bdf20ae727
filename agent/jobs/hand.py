"""Doing the work of one job with the one `Verifier`."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol

from agent.article import About, read_article
from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.errors import BadInput, FetchError, UnknownRun
from agent.events import CoverageFound, Event, PartRead, RunFinished, WitnessHeard
from agent.fetch import Fetched, Fetcher, open_fetcher
from agent.jobs.forgetting import Forgetting
from agent.jobs.kept import Kept
from agent.jobs.lease import Lease
from agent.jobs.records import Limits, Outcome, Task
from agent.jobs.webhooks import Attempt, Notice, signed
from agent.jobs.worker import Tell
from agent.models import Article
from agent.verifier import Parts, Verifier

# The run of a job has the job's id, so that whoever takes the job up again finds the run that was begun.
_job: ContextVar[str] = ContextVar("job")


class Purse(Protocol):
    """What the owners of jobs may spend on tokens and have spent, and what their webhooks are signed with."""

    def left(self, key_id: str, /) -> int | None: ...

    def spend(self, key_id: str, tokens: int, /) -> None: ...

    def secrets(self, key_id: str, /) -> tuple[str, ...]:
        """With which webhooks of this owner are signed, the newest first."""


class VerifyingHand:
    """Implements `Hand`."""

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        fetcher: Fetcher,
        purse: Purse,
        forgetting: Forgetting,
        lease: Lease | None = None,
    ) -> None:
        self._parts = parts
        self._forgetting = forgetting
        self._settings = settings
        self._fetcher = fetcher
        self._purse = purse
        self._lease = lease

    async def read(self, task: Task) -> Article:
        """The article at hand, or the one at the address. Raises `BadInput` or a `FetchError`."""
        request = task.request
        if request.article is not None:
            return request.article
        assert request.url is not None
        page = await self._fetcher.get(request.url)
        if not isinstance(page, Fetched):
            raise BadInput(f"there is no page at {request.url}")
        about = About(url=page.final_url).updated(request.about)
        suffix = ".txt" if page.content_type == "text/plain" else ".html"
        return read_article(page.body, page.final_url + suffix, about, self._settings.max_article_chars)

    async def verify(self, task: Task, article: Article, tell: Tell) -> Outcome:
        left = await asyncio.to_thread(self._purse.left, task.owner)
        verifier = Verifier(self._parts, self._limited(task.request.limits, left), new_id=_job.get)
        token = _job.set(task.job_id)
        try:
            async with aclosing(_resumed_or_begun(verifier, task.job_id, article)) as events:
                async for event in events:
                    await self._pay(task.owner, event)
                    await tell(event)
                    if isinstance(event, RunFinished):
                        return Outcome.of(event.report)
        finally:
            _job.reset(token)
        raise AssertionError("a run ended without a report or an error")

    async def forget(self, job_id: str) -> None:
        await self._forgetting.forget(job_id)

    async def send(self, notice: Notice) -> Attempt:
        if self._lease is not None:
            await self._lease.check()
        now = datetime.now(UTC)
        secrets = await asyncio.to_thread(self._purse.secrets, notice.owner)
        try:
            answer = await self._fetcher.post(notice.url, notice.body.encode(), signed(notice, secrets, now))
        except FetchError as err:
            return Attempt(at=now, problem=str(err))
        return Attempt(at=now, status=answer.status, retry_after=answer.retry_after)

    def _limited(self, limits: Limits, left: int | None) -> Settings:
        mine = self._settings
        return mine.model_copy(
            update={
                "max_claims": min(mine.max_claims, limits.max_claims or mine.max_claims),
                "max_tokens_per_article": _smallest(mine.max_tokens_per_article, limits.max_tokens, left),
            }
        )

    async def _pay(self, owner: str, event: Event) -> None:
        """As soon as it is known: what a run that is killed has spent is spent."""
        if isinstance(event, PartRead | CoverageFound | WitnessHeard) and event.usage.tokens:
            await asyncio.to_thread(self._purse.spend, owner, event.usage.tokens)


async def _resumed_or_begun(verifier: Verifier, job_id: str, article: Article) -> AsyncGenerator[Event, None]:
    begun = False
    try:
        async for event in verifier.stream_resumed(job_id):
            begun = True
            yield event
    except UnknownRun:
        if begun:
            raise
    if not begun:
        async for event in verifier.stream(article):
            yield event


def _smallest(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


@asynccontextmanager
async def open_hand(
    settings: Settings, coverage: Coverage, kept: Kept, lease: Lease | None = None
) -> AsyncIterator[VerifyingHand]:
    """With all that a run needs, on a coverage store of the caller's. Raises `ConfigurationError`, `StoreError`.

    With a lease, no step, report or notice of a run gets out when the lease is lost. What was deleted gets no report.
    """
    from agent.analyst.opening import open_analyst
    from agent.keeping import Keeping
    from agent.reports import open_reports
    from agent.runs import open_runs
    from agent.storage.keys import open_keys

    async with AsyncExitStack() as stack:
        runs = await stack.enter_async_context(open_runs(settings, worker=lease.id if lease is not None else None))
        analyst = await stack.enter_async_context(open_analyst(settings, coverage.embedder))
        reports = stack.enter_context(open_reports(settings))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        purse = stack.enter_context(open_keys(settings))
        parts = Parts(analyst, coverage, runs, Keeping(reports, coverage, kept.held))
        yield VerifyingHand(parts, settings, fetcher, purse, Forgetting(reports, runs), lease)
