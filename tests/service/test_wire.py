"""What comes from a server that runs: streams of events, refusals, and answers that are none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from agent.coverage.intake.ingested import Ingested
from agent.errors import ConfigurationError, NotAllowed, StoreError, UnknownRun
from agent.service.wire import ServerConnection


@asynccontextmanager
async def answering(body: bytes, status: int = 200) -> AsyncIterator[ServerConnection]:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, content=body))
    async with httpx2.AsyncClient(base_url="http://server.example", transport=transport) as http:
        yield ServerConnection(http)


async def events_of(body: bytes) -> list[tuple[str, bytes]]:
    async with answering(body) as wire:
        return [event async for event in wire.events("GET", "/")]


async def test_events_end_at_an_empty_line_and_nowhere_else() -> None:
    told = (
        'event: progress\ndata: {"text": "one\u2028two\x85three"}\n\n: still here\n\nid: 3\nevent: ended\ndata:{}\n\n'
    )
    assert await events_of(told.encode()) == [
        ("progress", '{"text": "one\u2028two\x85three"}'.encode()),
        ("ended", b"{}"),
    ]
    assert await events_of(b"event: one\r\ndata: 1\r\n\r\nevent: cut off") == [("one", b"1")]


async def test_work_is_told_as_it_goes_on_and_ends_with_what_came() -> None:
    body = b'event: progress\ndata: {"added": 1}\n\nevent: ended\ndata: {"added": 2}\n\n'
    told: list[int] = []
    async with answering(body) as wire:
        last = await wire.outcome_of("/", None, Ingested, lambda one: told.append(one.added), Ingested)
    assert (told, last.added) == ([1], 2)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b'event: failed\ndata: {"status": 403, "detail": "not yours"}\n\n', NotAllowed, "not yours"),
        (b'event: failed\ndata: {"status": 503, "detail": "a store is away"}\n\n', StoreError, "a store is away"),
        (b'event: progress\ndata: {"added": 1}\n\n', StoreError, "ended before"),
    ],
)
async def test_work_that_fails_or_is_cut_off_raises_why(body: bytes, kind: type[Exception], words: str) -> None:
    async with answering(body) as wire:
        with pytest.raises(kind, match=words):
            await wire.outcome_of("/", None, Ingested, lambda _: None, Ingested)


async def test_what_is_no_answer_of_ours_is_told() -> None:
    async with answering(b"<html>") as wire:
        with pytest.raises(ConfigurationError, match="of one version"):
            await wire.get("/", Ingested)
    async with answering(b'{"detail": "none"}', 404) as wire:
        with pytest.raises(UnknownRun, match="none"):
            await wire.get("/", Ingested, missing=UnknownRun)
        with pytest.raises(UnknownRun, match="none"):
            await anext(wire.events("GET", "/", missing=UnknownRun))
