"""Through the API: which claims a report makes, edited by whoever may, and told of."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from agent.config import Settings
from agent.storage.keys import LOCAL
from tests.doors.api.desk import PATIENCE, Desk, run_desk
from tests.doors.api.test_webhooks import _receiver
from tests.support.endpoint import run_endpoint

ARTICLE = "The mayor said that the old bridge was shut on Monday. The union said that the ferry sails again."


@pytest.fixture(scope="module")
def running(stores: Settings) -> Iterator[Desk]:
    settings = Settings(data_dir=stores.data_dir, analyst="lexical", shutdown_grace=0, allow_private_urls=True)
    with run_endpoint() as model, run_desk(settings, model) as desk:
        yield desk


@pytest.fixture
def place(desk: Desk) -> str:
    done = desk.verified(text=ARTICLE, outlet="The Ledger", published_at="2026-03-16", language="en")
    return f"/v1/verifications/{done['id']}"


def _post(desk: Desk, place: str, version: int = 1, who: str | None = "Ada Quill", **edit: Any) -> httpx.Response:
    return desk.http.post(f"{place}/edits", json={"version": version, "who": who, "edit": edit})


def test_an_edit_is_answered_with_the_new_version(desk: Desk, place: str) -> None:
    answer = _post(desk, place, kind="reword", claim_id="c1", text="The old bridge was shut.")
    assert answer.status_code == 201, answer.text
    report = answer.json()
    assert desk.http.get(f"{place}/report.json").json() == report
    assert report["claims"][0]["text"] == "The old bridge was shut."
    before = desk.http.get(f"{place}/report.json?version=1").json()
    assert report["claims"][1] == before["claims"][1]
    (edit,) = desk.http.get(f"{place}/edits").json()["edits"]
    assert (edit["kind"], edit["who"], edit["version"]) == ("reword", "Ada Quill", 2)
    assert edit["before"][0]["text"] == before["claims"][0]["text"]
    assert desk.http.get(f"{place}/audit").json()["problems"] == []
    again = _post(desk, place, kind="reword", claim_id="c1", text="The old bridge was shut.")
    assert (again.status_code, again.json()) == (201, report)


def test_whoever_asked_is_told_of_an_edit_at_once(desk: Desk) -> None:
    with _receiver() as received:
        posted = {"text": ARTICLE, "outlet": "The Ledger", "published_at": "2026-03-16", "language": "en"}
        job = desk.verified(**posted, callback_url=received.url)["id"]
        place = f"/v1/verifications/{job}"
        assert _post(desk, place, kind="set_aside", claim_id="c2", reason="no claim").status_code == 201
        # The same once more is the same edit, and is told once.
        assert _post(desk, place, kind="set_aside", claim_id="c2", reason="no claim").status_code == 201
        until = time.monotonic() + PATIENCE
        while not (edits := [one for one in received.calls if b"claim.edited" in one[1]]):
            assert time.monotonic() < until, desk.http.get(f"{place}/deliveries").json()
            time.sleep(0.1)
    ((headers, body),) = edits
    told = Webhook(desk.service.keys.secrets(LOCAL)[0]).verify(body, headers)
    assert (told["type"], told["data"]["id"], told["data"]["version"]) == ("claim.edited", job, 2)
    assert told["data"]["before"] == [{"claim_id": "c2", "label": "unsourced"}]
    assert told["data"]["after"] == []
    assert b"Ada Quill" not in body
    assert b"ferry" not in body


def test_a_stale_version_is_a_conflict_and_nothing_is_lost(desk: Desk, place: str) -> None:
    first = _post(desk, place, kind="set_aside", claim_id="c2", reason="no claim").json()
    answer = _post(desk, place, who="Ben Bay", kind="set_aside", claim_id="c1", reason="no claim")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:isnad:problem:stale-version")
    assert desk.http.get(f"{place}/report.json").json() == first
    assert first["counts"] == {"corroborated": 0, "contested": 0, "unsourced": 1, "failed": 0}
    assert [(one["id"], one["reason"]) for one in first["set_aside"]] == [("c2", "no claim")]


@pytest.mark.parametrize(
    ("edit", "status"),
    [
        ({"kind": "add", "quote": "the new bridge"}, 422),
        ({"kind": "add", "quote": "said that the"}, 422),
        ({"kind": "reword", "claim_id": "c7", "text": "x y"}, 404),
        ({"kind": "label", "claim_id": "c1", "label": "corroborated"}, 422),
        ({"kind": "reword", "claim_id": "c1", "text": "x y", "label": "corroborated"}, 422),
        ({"kind": "set_aside", "claim_id": "c1"}, 422),
        ({"kind": "split", "claim_id": "c1", "into": [{"quote": "the old bridge"}]}, 422),
        ({"kind": "merge", "claim_ids": ["c1", "x"]}, 422),
        ({"kind": "reword", "claim_id": "c1", "text": "x" * 2001}, 422),
    ],
)
def test_what_cannot_be_had_is_a_problem(desk: Desk, place: str, edit: dict[str, Any], status: int) -> None:
    answer = _post(desk, place, **edit)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert desk.http.get(f"{place}/edits").json() == {"edits": []}


def test_of_several_places_the_problem_tells_which(desk: Desk, place: str) -> None:
    told = _post(desk, place, kind="add", quote="said that the").json()
    assert (told["type"], "1: " in told["detail"], "2: " in told["detail"]) == ("urn:isnad:problem:edit", True, True)
    assert _post(desk, place, kind="add", quote="said that the ferry sails").status_code == 201


def test_a_verification_tells_that_its_claims_were_edited(desk: Desk, place: str) -> None:
    before = desk.http.get(place)
    assert before.json()["result"]["version"] == 1
    again = {"If-None-Match": before.headers["etag"]}
    assert desk.http.get(place, headers=again).status_code == 304
    # The label and the place of the claim stay as they were.
    _post(desk, place, kind="reword", claim_id="c1", text="The old bridge was shut.")
    reworded = desk.http.get(place, headers=again)
    assert (reworded.status_code, reworded.json()["result"]["version"]) == (200, 2)
    _post(desk, place, version=2, kind="set_aside", claim_id="c2", reason="no claim")
    told = desk.http.get(place).json()["result"]
    assert sum(told["counts"].values()) == 1
    assert told["counts"] == desk.http.get(f"{place}/report.json").json()["counts"]
