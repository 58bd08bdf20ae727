"""MCP over HTTP on a real service: the SDK's own client, real keys, real jobs."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from agent.config import Settings
from agent.doors.api.mcp import is_name_of_service
from agent.jobs import JobState
from agent.models import Report
from agent.storage.keys import Scope
from evals.servers.wire import Hang
from tests.doors.api.conftest import guarded, stores
from tests.doors.api.desk import ARTICLE, PATIENCE, Desk
from tests.doors.mcp.newsroom import resource, told, words

__all__ = ["guarded", "stores"]
_HELLO = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
_TAKES = {"Accept": "application/json, text/event-stream"}
Connect = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture
def desk(guarded: Desk) -> Desk:
    guarded.as_before()
    return guarded


@pytest.fixture(params=["auto", "legacy"])
def connect(desk: Desk, request: pytest.FixtureRequest) -> Connect:
    """A client with a new key of these scopes."""

    @asynccontextmanager
    async def connected(*scopes: Scope) -> AsyncIterator[Client]:
        number = len(desk.service.keys.listing())
        key = desk.service.keys.create(f"client {number}", scopes)
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx2.AsyncClient(headers=headers, timeout=PATIENCE) as http:
            transport = streamable_http_client(f"{desk.http.base_url}/mcp", http_client=http)
            async with Client(transport, mode=request.param) as client:
                yield client

    return connected


async def test_an_article_is_verified_as_a_job_of_the_key(desk: Desk, connect: Connect) -> None:
    steps: list[float] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        steps.append(progress)

    async with connect(Scope.VERIFY) as client:
        found = told(await client.call_tool("verify_article", {"text": ARTICLE}, progress_callback=note))
        stored = desk.service.reports.get(found["run_id"])
        assert [line["id"] for line in found["claims"]] == [finding.id for finding in stored.claims]
        assert steps == sorted(set(steps))
        assert len(steps) > 3
        (listed,) = (await client.list_resources()).resources
        assert Report.model_validate_json(await resource(client, listed.uri)) == stored
        explained = told(await client.call_tool("explain_claim", {"run_id": found["run_id"], "claim": "1"}))
        assert explained["claim"]["id"] == stored.claims[0].id


async def test_what_belongs_to_another_key_looks_like_nothing(connect: Connect) -> None:
    async with connect(Scope.VERIFY) as mine, connect(Scope.VERIFY) as yours, connect(Scope.ADMIN) as admin:
        found = told(await mine.call_tool("verify_article", {"text": ARTICLE}))
        assert (await yours.list_resources()).resources == []
        answer = await yours.call_tool("explain_claim", {"run_id": found["run_id"], "claim": "1"})
        nothing = await yours.call_tool("explain_claim", {"run_id": "0" * 32, "claim": "1"})
        assert answer.is_error
        assert words(answer).replace(found["run_id"], "0" * 32) == words(nothing)
        with pytest.raises(MCPError) as refused:
            await yours.read_resource(found["report"])
        assert refused.value.error.code == -32602
        assert found["report"] in {one.uri for one in (await admin.list_resources()).resources}
        assert await resource(admin, found["report"])


async def test_a_key_may_do_what_its_scopes_say(connect: Connect) -> None:
    async with connect(Scope.READ) as reader, connect(Scope.COVERAGE) as coverer:
        for client, tool, arguments, scope in (
            (reader, "verify_article", {"text": ARTICLE}, "verify"),
            (reader, "check_claim", {"statement": ARTICLE}, "verify"),
            (reader, "search_coverage", {"query": "bridge"}, "coverage"),
            (reader, "add_coverage", {"url": "http://ledger.example/x"}, "coverage"),
            (coverer, "explain_claim", {"run_id": "0" * 32, "claim": "1"}, "read or verify"),
        ):
            answer = await client.call_tool(tool, arguments)
            assert answer.is_error
            assert words(answer).endswith(f" {scope}")
        assert (await coverer.list_resources()).resources == []
        assert not (await coverer.call_tool("search_coverage", {"query": "bridge"})).is_error


async def test_a_call_that_is_cancelled_stops_the_job(desk: Desk, connect: Connect) -> None:
    desk.model.behave(lambda _: Hang())
    async with connect(Scope.VERIFY) as client:
        # Nobody has asked this before, so that no kept answer is there.
        text = f"{ARTICLE} It was the {secrets.token_hex(4)} that was hit."
        call = asyncio.create_task(client.call_tool("verify_article", {"text": text}))
        job_id = await _job(desk, JobState.RUNNING)
        call.cancel()
        await asyncio.wait([call])
        assert (await desk.service.jobs.wait(job_id, PATIENCE)).state is JobState.CANCELLED


async def _job(desk: Desk, state: JobState) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            page = await desk.service.jobs.page(datetime.now(UTC), owner=None, states=(state,), limit=1)
            if page.jobs:
                return page.jobs[0].id
            await asyncio.sleep(0.1)


def test_without_a_good_key_nothing_is_answered(desk: Desk) -> None:
    for headers in ({}, {"Authorization": "Bearer isnad_00000000_guess"}):
        answer = desk.http.post("/mcp", json=_HELLO, headers=_TAKES | headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_has_so_many_messages_a_minute(desk: Desk) -> None:
    key = desk.service.keys.create("hasty client", [Scope.VERIFY], requests_per_minute=1)
    headers = _TAKES | {"Authorization": f"Bearer {key}"}
    desk.http.post("/mcp", json=_HELLO, headers=headers)
    assert desk.http.post("/mcp", json=_HELLO, headers=headers).status_code == 429


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1"])
def test_other_names_for_this_service_are_refused(desk: Desk, host: str) -> None:
    key = desk.service.keys.create(f"rebound {host}", [Scope.ADMIN])
    headers = _TAKES | {"Authorization": f"Bearer {key}", "Host": host}
    answer = desk.http.post("/mcp", json=_HELLO, headers=headers)
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("host", "is_name"),
    [
        ("isnad.example", True),
        ("DESK.internal:8000", True),
        ("localhost:8000", True),
        ("10.0.0.7", True),
        ("internal", False),
    ],
)
def test_the_service_answers_to_the_names_of_its_addresses(host: str, is_name: bool) -> None:
    settings = Settings(public_url="https://isnad.example http://desk.internal:8000")
    assert is_name_of_service(host, settings) is is_name
    assert not is_name_of_service("isnad.example", Settings())


def test_pages_of_other_hosts_are_refused(desk: Desk) -> None:
    key = desk.service.keys.create("page", [Scope.ADMIN])
    headers = _TAKES | {"Authorization": f"Bearer {key}", "Origin": "https://evil.example"}
    assert desk.http.post("/mcp", json=_HELLO, headers=headers).status_code == 403
    headers["Origin"] = str(desk.http.base_url)
    assert desk.http.post("/mcp", json=_HELLO, headers=headers).status_code not in (403, 421)


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"{", 400), (b"[" * 100_000, 400), (b'{"id": 1}', 400), (b'"' + b"x" * 5_200_000 + b'"', 413)],
)
def test_what_is_no_message_is_refused(desk: Desk, content: bytes, status: int) -> None:
    key = desk.service.keys.create(f"noise {len(content)}", [Scope.VERIFY])
    for version in ("2026-07-28", "2025-11-25"):
        headers = {
            **_TAKES,
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
            "MCP-Protocol-Version": version,
        }
        assert desk.http.post("/mcp", content=content, headers=headers).status_code == status
