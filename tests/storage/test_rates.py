"""Requests of a key: no minute holds more than allowed, whoever counts them."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import pytest
from pydantic import SecretStr

from agent.config import Settings
from agent.errors import StoreError
from agent.storage.rates import Rates, open_rates
from agent.storage.rates_postgres import open_shared_rates


@pytest.fixture(params=["memory", "server"])
def settings(request: pytest.FixtureRequest) -> Settings:
    if request.param == "memory":
        return Settings()
    return _on_server(request.getfixturevalue("database_url"))


def _on_server(url: str) -> Settings:
    return Settings(database_url=SecretStr(url), chroma_url="http://127.0.0.1:1")


async def test_a_key_has_so_many_a_minute_and_others_have_theirs(settings: Settings) -> None:
    with open_rates(settings) as rates:
        assert [await rates.take("one", 3) for _ in range(3)] == [0, 0, 0]
        assert 0 < await rates.take("one", 3) <= 61
        assert await rates.take("other", 3) == 0
        assert await rates.take("one", 4) == 0, "what was refused is not counted"


async def test_processes_count_together_and_never_one_too_many(database_url: str) -> None:
    with ExitStack() as stack:
        four = [stack.enter_context(open_rates(_on_server(database_url))) for _ in range(4)]
        waits = await asyncio.gather(*(rates.take("one", 50) for rates in four for _ in range(25)))
    assert waits.count(0) == 50


async def test_a_minute_is_any_sixty_seconds(database_url: str) -> None:
    with open_rates(_on_server(database_url)) as rates:
        await _take(rates, 2)
        _let_pass(database_url, 30)
        await _take(rates, 1)
        # When the first two are a minute old.
        assert 0 < await rates.take("one", 3) <= 31
        # When all three are.
        assert 31 < await rates.take("one", 1) <= 61
        _let_pass(database_url, 31)
        await _take(rates, 2)
        assert 0 < await rates.take("one", 3) <= 30


async def test_what_is_older_than_a_minute_leaves_no_trace(database_url: str) -> None:
    with open_rates(_on_server(database_url)) as rates:
        await _take(rates, 3)
        _let_pass(database_url, 100_000)
        await _take(rates, 3)
        _let_pass(database_url, 61)
    with open_rates(_on_server(database_url)), psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM isnad_rates.asked").fetchone() == (0,)


async def test_a_row_stays_small(database_url: str) -> None:
    with open_rates(_on_server(database_url)) as rates:
        for _ in range(70):
            assert await rates.take("one", 100) == 0
            _let_pass(database_url, 1)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT cardinality(counts) FROM isnad_rates.asked").fetchone() == (61,)


async def test_without_its_store_nothing_is_counted_and_nothing_let_through(
    create_database: Callable[[], str],
) -> None:
    with open_shared_rates(SecretStr(url := create_database())) as rates:
        with psycopg.connect(url) as connection:
            connection.execute("DROP TABLE isnad_rates.asked")
        with pytest.raises(StoreError, match="rates of the keys"):
            await rates.take("one", 3)


async def _take(rates: Rates, requests: int) -> None:
    for _ in range(requests):
        assert await rates.take("one", 3) == 0


def _let_pass(url: str, seconds: int) -> None:
    """As if so much time had passed."""
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE isnad_rates.asked SET second = second - %s", (seconds,))
