"""`isnad doctor`: what is configured, what of it can be reached, and how good it has been measured to be."""

import asyncio
import time
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from agent.doors.cli.check import Check
from agent.doors.cli.doctor_schedules import check_schedules
from agent.errors import IsnadError
from agent.extras import installed_version
from agent.faults import exit_code

if TYPE_CHECKING:
    from agent.config import Settings

_PACKAGES = ("openai", "langgraph", "chromadb", "tenacity")
_SIGNS = {"ok": "✓", "note": "·", "bad": "✗"}
_COLOURS = {"ok": "green", "note": "cyan", "bad": "red"}


@click.command()
@click.option("--offline", is_flag=True, help="Ask no endpoint: say only what is configured and stored.")
def doctor(offline: bool) -> int:
    """Say what is configured, reachable and measured, and how what is done by the clock went.

    Asks the configured endpoints one very short question each; --offline leaves that out. Exit codes: 0 all is
    well; 4 configuration; 5 endpoint or store unreachable.
    """
    from agent.config import load_settings

    return asyncio.run(_examined(load_settings(), offline))


async def _examined(settings: "Settings", offline: bool) -> int:
    worst = 0
    async for check in _checks(settings, offline):
        sign = click.style(_SIGNS[check.result], fg=_COLOURS[check.result], bold=True)
        click.echo(f"{sign} {check.name:<14} {check.message}")
        worst = worst or check.code
    return worst


async def _checks(settings: "Settings", offline: bool) -> AsyncIterator[Check]:
    text = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield Check("isnad", "note", f"{installed_version()} with {text}")
    yield Check("data", "note", f"{settings.data_dir} (ISNAD_DATA_DIR)")
    if settings.database_url is not None:
        yield _database(settings)
    yield _analyst(settings)
    for check in _scores():
        yield check
    if settings.uses_model:
        yield Check("model", "note", "not asked") if offline else await _chat(settings)
    if settings.uses_embedding_endpoint:
        yield Check("embeddings", "note", "not asked") if offline else await _embeddings(settings)
    async for check in _store(settings):
        yield check
    yield _sources(settings)
    yield _runs(settings)
    for check in await check_schedules(settings):
        yield check


def _analyst(settings: "Settings") -> Check:
    if settings.uses_model:
        return Check("analyst", "ok", f"the model {settings.model} (ISNAD_ANALYST={settings.analyst})")
    text = "built-in, word-based: it needs no key and knows less than a model"
    if settings.analyst == "auto" and (settings.api_key or settings.base_url):
        text += ". An endpoint is configured, but no model: name one with ISNAD_MODEL"
    return Check("analyst", "note", text)


def _scores() -> list[Check]:
    from agent.analyst.lexical.analyst import measured, supports_right

    scores = measured()
    if not scores:
        return []
    shown = " ".join(f"{name} {score:.2f}" for name, score in sorted(scores.items()))
    mean = sum(scores.values()) / len(scores)
    right = supports_right()
    text = f"of its 'supports', right: {right:.2f}; " if right is not None else ""
    return [
        Check(
            "measured", "note", f"built-in analyst, {text}stance macro-F1 {mean:.2f} on {len(scores)} sets: {shown}"
        )
    ]


async def _chat(settings: "Settings") -> Check:
    from pydantic import BaseModel

    from agent.budget import RunBudget
    from agent.llm import open_chat
    from agent.prompts import Prompt

    class Ready(BaseModel):
        ready: bool

    prompt = Prompt(
        name="doctor", system="You check a connection.", user="Answer that you are ready.", fingerprint=""
    )
    try:
        async with open_chat(settings, None) as chat:
            started = time.perf_counter()
            answer = await chat.ask(prompt, Ready, budget=RunBudget(None))
            seconds = time.perf_counter() - started
            text = f"{chat.model} answers in {seconds:.1f} s, {answer.usage.tokens} tokens"
            return Check("model", "ok", f"{text}, structured output: {chat.mode}")
    except IsnadError as err:
        return Check("model", "bad", str(err), exit_code(err))


async def _embeddings(settings: "Settings") -> Check:
    from agent.budget import RunBudget
    from agent.coverage.embedding.embed import Purpose
    from agent.llm import open_embeddings

    try:
        async with open_embeddings(settings, None) as embeddings:
            vectors = await embeddings.embed(["ready"], purpose=Purpose.QUERY, budget=RunBudget(None))
            return Check("embeddings", "ok", f"{embeddings.id}, {len(vectors.rows[0])} dimensions")
    except IsnadError as err:
        return Check("embeddings", "bad", str(err), exit_code(err))


async def _store(settings: "Settings") -> AsyncIterator[Check]:
    from agent.app import open_store

    try:
        async with open_store(settings) as store:
            stats, embedder = store.stats(), store.embedder
            # One whose package cannot be used on this machine says so here, and not in the first search.
            await asyncio.to_thread(store.load_embedder)
    except IsnadError as err:
        yield Check("coverage", "bad", str(err), exit_code(err))
        return
    floors = f"unlike below {stats.floors.within:.2f} within a language, {stats.floors.across:.2f} across"
    yield Check("embedder", "ok", f"{embedder}, {stats.languages}; {floors}")
    pending = f", {stats.pending} waiting to be indexed" if stats.pending else ""
    text = f"{stats.documents} documents, {stats.passages} passages{pending}, by {stats.embedder}, in {stats.index}"
    yield Check("coverage", "ok" if stats.documents else "note", text)


def _sources(settings: "Settings") -> Check:
    from agent.coverage.index.database import open_database
    from agent.coverage.web.followed import Follows
    from agent.gather.sources.configured import sources_on
    from agent.gather.switches import SWITCHES

    try:
        with open_database(settings) as database:
            on = sources_on(settings, follows=bool(Follows(database).all()))
    except IsnadError as err:
        return Check("sources", "bad", str(err), exit_code(err))
    if not on:
        return Check("sources", "note", f"none looks for coverage; switched on by {', '.join(SWITCHES.values())}")
    trusted = f"; trusted sites: {', '.join(settings.sites)}" if settings.sites else ""
    return Check("sources", "ok", f"coverage is looked for in {', '.join(on)}{trusted}")


def _database(settings: "Settings") -> Check:
    from sqlalchemy import func, select

    from agent.coverage.index.database import open_database
    from agent.storage.address import DatabaseAddress

    try:
        assert settings.database_url is not None
        with open_database(settings) as database:
            size = database.number(select(func.pg_database_size(func.current_database())))
    except IsnadError as err:
        return Check("database", "bad", str(err), exit_code(err))
    return Check(
        "database", "ok", f"{DatabaseAddress(settings.database_url)} (ISNAD_DATABASE_URL), {size / 1e6:.1f} MB"
    )


def _runs(settings: "Settings") -> Check:
    if settings.database_url is not None:
        return Check("kept", "note", "coverage, runs, reports and answers in the database, with all who share it")
    kept = [
        f"{name} {(settings.data_dir / name).stat().st_size / 1e6:.1f} MB"
        for name in ("runs.sqlite", "answers.sqlite")
        if (settings.data_dir / name).exists()
    ]
    return Check("kept", "note", ", ".join(kept) or "no runs yet")
