"""One turn of a thread at a time, whichever process it is spoken in."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from agent.chat.sessions import open_chat_sessions
from agent.config import Settings
from agent.doors.render.chat import render_export
from agent.errors import StoreError
from agent.models import Report
from agent.service.local import open_local
from agent.storage.locks import Locks, open_locks
from tests.support.talk import ARTICLE, Talk

_PATIENCE_SECONDS = 240.0
_ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["process", "server"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "process":
        return Settings(data_dir=tmp_path / "data")
    return _on_server(request.getfixturevalue("database_url"))


def _on_server(url: str) -> Settings:
    return Settings(database_url=SecretStr(url), chroma_url="http://127.0.0.1:9")


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[tuple[Locks, Locks]]:
    """Those of two processes."""
    async with open_locks(_on_server(database_url)) as one, open_locks(_on_server(database_url)) as other:
        yield one, other


async def test_what_is_held_is_waited_for_and_other_things_are_not(settings: Settings) -> None:
    async with open_locks(settings) as locks:
        async with locks.hold("one"):
            assert await locks.held("one")
            assert not await locks.held("other")
            waiting = asyncio.create_task(_once(locks, "one"))
            await _once(locks, "other")
            assert not waiting.done()
        await waiting
        assert not await locks.held("one")


async def test_processes_wait_for_each_other(two: tuple[Locks, Locks]) -> None:
    one, other = two
    inside = 0
    most = 0

    async def go_in(locks: Locks) -> None:
        nonlocal inside, most
        async with locks.hold("thread"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    async with asyncio.timeout(_PATIENCE_SECONDS):
        await asyncio.gather(*(go_in(locks) for _ in range(5) for locks in (one, other)))
    assert most == 1


async def test_one_process_knows_what_another_holds(two: tuple[Locks, Locks]) -> None:
    one, other = two
    # Half of all names have a number below zero.
    for key in map(str, range(8)):
        async with one.hold(key):
            assert await other.held(key)
        assert not await other.held(key)


async def test_who_no_longer_waits_holds_nothing(two: tuple[Locks, Locks]) -> None:
    one, other = two
    for pause in (0, 0, 0.001, 0.01, 0.1):
        async with one.hold("thread"):
            waiting = asyncio.create_task(_once(other, "thread"))
            await asyncio.sleep(pause)
        # It may be given the lock just now.
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        await _once(one, "thread")
    assert not await one.held("thread")


async def test_what_a_killed_process_held_is_free(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _HOLDS,
        database_url,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    async with open_locks(_on_server(database_url)) as locks:
        assert await locks.held("thread")
        process.send_signal(signal.SIGKILL)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await _once(locks, "thread")
    await process.wait()


async def test_a_connection_that_was_lost_is_made_again(database_url: str) -> None:
    async with open_locks(_on_server(database_url)) as locks:
        async with locks.hold("thread"):
            _cut(database_url)
        await _once(locks, "thread")
        assert not await locks.held("thread")


async def test_without_the_server_nobody_speaks() -> None:
    async with open_locks(_on_server("postgresql://desk:s3cret@127.0.0.1:9/isnad")) as locks:
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:9") as refused:
            await _once(locks, "thread")
    assert "s3cret" not in str(refused.value)


async def test_turns_of_a_thread_in_two_processes_come_one_after_the_other(
    newsroom: Settings, database_url: str
) -> None:
    told = {"database_url": database_url, "chroma_url": "http://127.0.0.1:9"}
    shared = Settings(**{**newsroom.model_dump(exclude_none=True), **told})
    async with AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(open_local(newsroom, "R. Reader"))
        one, other = [
            (await stack.enter_async_context(open_chat_sessions(shared, render_export))).of("owner", workspace)
            for _ in range(2)
        ]
        here = Talk(one, (await one.begin()).id)
        there = Talk(other, here.thread)
        await here.say(ARTICLE)
        begun, go_on = asyncio.Event(), asyncio.Event()
        report = workspace.report

        async def slow_report(run_id: str, version: int | None = None) -> Report:
            begun.set()
            await go_on.wait()
            return await report(run_id, version)

        workspace.report = slow_report  # type: ignore[method-assign]  # the turn is held up where it reads the report
        first = asyncio.create_task(here.say("/claims"))
        await begun.wait()
        assert await other.busy(here.thread)
        # What was begun is not taken up elsewhere, and what is said meanwhile waits.
        resumed = asyncio.create_task(there.end(other.resume(here.thread)))
        second = asyncio.create_task(there.say("/help"))
        await asyncio.wait([resumed, second], timeout=1)
        assert not resumed.done()
        assert not second.done()
        go_on.set()
        async with asyncio.timeout(_PATIENCE_SECONDS):
            answers = [await first, await second]
            assert await resumed is None
        messages = (await one.transcript(here.thread)).messages
        assert [message.said for message in messages if message.said is not None][1:] == ["/claims", "/help"]
        assert [message.answer for message in messages if message.answer][1:] == answers
        assert not await one.busy(here.thread)


async def _once(locks: Locks, key: str) -> None:
    async with locks.hold(key):
        pass


def _cut(url: str) -> None:
    """Ends every connection to the database but this one."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


_HOLDS = """
import asyncio, sys
from pydantic import SecretStr
from agent.storage.locks_postgres import open_shared_locks

async def main():
    async with open_shared_locks(SecretStr(sys.argv[1])) as locks, locks.hold("thread"):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""
