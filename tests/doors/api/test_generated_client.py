"""A client that is generated from the description makes working, typed calls."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doors.api.desk import ARTICLE, Desk

_NAME = "generated_isnad_client"


@pytest.fixture
def client(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The generated package, and a client of it for the service that runs."""
    import openapi_python_client
    from openapi_python_client.config import Config, ConfigFile, MetaType

    description = tmp_path / "openapi.json"
    description.write_bytes(desk.http.get("/v1/openapi.json").content)
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, description, "utf-8", overwrite=True, output_path=tmp_path / _NAME
    )
    errors = openapi_python_client.generate(config=config)
    # The generator leaves out lines of JSON and pictures, and says so.
    left_out = ("x-ndjson", "image/svg+xml")
    assert [one.detail for one in errors if not any(kind in str(one.detail) for kind in left_out)] == []
    monkeypatch.syspath_prepend(tmp_path)
    with importlib.import_module(_NAME).Client(base_url=str(desk.http.base_url)) as opened:
        yield opened
    for name in [name for name in sys.modules if name.partition(".")[0] == _NAME]:
        del sys.modules[name]


def _operation(name: str) -> Any:
    return importlib.import_module(f"{_NAME}.api.{name}")


def _models() -> Any:
    return importlib.import_module(f"{_NAME}.models")


def test_coverage_is_added_an_article_verified_followed_and_its_report_read(client: Any) -> None:
    models = _models()
    document = models.CoverageDocument(
        text="Drivers saw that the old bridge was shut on Monday.", outlet="The Courier"
    )
    added = _operation("coverage.add_coverage").sync(client=client, body=models.PostedDocuments(documents=[document]))
    assert added.results[0].status in (200, 201)
    posted = _operation("verifications.post_verification").sync(
        client=client, body=models.VerificationRequest(text=ARTICLE), prefer="wait=60"
    )
    assert posted.state == models.JobState.SUCCEEDED
    report = _operation("reports.get_report").sync(posted.id, client=client)
    assert isinstance(report, models.Report)
    assert report.run_id == posted.id
    assert report.claims[0].label in set(models.Label)
    told = _operation("verifications.follow").sync(posted.id, client=client)
    assert "event: run_finished" in told
    page = _operation("reports.get_rendered_report").sync(posted.id, "html", client=client)
    assert "<!doctype html>" in page.lower()
    problem = _operation("verifications.get_verification").sync("0" * 32, client=client)
    assert problem.status == 404
