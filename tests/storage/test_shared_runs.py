"""Runs in PostgreSQL do what runs in a file do, and outlive the server and the worker that began them."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from agent.config import Settings
from agent.errors import LeaseLost, StoreError
from agent.models import Article, Label
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.servers.postgres import run_postgres
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft
from tests.test_graph import (
    ARTICLE,
    BASE,
    LEDGER,
    _reads,
    _report,
    test_a_finished_run_leaves_its_report_and_none_of_its_steps,
    test_an_unknown_run_is_named,
    test_resuming_a_finished_run_returns_its_report_and_asks_nobody,
    test_resuming_repeats_only_what_had_not_finished,
)

pytestmark = pytest.mark.waits

__all__ = [
    "test_a_finished_run_leaves_its_report_and_none_of_its_steps",
    "test_an_unknown_run_is_named",
    "test_resuming_a_finished_run_returns_its_report_and_asks_nobody",
    "test_resuming_repeats_only_what_had_not_finished",
]


def _at(url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(url), chroma_url="http://127.0.0.1:1")


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return _at(database_url, tmp_path)


async def test_an_article_with_characters_that_postgresql_does_not_keep_is_verified(settings: Settings) -> None:
    text = "The mayor said the \x00bridge is shut. \u202eNobody objected\uffff."
    article = Article(text=text, title="a\x00b", outlet="\x00", url="https://a.example/\x00", language="en")
    async with open_runs(settings) as runs:
        analyst = ScriptedAnalyst([draft("bridge is shut")])
        report = await Verifier(Parts(analyst, ScriptedSearch(), runs), settings).verify(article)
        again = await Verifier(Parts(ScriptedAnalyst(), ScriptedSearch(), runs), settings).resume(report.run_id)
    assert again == report
    assert report.article.text == text
    assert [claim.label for claim in report.claims] == [Label.UNSOURCED]


async def test_processes_that_start_at_once_make_the_tables_once(settings: Settings) -> None:
    async def start() -> None:
        async with open_runs(settings):
            pass

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(start())


async def test_a_server_that_crashed_and_came_back_is_written_to_again(tmp_path: Path) -> None:
    with run_postgres() as server:
        settings = _at(server.create_database(), tmp_path)
        async with open_runs(settings) as runs:
            before = await Verifier(Parts(ScriptedAnalyst([BASE]), ScriptedSearch(), runs), settings).verify(ARTICLE)
            await asyncio.to_thread(server.crash)
            with pytest.raises(StoreError, match="ISNAD_DATABASE_URL"):
                await Verifier(Parts(ScriptedAnalyst([BASE]), ScriptedSearch(), runs), settings).verify(ARTICLE)
            await asyncio.to_thread(server.start)
            verifier = Verifier(Parts(ScriptedAnalyst([BASE]), ScriptedSearch(), runs), settings)
            assert await verifier.resume(before.run_id) == before
            assert (await verifier.verify(ARTICLE)).claims == before.claims


async def test_a_worker_without_its_lease_keeps_no_step(settings: Settings, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute("INSERT INTO isnad_workers VALUES ('one', 1)")
        async with open_runs(settings, worker="one") as runs:
            verifier = Verifier(Parts(ScriptedAnalyst([BASE], _reads), ScriptedSearch([LEDGER]), runs), settings)
            assert (await verifier.verify(ARTICLE)).claims[0].label is Label.CORROBORATED
            database.execute("DELETE FROM isnad_workers")
            with pytest.raises(LeaseLost):
                await verifier.verify(ARTICLE)
        kept = database.execute("SELECT count(DISTINCT thread_id) FROM checkpoints").fetchone()
        assert kept == (1,)


async def test_an_address_that_is_refused_is_told_without_its_password(tmp_path: Path) -> None:
    settings = _at("postgresql://desk:hush-hush@127.0.0.1:1/isnad", tmp_path)
    with pytest.raises(StoreError) as refused:
        await _report(ScriptedAnalyst(), ScriptedSearch(), settings)
    assert "hush-hush" not in str(refused.value)
