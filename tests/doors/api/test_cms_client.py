"""The client that plugins are modelled on does what a CMS does, against the running service."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from agent.jobs.records import JobProblem
from agent.jobs.webhooks import Notice, signed
from tests.doors.api.desk import Desk

_FILE = Path(__file__).parents[3] / "examples" / "cms_client.py"
_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
_TEXT = "The mayor said that the old bridge was shut on Monday."
_ARTICLE = {"title": "Bridge shut", "outlet": "Harbour Post", "blocks": [{"id": "p1", "text": _TEXT}]}


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cms_client", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_article_is_checked_marked_and_corrected(desk: Desk, example: ModuleType) -> None:
    cms = example.Cms(desk.http)
    posted = cms.check(_ARTICLE)
    assert cms.check(_ARTICLE) == posted
    assert cms.wait(posted)["state"] == "succeeded"
    block, start, end, label = next(cms.marks(posted))
    assert (block, label) == ("p1", "unsourced")
    assert "bridge was shut" in _TEXT[start:end]
    cms.correct(posted, "c1", label="contested", reason="The council denies it.", who="Desk editor")
    (kept,) = desk.http.get(f"/v1/verifications/{posted}/corrections").json()["corrections"]
    assert (kept["label"], kept["who"]) == ("contested", "Desk editor")


def test_what_is_refused_is_raised(desk: Desk, example: ModuleType) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="422"):
        example.Cms(desk.http).check({"title": "no text"})


def test_a_webhook_is_believed_when_it_is_signed(example: ModuleType) -> None:
    notice = Notice.of("f" * 32, "desk", "https://cms.example/told", JobProblem(code="fetch", message="silent"))
    headers = signed(notice, (_SECRET,), datetime.now(UTC))
    assert example.receive(notice.body.encode(), headers, _SECRET) == "f" * 32
    with pytest.raises(WebhookVerificationError):
        example.receive(notice.body.encode() + b" ", headers, _SECRET)
