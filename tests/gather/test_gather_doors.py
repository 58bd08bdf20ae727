"""Gathering by every door but the command line: the API, the web page, the chat, MCP, and a command at a server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_types import CallToolResult
from pydantic import SecretStr

from agent.chat.actions import ActionName
from agent.config import Settings
from agent.doors.mcp.server import build_server
from agent.prompts import Fence
from agent.service.address import address_of, announced
from agent.service.local import open_local
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.gather.test_gather_cli import ARTICLE, CONFIRMS
from tests.support.command import isnad
from tests.support.endpoint import run_endpoint
from tests.support.newsstand import Newsstand, page
from tests.support.searching import SearchService
from tests.support.talk import Talk, open_talk, tells

PUBLISHED = "2026-03-16"


def _told(folder: Path, service: SearchService | None) -> Settings:
    return Settings(
        data_dir=folder,
        analyst="lexical",
        embedder="words",
        shutdown_grace=0,
        allow_private_urls=True,
        fetch_delay=0,
        gather_queries=1,
        searxng_url=SecretStr(service.url) if service is not None else None,
    )


@pytest.fixture(scope="module")
def running(_service: SearchService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    settings = _told(tmp_path_factory.mktemp("gathering") / "data", _service)
    with run_endpoint() as model, run_desk(settings, model) as desk:
        yield desk


@pytest.fixture
def named(service: SearchService, stand: Newsstand, request: pytest.FixtureRequest) -> str:
    """A page that the search names; every test has one of its own."""
    url = stand.put(f"/{request.node.name[:40]}", page(CONFIRMS, "Bridge shut"))
    service.answers("/search", {"results": [{"url": url, "title": "Bridge"}]})
    return url


def _evidence(report: Any) -> set[str]:
    return {item["passage"]["url"] for item in report["claims"][0]["evidence"] if item["from"] == "coverage"}


def _events(desk: Desk, path: str, body: object | None = None) -> list[tuple[str, dict[str, Any]]]:
    method = "GET" if body is None else "POST"
    with desk.http.stream(method, path, json=body) as answer:
        assert answer.status_code == 200, answer.read()
        blocks = "".join(answer.iter_text()).split("\n\n")
    found = []
    for block in blocks:
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_verification_that_is_posted_gathers_first(running: Desk, named: str) -> None:
    done = running.verified(text=ARTICLE, published_at=PUBLISHED, gather={})
    assert named in _evidence(done["report"])
    told = _events(running, f"/v1/verifications/{done['id']}/events")
    kinds = [kind for kind, _ in told]
    assert kinds.index("gathering") < kinds.index("run_started")
    last = [data for kind, data in told if kind == "gathering"][-1]
    assert (last["done"], last["found"], last["added"]) == (True, 1, 1)
    assert last["sources"][0]["name"] == "searxng"


def test_without_the_field_nobody_is_asked(running: Desk, service: SearchService) -> None:
    running.verified(text=ARTICLE, published_at=PUBLISHED)
    assert service.asked == []


@pytest.mark.parametrize(
    ("gather", "status"),
    [({"sources": ["gdelt"]}, 422), ({"sources": ["nobody"]}, 422), ({"limit": 0}, 422), (True, 422), (7, 422)],
)
def test_what_cannot_be_asked_is_refused_at_once(running: Desk, gather: object, status: int) -> None:
    answer = running.http.post("/v1/verifications", json={"text": ARTICLE, "gather": gather})
    assert answer.status_code == status
    if gather == {"sources": ["gdelt"]}:
        assert "ISNAD_GATHER_FROM=gdelt" in answer.json()["detail"]


def test_the_sources_are_listed(running: Desk) -> None:
    assert running.http.get("/v1/coverage/sources").json() == {"sources": ["searxng"]}


def test_more_is_looked_for_of_a_report(running: Desk, service: SearchService, stand: Newsstand, named: str) -> None:
    done = running.verified(text=f"{ARTICLE} It will open again in May.", published_at=PUBLISHED)
    told = _events(running, f"/v1/reports/{done['id']}/gather", {"claims": ["c1"], "limit": 5})
    assert told[0][0] == "progress"
    assert told[-1][0] == "ended"
    assert (told[-1][1]["done"], told[-1][1]["added"]) == (True, 1)
    unknown = _events(running, f"/v1/reports/{done['id']}/gather", {"claims": ["c99"]})
    assert [(kind, data["status"]) for kind, data in unknown] == [("failed", 404)]


def test_the_form_has_a_switch_that_names_who_is_asked(running: Desk, named: str) -> None:
    shown = running.http.get("/", headers={"Accept-Language": "en"}).text
    assert 'name="gather"' in shown
    assert "searxng" in shown
    ticket = shown.split('name="ticket" value="')[1][:32]
    posted = running.http.post(
        "/verifications",
        data={"ticket": ticket, "text": f"{ARTICLE} So it was told.", "gather": "yes"},
        headers={"Origin": str(running.http.base_url).rstrip("/")},
    )
    assert posted.status_code in (302, 303), posted.text
    job = posted.headers["location"].rpartition("/")[2]
    kinds = [kind for kind, _ in _events(running, f"/v1/verifications/{job}/events")]
    assert "gathering" in kinds


def test_a_command_gathers_at_the_server_that_runs(
    running: Desk, service: SearchService, stand: Newsstand, tmp_path: Path
) -> None:
    first, second = (stand.put(f"/at-server-{n}", page(CONFIRMS, f"Bridge {n}")) for n in (1, 2))
    service.answers("/search", {"results": [{"url": first}]}, {"results": [{"url": second}]})
    file = tmp_path / "article.txt"
    file.write_text(f"{ARTICLE} The repair goes on.", "utf-8")
    folder = running.service.settings.data_dir
    address = address_of("127.0.0.1", running.http.base_url.port or 0, running.service.operator_key)
    with announced(folder, address):
        done = isnad("gather", str(file), "--published", PUBLISHED, "--format", "json", data_dir=str(folder))
        assert "1 added" in done.err
        again = isnad("gather", done.report.run_id, "--format", "json", data_dir=str(folder))
        assert "1 added" in again.err
        assert again.report.run_id == done.report.run_id
        none = isnad("gather", str(file), "--from", "brave", data_dir=str(folder))
        assert (none.code != 0, "ISNAD_BRAVE_API_KEY" in none.err) == (True, True)


async def _verified(talk: Talk) -> None:
    await talk.say(f"/verify {PUBLISHED} Harbour Mail\n{ARTICLE}")


async def test_the_chat_asks_before_it_tells_anybody_what_is_checked(
    tmp_path: Path, service: SearchService, stand: Newsstand, named: str
) -> None:
    async with open_talk(_told(tmp_path / "data", service)) as talk:
        await _verified(talk)
        question = await talk.asked("look for more on 1")
        assert tells(question, "ask_gather", sources="searxng", numbers="1")
        assert service.asked == []
        assert tells(await talk.decide(question, yes=False), "declined")
        assert service.asked == []
        answer = await talk.decide(await talk.asked("ابحث عن المزيد من المصادر للقول ١"), yes=True)
        assert tells(answer, "gathered", found=1, new=1, fetched=1, added=1)
        assert tells(answer, "rechecked")
        assert any(one.event.type == "gathering" for one in talk.progress)


async def test_the_chat_says_what_was_not_had_and_leaves_the_report_as_it_is(
    tmp_path: Path, service: SearchService, stand: Newsstand
) -> None:
    service.answers("/search", {"results": [{"url": f"{stand.url}/nowhere"}]})
    async with open_talk(_told(tmp_path / "data", service)) as talk:
        await _verified(talk)
        answer = await talk.decide(await talk.asked("/gather"), yes=True)
        assert tells(answer, "gathered", found=1, new=1, fetched=0, added=0)
        assert tells(answer, "gathered_remark")
        assert not tells(answer, "rechecked")


async def test_the_chat_without_a_source_says_which_settings_switch_one_on(tmp_path: Path) -> None:
    async with open_talk(_told(tmp_path / "data", None)) as talk:
        assert tells(await talk.say("/gather"), "no_report")
        await _verified(talk)
        answer = await talk.say("cherche d'autres sources sur la 1")
        assert tells(answer, "no_sources")
        assert "ISNAD_SEARXNG_URL" in " ".join(one.text for one in answer.statements)


def test_gathering_is_asked_about_first() -> None:
    from agent.chat.actions import ASKS_FIRST, NEEDS_REPORT

    assert ActionName.GATHER in ASKS_FIRST & NEEDS_REPORT


async def test_a_tool_gathers(tmp_path: Path, service: SearchService, stand: Newsstand) -> None:
    first, second = (stand.put(f"/tool-{n}", page(CONFIRMS, f"Bridge {n}")) for n in (1, 2))
    service.answers("/search", {"results": [{"url": first}]}, {"results": [{"url": second}, {"url": first}]})
    async with open_local(_told(tmp_path / "data", service), "local") as workspace:
        server = build_server(lambda _: workspace, Fence(b"salt"))
        async with Client(server) as client:
            given = {"text": ARTICLE, "published_at": PUBLISHED, "gather": True}
            verified = _content(await client.call_tool("verify_article", given))
            assert verified["searched"]["documents"] == 1
            gathered = _content(
                await client.call_tool("gather_coverage", {"run_id": verified["run_id"], "claims": ["1"]})
            )
            assert (gathered["found"], gathered["new"], gathered["added"]) == (2, 1, 1)
            wrong = await client.call_tool("gather_coverage", {"run_id": verified["run_id"], "claims": ["99"]})
            assert wrong.is_error


def _content(answer: CallToolResult) -> dict[str, Any]:
    assert not answer.is_error, answer.content
    found: dict[str, Any] = answer.structured_content
    return found


def test_a_key_that_adds_no_coverage_gathers_none(running: Desk, named: str) -> None:
    """The last one at this service: from the first key on, nobody is answered without one."""
    key = running.service.keys.create("poster", [Scope.VERIFY])
    headers = {"Authorization": f"Bearer {key}"}
    answer = running.http.post("/v1/verifications", json={"text": ARTICLE, "gather": {}}, headers=headers)
    assert (answer.status_code, "coverage" in answer.json()["detail"]) == (403, True)
