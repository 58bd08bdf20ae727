"""What stands behind the API, opened and closed as one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from agent.chat import Chats
from agent.chat.opening import open_service_rooms
from agent.chat.service_desk import Back
from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.doors.api.followers import Followers
from agent.doors.chat_render import render_export
from agent.doors.web.session import Sessions, open_sessions
from agent.doors.web.turns import Turns
from agent.fetch import Fetcher, open_fetcher
from agent.jobs import Jobs
from agent.jobs.forgetting import Forgetting, open_forgetting
from agent.jobs.thread import WorkerThread, open_worker_thread
from agent.jobs.work import open_jobs
from agent.reports import Reports, open_reports
from agent.storage.keys import Keys, open_keys
from agent.storage.rates import Rates, open_rates


@dataclass(frozen=True)
class Service:
    settings: Settings
    jobs: Jobs
    worker: WorkerThread
    coverage: Coverage
    reports: Reports
    keys: Keys
    forgetting: Forgetting
    rates: Rates
    fetcher: Fetcher
    # Of the owner with this id, who signs corrections by this name.
    chats: Callable[[str, str], Chats]
    sessions: Sessions
    turns: Turns
    followers: Followers


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
        back = Back(jobs, reports, coverage, worker.ask, fetcher, keys, settings)
        rooms = await stack.enter_async_context(open_service_rooms(settings, render_export, back))

        turns = Turns()
        stack.push_async_callback(turns.stop)
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
            rooms.of,
            sessions,
            turns,
            Followers(),
        )
