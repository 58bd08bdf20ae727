"""What stands behind the API, opened and closed as one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Depends, Request

from agent.app import open_worker_thread
from agent.chat import Chats
from agent.chat.sessions import open_service_chats
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.doors.render.chat import render_export
from agent.doors.web.intakes import Intakes
from agent.doors.web.session import Sessions, open_sessions
from agent.doors.web.shares import Shares, open_shares
from agent.doors.web.turns import ThreadTurns
from agent.fetch import Fetcher, open_fetcher
from agent.jobs import Jobs
from agent.jobs.access import open_jobs
from agent.jobs.forgetting import Retention, open_forgetting
from agent.jobs.thread import WorkerThread
from agent.service.backend import Backend
from agent.service.caller import Caller
from agent.service.followers import Followers
from agent.service.served import ServedWorkspace
from agent.storage.keys import Keys, open_keys
from agent.storage.rates import Rates, open_rates
from agent.storage.reports import Reports, open_reports


@dataclass(frozen=True)
class Service:
    """All that answers requests: opened once, closed with the process."""

    settings: Settings
    jobs: Jobs
    worker: WorkerThread
    coverage: Coverage
    reports: Reports
    keys: Keys
    forgetting: Retention
    rates: Rates
    fetcher: Fetcher
    backend: Backend
    # Of this caller, whose name signs corrections.
    chats: Callable[[Caller], Chats]
    sessions: Sessions
    turns: ThreadTurns
    intakes: Intakes
    shares: Shares
    followers: Followers
    # Whoever may read the data folder may do everything, and shows it by this.
    operator_key: str

    def workspace(self, caller: Caller) -> ServedWorkspace:
        return ServedWorkspace(self.backend, caller)


def public_address(settings: Settings, request: Request) -> str:
    """Where others find this service: as it is set, or as whoever asks has found it."""
    return (settings.public_address or str(request.base_url)).rstrip("/")


async def _service(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


Served = Annotated[Service, Depends(_service)]


@asynccontextmanager
async def open_service(settings: Settings, *, works: bool = True) -> AsyncIterator[Service]:
    """Stores, keys, and a worker unless only others are to work. Raises what the stores and the worker raise."""
    async with AsyncExitStack() as stack:
        keys = stack.enter_context(open_keys(settings))
        reports = stack.enter_context(open_reports(settings))
        # The worker starts and stops slowly, and other tasks of this loop go on meanwhile.
        opening = open_worker_thread(settings, works=works)
        worker, coverage = await asyncio.to_thread(opening.__enter__)
        stack.push_async_callback(asyncio.to_thread, opening.__exit__, None, None, None)
        jobs = stack.enter_context(open_jobs(settings))
        forgetting = await stack.enter_async_context(open_forgetting(settings, reports))
        rates = stack.enter_context(open_rates(settings))
        fetcher = await stack.enter_async_context(open_fetcher(settings))
        followers = Followers()
        backend = Backend(
            settings=settings,
            jobs=jobs,
            forgetting=forgetting,
            held_reports=reports,
            held_coverage=coverage,
            ask_there=worker.ask,
            held_fetcher=fetcher,
            budget=keys,
            followers=followers,
        )
        chats = await stack.enter_async_context(open_service_chats(settings, render_export, backend))

        turns = ThreadTurns()
        stack.push_async_callback(turns.stop)
        intakes = Intakes()
        stack.push_async_callback(intakes.stop)
        sessions = stack.enter_context(open_sessions(settings))
        yield Service(
            settings,
            jobs,
            worker,
            coverage,
            reports,
            keys,
            forgetting,
            rates,
            fetcher,
            backend,
            chats.of,
            sessions,
            turns,
            intakes,
            stack.enter_context(open_shares(settings)),
            followers,
            f"operator_{token_urlsafe(32)}",
        )
