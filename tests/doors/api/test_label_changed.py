"""From later coverage to a signed webhook, with nothing between them but the clock of the service."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from agent.config import Settings
from agent.storage.keys import LOCAL
from tests.doors.api.desk import Desk, run_desk
from tests.doors.api.test_webhooks import _receiver
from tests.support.endpoint import run_endpoint

_EXAMPLE = Path(__file__).parents[3] / "examples" / "withdrawal"


@pytest.fixture
def desk(places: Settings) -> Iterator[Desk]:
    told = {"allow_private_urls": True, "shutdown_grace": 0, "watch_every": "*/5 * * * * *"}
    with run_endpoint() as model, run_desk(places.model_copy(update=told), model) as running:
        yield running


def test_a_label_that_later_coverage_changes_is_told_to_who_asked(desk: Desk) -> None:
    about = json.loads((_EXAMPLE / "article.json").read_text(encoding="utf-8"))
    article = {
        "text": (_EXAMPLE / "article.ar.txt").read_text(encoding="utf-8"),
        **{name: about[name] for name in ("title", "outlet", "published_at", "language", "url") if name in about},
    }
    schedules = desk.http.get("/v1/schedules").json()["schedules"]
    assert [one["name"] for one in schedules] == ["prune", "watch"]
    with _receiver() as received:
        job = desk.verified(**article, callback_url=received.url)["id"]
        coverage = (_EXAMPLE / "coverage.jsonl").read_bytes()
        headers = {"Content-Type": "application/x-ndjson"}
        assert desk.http.post("/v1/coverage", content=coverage, headers=headers).status_code == 207
        place = f"/v1/verifications/{job}"
        until = time.monotonic() + 90
        while not (changes := [one for one in received.calls if b"claim.label_changed" in one[1]]):
            assert time.monotonic() < until, desk.http.get(f"{place}/deliveries").json()
            time.sleep(0.2)
    headers, body = changes[0]
    told = Webhook(desk.service.keys.secrets(LOCAL)[0]).verify(body, headers)
    assert (told["data"]["id"], told["data"]["version"]) == (job, 2)
    report = desk.http.get(f"{place}/report.json").json()
    (claim,) = [one for one in report["claims"] if one["id"] == told["data"]["claim_id"]]
    assert told["data"]["label_before"] != told["data"]["label_after"] == claim["label"]
    assert {one["document_id"] for one in told["data"]["because"]} <= {
        item["passage"]["document_id"] for item in claim["evidence"]
    }
    # A try is written down once it is answered.
    while (headers["webhook-id"], "claim.label_changed") not in _tries(desk, place):
        assert time.monotonic() < until
        time.sleep(0.2)


def _tries(desk: Desk, place: str) -> set[tuple[str, str]]:
    return {(one["id"], one["event"]) for one in desk.http.get(f"{place}/deliveries").json()["attempts"]}
