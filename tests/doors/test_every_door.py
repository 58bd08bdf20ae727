"""One article through every door: whoever asks, and however, gets the same report."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from openai import OpenAI

from agent.config import Settings
from agent.models import Report
from agent.storage.reports import open_reports
from tests.doors.api.desk import PATIENCE, Desk, run_desk
from tests.doors.mcp.newsroom import resource, told
from tests.support.command import isnad, piped
from tests.support.endpoint import run_endpoint

EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal"
# Without the line end that a file has: whoever pastes an article into a chat does not mean it.
TEXT = (EXAMPLE / "article.ar.txt").read_text(encoding="utf-8").strip()
# What one run has and no other: its name, and how long it took.
# The seal is over these too.
_OWN = {"run_id", "timings", "seal"}


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the coverage of the example, and nothing else."""
    folder = tmp_path_factory.mktemp("coverage") / "data"
    assert isnad("coverage", "add", str(EXAMPLE / "coverage.jsonl"), data_dir=str(folder)).code == 0
    return folder


@pytest.fixture
def data(coverage: Path, tmp_path: Path) -> Path:
    """A copy for one door: what another has verified is not there."""
    return Path(shutil.copytree(coverage, tmp_path / "copy"))


@pytest.fixture(scope="module")
def expected(coverage: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the command line says."""
    folder = shutil.copytree(coverage, tmp_path_factory.mktemp("command line") / "data")
    article = folder.with_name("article.txt")
    article.write_text(TEXT, encoding="utf-8")
    shown = isnad("verify", str(article), "--format", "json", data_dir=str(folder))
    found = comparable(shown.report)
    assert len(shown.report.claims) > 10
    assert shown.report.counts.contested > 0
    return found


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    with run_endpoint() as unused, run_desk(Settings(data_dir=data, shutdown_grace=0), unused) as running:
        yield running
        assert unused.calls == []


def comparable(report: Report) -> dict[str, object]:
    return report.model_dump(mode="json", by_alias=True, exclude=_OWN)


def stored(data: Path) -> Report:
    """The only report of a data folder."""
    with open_reports(Settings(data_dir=data)) as reports:
        (only,) = reports.listing()
        return reports.get(only.run_id)


def test_the_api_gives_the_same_report(desk: Desk, expected: dict[str, object]) -> None:
    found = desk.verified(text=TEXT)
    assert comparable(Report.model_validate(found["report"])) == expected
    again = desk.http.get(f"/v1/verifications/{found['id']}/report.json")
    assert comparable(Report.model_validate_json(again.text)) == expected


def test_the_chat_gives_the_same_report(
    data: Path, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISNAD_DATA_DIR", str(data))
    said = piped(TEXT.encode(), "chat")
    assert said.code == 0, said.err
    assert f"{len(stored(data).claims)} قولاً" in said.out
    assert comparable(stored(data)) == expected


def test_the_web_page_gives_the_same_report(desk: Desk, expected: dict[str, object]) -> None:
    # As browsers send what was pasted into a form.
    form = {"ticket": "0" * 32, "text": TEXT.replace("\n", "\r\n")}
    sent = desk.http.post("/verifications", data=form, headers={"Origin": str(desk.http.base_url).rstrip("/")})
    assert sent.status_code == 303, sent.text
    assert comparable(_only(desk)) == expected


def _only(desk: Desk) -> Report:
    """The report of the only verification, once it has ended."""
    (verification,) = desk.http.get("/v1/verifications").json()["verifications"]
    assert "ended" in desk.http.get(f"/v1/verifications/{verification['id']}/events").text
    answer = desk.http.get(f"/v1/verifications/{verification['id']}/report.json")
    return Report.model_validate_json(answer.text)


def test_the_mcp_tool_gives_the_same_report(desk: Desk, expected: dict[str, object]) -> None:
    async def ask() -> tuple[dict[str, Any], str]:
        async with Client(f"{desk.http.base_url}/mcp") as client:
            found = told(await client.call_tool("verify_article", {"text": TEXT}))
            return found, await resource(client, str(found["report"]))

    short, whole = asyncio.run(ask())
    report = Report.model_validate_json(whole)
    assert comparable(report) == expected
    assert [(line["id"], line["label"]) for line in short["claims"]] == [(f.id, f.label) for f in report.claims]


@pytest.mark.parametrize("stream", [False, True])
def test_the_completions_endpoint_gives_the_same_report(
    desk: Desk, expected: dict[str, object], stream: bool
) -> None:
    with OpenAI(base_url=f"{desk.http.base_url}/v1", api_key="none", max_retries=0, timeout=PATIENCE) as program:
        said = _said(program, stream=stream)
    report = _only(desk)
    assert comparable(report) == expected
    assert str(len(report.claims)) in re.findall(r"\d+", said)


def _said(program: OpenAI, *, stream: bool) -> str:
    if not stream:
        answer = program.chat.completions.create(model="isnad", messages=[{"role": "user", "content": TEXT}])
        return answer.choices[0].message.content or ""
    chunks = program.chat.completions.create(model="isnad", messages=[{"role": "user", "content": TEXT}], stream=True)
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
