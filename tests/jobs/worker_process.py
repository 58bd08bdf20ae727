"""A worker in a process of its own, to be killed: `python -m tests.jobs.worker_process COVERAGE`; it says "ready"."""

import asyncio
import logging
import sys
from pathlib import Path

from agent.config import load_settings
from agent.coverage.ingest import ingest
from agent.coverage.opening import open_store
from agent.jobs.opening import open_work


async def work(coverage: Path) -> None:
    settings = load_settings()
    async with open_store(settings) as store:
        await ingest(store, [coverage])
        async with open_work(settings, store):
            print("ready", flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(work(Path(sys.argv[1])))
