"""The composition root of a service's work: what `agent.app` puts together, for jobs and for scheduled tasks. It is
apart from `agent.app` because it stands on the jobs, and that does not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from agent.app import keep_what_is_loaded, open_analyst, open_gatherer, open_store, open_watch, open_web
from agent.config import Settings

if TYPE_CHECKING:
    from agent.coverage.archive import Coverage
    from agent.events import Gathering
    from agent.gather.options import GatherOptions, TellGathering
    from agent.gather.queries import Subject
    from agent.jobs.duties import ScheduledTask
    from agent.jobs.forgetting import Retention
    from agent.jobs.guard import JobGuard
    from agent.jobs.handler import VerificationHandler
    from agent.jobs.lease import Lease
    from agent.jobs.thread import WorkerThread
    from agent.storage.reports import Reports


@asynccontextmanager
async def open_work(settings: Settings, coverage: "Coverage") -> AsyncIterator[None]:
    """Does jobs on this event loop until the end.

    Raises `StoreBusy` when another process does them already, `ConfigurationError` where jobs would fail.
    """
    from agent.jobs.clockwork import announce
    from agent.jobs.work import Work, do_work

    work = Work(
        open_handler=lambda guard, lease: open_handler(settings, coverage, guard, lease),
        duties=build_duties(settings, coverage),
        begun=lambda: announce(settings),
    )
    async with do_work(settings, work):
        yield


@asynccontextmanager
async def open_handler(
    settings: Settings, coverage: "Coverage", guard: "JobGuard", lease: "Lease | None" = None
) -> "AsyncIterator[VerificationHandler]":
    """What does jobs, with all that a run needs, on a coverage store of the caller's. Raises `ConfigurationError`,
    `StoreError`.

    With a lease, no step, report or notice of a run is written once the lease is lost. A job that was deleted gets no
    report.
    """
    from agent.fetch import open_fetcher
    from agent.jobs.forgetting import Retention
    from agent.jobs.handler import VerificationHandler
    from agent.storage.keys import open_keys
    from agent.storage.reports import open_reports
    from agent.verify.keeping import ReportKeeper
    from agent.verify.runs import open_runs
    from agent.verify.verifier import Parts

    async with AsyncExitStack() as stack:
        runs = await stack.enter_async_context(open_runs(settings, worker=lease.id if lease is not None else None))
        analyst = await stack.enter_async_context(open_analyst(settings, coverage.embedder))
        reports = stack.enter_context(open_reports(settings))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        purse = stack.enter_context(open_keys(settings))
        parts = Parts(analyst, coverage, runs, ReportKeeper(reports, coverage, guard.held))

        async def gather(
            subject: "Subject", options: "GatherOptions", tell: "TellGathering", tokens: int | None, /
        ) -> "Gathering":
            async with open_gatherer(settings, coverage=coverage) as gatherer:
                return await gatherer.gather(subject, options, tell, tokens)

        keep_what_is_loaded()
        yield VerificationHandler(parts, settings, fetcher, purse, Retention(reports, runs), gather, lease)


def build_duties(settings: Settings, coverage: "Coverage", suite: str = "quick") -> "tuple[ScheduledTask, ...]":
    """The scheduled tasks of the settings. `suite` is the suite that an evaluation runs. Raises `ConfigurationError`
    for a schedule that is no time, and for a missing package."""
    from agent.jobs import clockwork

    return clockwork.build_duties(
        settings, lambda: open_watch(settings, coverage), lambda: open_web(settings, coverage=coverage), suite
    )


@contextmanager
def open_worker_thread(settings: Settings, *, works: bool = True) -> "Iterator[tuple[WorkerThread, Coverage]]":
    """Opens the coverage store, and a worker unless `works` is False, on a thread of their own.

    Raises what `open_store` and `open_work` raise.
    """
    from agent.jobs.thread import WorkerThread

    @asynccontextmanager
    async def opened() -> "AsyncIterator[Coverage]":
        async with AsyncExitStack() as stack:
            coverage = await stack.enter_async_context(open_store(settings))
            if works:
                await stack.enter_async_context(open_work(settings, coverage))
            yield coverage

    worker = WorkerThread(opened)
    try:
        yield worker, worker.start()
    finally:
        worker.stop()


@asynccontextmanager
async def open_forgetting(settings: Settings, reports: "Reports") -> "AsyncIterator[Retention]":
    """What deletes reports and runs. Raises `StoreError`."""
    from agent.jobs.forgetting import Retention
    from agent.verify.runs import open_runs

    async with open_runs(settings) as runs:
        yield Retention(reports, runs)
