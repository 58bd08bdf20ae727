"""Killed while taking from the web, and told to take it again: what was reported stands, and is not fetched twice."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.app import open_store, open_web
from agent.config import Settings
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget
from evals.servers.forked import Forked
from tests.support.newsstand import RSS, Newsstand, Served, item, page, rss, run_newsstand, story

PAGES = 45
ROOT = str(Path(__file__).parents[2])
TAKING = """
import asyncio, sys
from pathlib import Path
from agent.config import Settings
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget
from agent.app import open_web

async def main():
    settings = Settings(data_dir=Path(sys.argv[1]), allow_private_urls=True, fetch_delay=0)
    async with open_web(settings) as web:
        await web.take([FetchTarget(sys.argv[2])], EntryFilter(), tell=lambda total: print(total.added, flush=True))

asyncio.run(main())
"""


@contextmanager
def _taking(data_dir: Path, url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", TAKING, str(data_dir), url]
    with Forked[str](command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def _put(stand: Newsstand) -> str:
    for number in range(PAGES):
        stand.serve(f"/{number}", Served(page(story(number)).encode(), wait=0.01))
    return stand.put("/feed", rss(*[item(f"/{number}") for number in range(PAGES)]), RSS)


async def test_after_a_kill_all_that_was_told_is_there_and_the_rest_is_taken_the_next_time(
    settings: Settings,
) -> None:
    with run_newsstand() as stand:
        url = _put(stand)
        with _taking(settings.data_dir, url) as process:
            assert process.stdout is not None
            told = next(int(line) for line in process.stdout if int(line))
            process.kill()
        async with open_store(settings) as store:
            assert store.stats().documents >= told
        stand.forget()
        near = settings.model_copy(update={"allow_private_urls": True, "fetch_delay": 0.0})
        async with open_web(near) as web:
            total = (await web.take([FetchTarget(url)], EntryFilter())).total
        async with open_store(settings) as store:
            assert store.stats().documents == PAGES
        assert total.added + total.unchanged == PAGES
        assert total.unchanged >= told
        assert sum(status == 304 for _, status in stand.answered) >= told
