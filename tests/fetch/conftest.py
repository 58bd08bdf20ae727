"""A loopback site, names that lead to it, and time that passes only when somebody waits."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from ssl import SSLContext

import pytest

from agent.config import Settings
from agent.fetch import Fetcher, open_fetcher
from tests.fetch.dialling import Rerouted
from tests.support.raw_site import Site, open_site


class Time:
    """`waits` are the pauses that were made, in seconds; none of them took any time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)


class Names:
    """A name server that answers each name in turn from its script, the last answer again and again."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._scripts: dict[str, list[Sequence[str]]] = {}

    def lead(self, name: str, *answers: Sequence[str]) -> None:
        self._scripts[name] = list(answers)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        script = self._scripts.get(host)
        if script is None:
            raise OSError("no such name")
        return script.pop(0) if len(script) > 1 else script[0]


@pytest.fixture(scope="session")
def authorities() -> SSLContext:
    """Read once: it takes longer than most tests here."""
    return ssl.create_default_context()


@pytest.fixture
def passing() -> Time:
    return Time()


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


@pytest.fixture
def inside(tmp_path: Path) -> Settings:
    """Settings with which loopback is read, and little of it."""
    return Settings(
        data_dir=tmp_path,
        allow_private_urls=True,
        fetch_max_mb=1,
        fetch_timeout=240,
        fetch_contact="desk@paper.example",
    )


@pytest.fixture
async def fetcher(inside: Settings, passing: Time, names: Names, authorities: SSLContext) -> AsyncIterator[Fetcher]:
    async with open_fetcher(
        inside, resolve=names.resolve, tls=authorities, clock=passing.clock, sleep=passing.sleep
    ) as fetcher:
        yield fetcher


@pytest.fixture
def rerouted(site: Site) -> Rerouted:
    network = Rerouted()
    network.port = site.port
    return network


@pytest.fixture
async def outside(
    settings: Settings, passing: Time, names: Names, authorities: SSLContext, rerouted: Rerouted
) -> AsyncIterator[Fetcher]:
    """A fetcher as it is without any setting, in a network where every public address leads to the site."""
    async with open_fetcher(
        settings,
        resolve=names.resolve,
        tls=authorities,
        dial=rerouted,
        clock=passing.clock,
        sleep=passing.sleep,
    ) as fetcher:
        yield fetcher
