"""What stands behind the API, opened and closed as one."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from agent.config import Settings
from agent.coverage.retrieve import Coverage
from agent.jobs import Jobs
from agent.jobs.forgetting import Forgetting, open_forgetting
from agent.jobs.opening import open_jobs
from agent.jobs.thread import WorkerThread, open_worker_thread
from agent.keys import Keys, open_keys
from agent.reports import Reports, open_reports


@dataclass(frozen=True)
class Service:
    settings: Settings
    jobs: Jobs
    worker: WorkerThread
    coverage: Coverage
    reports: Reports
    keys: Keys
    forgetting: Forgetting
    rates: MovingWindowRateLimiter

    async def seconds_until_allowed(self, item: RateLimitItem, key_id: str) -> int:
        stats = await self.rates.get_window_stats(item, key_id)
        return max(1, math.ceil(stats.reset_time - time.time()))


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
        rates = MovingWindowRateLimiter(MemoryStorage())
        yield Service(settings, jobs, worker, coverage, reports, keys, forgetting, rates)
