"""Does the work of one job, with the one `Verifier`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Protocol

from agent.article import About, read_article
from agent.config import Settings
from agent.errors import BadInput, FetchError
from agent.events import CoverageFound, Event, Gathering, PartRead, RunFinished, WitnessHeard
from agent.fetch import Fetched, Fetcher
from agent.gather.options import GatherOptions, TellGathering
from agent.gather.queries import Subject
from agent.jobs.forgetting import Retention
from agent.jobs.lease import Lease
from agent.jobs.records import Limits, Outcome, Task
from agent.jobs.webhooks import Attempt, Notice, signed
from agent.jobs.workflows import Tell
from agent.models import Article
from agent.streaming import stream_of
from agent.verify.verifier import Parts, Verifier


class JobAccounts(Protocol):
    """What the owners of jobs may spend on tokens and have spent, and the secrets of their webhooks."""

    def left(self, key_id: str, /) -> int | None: ...

    def spend(self, key_id: str, tokens: int, /) -> None: ...

    def secrets(self, key_id: str, /) -> tuple[str, ...]:
        """The secrets that webhooks of this owner are signed with, the newest first."""


class JobGatherer(Protocol):
    """Searches for coverage of a subject, with at most so many tokens, and adds it to the store of this process."""

    async def __call__(
        self, subject: Subject, options: GatherOptions, tell: TellGathering, tokens: int | None, /
    ) -> Gathering: ...


class VerificationHandler:
    """Implements `JobHandler`."""

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        fetcher: Fetcher,
        purse: JobAccounts,
        forgetting: Retention,
        gather: JobGatherer,
        lease: Lease | None = None,
    ) -> None:
        self._parts = parts
        self._forgetting = forgetting
        self._settings = settings
        self._fetcher = fetcher
        self._purse = purse
        self._gather = gather
        self._lease = lease

    async def read(self, task: Task) -> Article:
        """The article of a job, fetched where the job has its address. Raises `BadInput` or a `FetchError`."""
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
        verifier = Verifier(self._parts, self._limited(task.request.limits, left))
        if task.request.gather is not None and not await verifier.knows(task.job_id):
            await self._gathered(task, Subject(article=article), task.request.gather, left, tell)
        # The run of a job has the job's id, so that whoever takes the job up again finds the run that was begun.
        async with aclosing(verifier.stream_once(task.job_id, article)) as events:
            async for event in events:
                await self._pay(task.owner, event)
                await tell(event)
                if isinstance(event, RunFinished):
                    return Outcome.of(event.report)
        raise AssertionError("a run ended without a report or an error")

    async def _gathered(
        self, task: Task, subject: Subject, options: GatherOptions, left: int | None, tell: Tell
    ) -> None:
        """Before the run begins: one that was begun goes on with what it has."""
        gathering: AsyncGenerator[Gathering, None] = stream_of(
            lambda value: self._gather(subject, options, value, left)
        )
        async with aclosing(gathering) as events:
            async for event in events:
                await self._pay(task.owner, event)
                await tell(event)

    async def forget(self, job_id: str) -> None:
        await self._forgetting.forget(job_id)

    async def send(self, notice: Notice) -> Attempt:
        if self._lease is not None:
            await self._lease.check()
        now = datetime.now(UTC)
        secrets = await asyncio.to_thread(self._purse.secrets, notice.owner)
        try:
            sent = notice.addressed(self._settings.public_address)
            answer = await self._fetcher.post(sent.url, sent.body.encode(), signed(sent, secrets, now))
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
        if isinstance(event, Gathering) and not event.done:
            # Each state tells its usage anew: that of the last one is paid.
            return
        if isinstance(event, PartRead | CoverageFound | WitnessHeard | Gathering) and event.usage.tokens:
            await asyncio.to_thread(self._purse.spend, owner, event.usage.tokens)


def _smallest(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)
