"""Doing the work of one job with the one `Verifier`."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from contextvars import ContextVar

from agent.article import About, read_article
from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.errors import BadInput, UnknownRun
from agent.events import Event, RunFinished
from agent.fetch import Fetched, Fetcher, open_fetcher
from agent.jobs.records import JobRequest, Limits, Outcome
from agent.jobs.worker import Tell
from agent.models import Article
from agent.verifier import Parts, Verifier

# The run of a job has the job's id, so that whoever takes the job up again finds the run that was begun.
_job: ContextVar[str] = ContextVar("job")


class VerifyingHand:
    """Implements `Hand`."""

    def __init__(self, parts: Parts, settings: Settings, fetcher: Fetcher) -> None:
        self._parts = parts
        self._settings = settings
        self._fetcher = fetcher

    async def read(self, request: JobRequest) -> Article:
        """The article at hand, or the one at the address. Raises `BadInput` or a `FetchError`."""
        if request.article is not None:
            return request.article
        assert request.url is not None
        page = await self._fetcher.get(request.url)
        if not isinstance(page, Fetched):
            raise BadInput(f"there is no page at {request.url}")
        about = About(url=page.final_url).updated(request.about)
        suffix = ".txt" if page.content_type == "text/plain" else ".html"
        return read_article(page.body, page.final_url + suffix, about, self._settings.max_article_chars)

    async def verify(self, job_id: str, article: Article, request: JobRequest, tell: Tell) -> Outcome:
        verifier = Verifier(self._parts, self._limited(request.limits), new_id=_job.get)
        token = _job.set(job_id)
        try:
            async with aclosing(_resumed_or_begun(verifier, job_id, article)) as events:
                async for event in events:
                    await tell(event)
                    if isinstance(event, RunFinished):
                        return Outcome.of(event.report)
        finally:
            _job.reset(token)
        raise AssertionError("a run ended without a report or an error")

    def _limited(self, limits: Limits) -> Settings:
        mine = self._settings
        return mine.model_copy(
            update={
                "max_claims": min(mine.max_claims, limits.max_claims or mine.max_claims),
                "max_tokens_per_article": _smaller(mine.max_tokens_per_article, limits.max_tokens),
            }
        )


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


def _smaller(one: int | None, other: int | None) -> int | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


@asynccontextmanager
async def open_hand(settings: Settings, coverage: Coverage) -> AsyncIterator[VerifyingHand]:
    """With all that a run needs, on a coverage store of the caller's. Raises `ConfigurationError`, `StoreError`."""
    from agent.analyst.opening import open_analyst
    from agent.keeping import Keeping
    from agent.reports import open_reports
    from agent.runs import open_runs

    async with AsyncExitStack() as stack:
        runs = await stack.enter_async_context(open_runs(settings.data_dir))
        analyst = await stack.enter_async_context(open_analyst(settings, coverage.embedder))
        reports = stack.enter_context(open_reports(settings.data_dir))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        yield VerifyingHand(Parts(analyst, coverage, runs, Keeping(reports, coverage)), settings, fetcher)
