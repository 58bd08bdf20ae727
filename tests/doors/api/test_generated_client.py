"""A client that is generated from the description makes working, typed calls: `make test-client`.

The generator wants other versions of what the project needs, so it lives in an environment of its own.
"""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.doors.api.desk import ARTICLE, Desk

_NAME = "generated_isnad_client"
pytestmark = pytest.mark.skipif(find_spec(_NAME) is None, reason="make test-client generates it first")


@pytest.fixture
def client(desk: Desk) -> Iterator[Any]:
    """A client for the service that runs."""
    with importlib.import_module(_NAME).Client(base_url=str(desk.http.base_url)) as opened:
        yield opened


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
