"""Calls and tokens of a minute: counted for all processes together, and never guessed away."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.llm.quota import Quota, Reservation, open_quota
from evals.servers.forked import Forked
from evals.servers.wire_format import Reply
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import ScriptedEndpoint

_ROOT = Path(__file__).parents[2]


class Clock:
    """Goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def _opened(
    settings: Settings, clock: Clock, requests: int | None = None, tokens: int | None = None
) -> Iterator[Quota]:
    with open_quota(settings.model_copy(update={"requests_per_minute": 1}), "any") as opened:
        assert opened is not None
        yield Quota(opened._database, "here", requests=requests, tokens=tokens, sleep=clock.sleep, clock=clock)


@pytest.fixture(params=["file", "server"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "file":
        return Settings(data_dir=tmp_path / "data")
    url = request.getfixturevalue("database_url")
    return Settings(data_dir=tmp_path / "data", database_url=url, chroma_url="http://127.0.0.1:1")


async def test_no_minute_holds_more_calls_than_allowed(settings: Settings) -> None:
    clock = Clock()
    went: list[float] = []
    with _opened(settings, clock, requests=3) as quota:
        for _ in range(8):
            await quota.take(1)
            went.append(clock.now)
            clock.now += 5
    assert all(later - earlier >= 60 for earlier, later in zip(went, went[3:], strict=False))
    # And none waits longer than it has to.
    assert went[7] - went[0] == pytest.approx(125)


async def test_no_minute_holds_more_tokens_than_allowed_as_they_are_counted_in_the_end(settings: Settings) -> None:
    clock = Clock()
    with _opened(settings, clock, tokens=1000) as quota:
        first = await quota.take(900)
        await quota.settle(first, 100)
        await quota.take(900)
        assert clock.slept == []
        await quota.take(50)
        assert clock.now - 1_800_000_000 >= 60
        # Larger than a whole minute: it goes out alone.
        await quota.take(5000)
        await quota.take(1)
        assert clock.now - 1_800_000_000 >= 180


async def test_processes_with_clocks_that_differ_count_together(settings: Settings) -> None:
    ahead, behind = Clock(), Clock()
    ahead.now += 40
    with _opened(settings, ahead, requests=2) as one, _opened(settings, behind, requests=2) as other:
        await one.take(1)
        await other.take(1)
        await other.take(1)
    assert behind.slept
    assert behind.now >= ahead.now + 60


async def test_a_clock_that_was_put_right_keeps_nobody_waiting(settings: Settings) -> None:
    wrong, right = Clock(), Clock()
    wrong.now += 86_400
    with _opened(settings, wrong, requests=1) as before, _opened(settings, right, requests=1) as after:
        await before.take(1)
        began = right.now
        async with asyncio.timeout(240):
            await after.take(1)
            await after.take(1)
    assert right.now - began <= 180


async def test_without_its_store_nothing_goes_out(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, settings_for: Callable[..., Settings]
) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with(requests_per_minute=5)
    path = settings_for().data_dir / "limits.sqlite"
    with open_quota(settings_for(requests_per_minute=1), "any") as opened:
        assert opened is not None
        with opened._database.writing() as connection:
            connection.execute("DROP TABLE taken")
    with pytest.raises(StoreError, match=path.name):
        await ask(chat)
    assert endpoint.calls == []


async def test_what_a_call_really_took_is_what_counts(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, settings_for: Callable[..., Settings]
) -> None:
    endpoint.script(Reply(GOOD))
    chat = await chat_with(tokens_per_minute=100_000)
    usage = (await ask(chat)).usage
    with open_quota(settings_for(requests_per_minute=1), "any") as opened:
        assert opened is not None
        assert opened._database.number("SELECT sum(tokens) FROM taken") == usage.tokens


_HAMMERING = """
import asyncio, sys
from pathlib import Path
from agent.budget import RunBudget
from agent.config import load_settings
from agent.llm import open_chat
from tests.llm.conftest import Word, a_prompt

class Full(Exception):
    "Raised where a caller would wait for the next minute."

async def give_up(seconds):
    raise Full

async def main():
    async with open_chat(load_settings(), None) as chat:
        chat._line._quota._sleep = give_up
        ended = await asyncio.gather(
            *(chat.ask(a_prompt(f"{sys.argv[1]} {n}"), Word, budget=RunBudget(None)) for n in range(20)),
            return_exceptions=True,
        )
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, Full):
            raise one

asyncio.run(main())
"""


def test_three_processes_stay_under_the_limit_together(endpoint: ScriptedEndpoint, settings: Settings) -> None:
    endpoint.script(Reply(GOOD))
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(_ROOT),
        "ISNAD_DATA_DIR": str(settings.data_dir),
        "ISNAD_MODEL": "small",
        "ISNAD_BASE_URL": endpoint.url,
        "ISNAD_API_KEY": "none",
        "ISNAD_REQUESTS_PER_MINUTE": "10",
    }
    if settings.database_url is not None:
        environment["ISNAD_DATABASE_URL"] = settings.database_url.get_secret_value()
        environment["ISNAD_CHROMA_URL"] = settings.chroma_url or ""
    three = [
        Forked[str](
            [sys.executable, "-c", _HAMMERING, name], env=environment, cwd=_ROOT, stderr=subprocess.PIPE, text=True
        )
        for name in ("one", "two", "three")
    ]
    ended = [process.communicate(timeout=240)[1] for process in three]
    assert [process.returncode for process in three] == [0, 0, 0], ended
    assert len(endpoint.chats) == 10


async def test_nothing_is_opened_where_nothing_is_bounded(settings: Settings) -> None:
    with open_quota(settings, "any") as quota:
        assert quota is None
    assert not settings.data_dir.exists()


async def test_who_comes_first_in_a_process_goes_first(settings: Settings) -> None:
    clock = Clock()
    order: list[int] = []
    with _opened(settings, clock, requests=1) as quota:

        async def call(number: int) -> None:
            assert isinstance(await quota.take(1), Reservation)
            order.append(number)

        await asyncio.gather(*(call(number) for number in range(4)))
    assert order == [0, 1, 2, 3]
