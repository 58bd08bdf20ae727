"""Through the API: who told whom, as a picture and as data, and a report checked again beside the store."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree as Tree

import pytest

from agent.config import Settings
from tests.doors.api.desk import Desk, run_desk
from tests.support.endpoint import run_endpoint

ARTICLE = "The mayor said that the old bridge was shut on Monday."
RETOLD = "The old bridge was shut on Monday, the mayor said. Drivers had to turn round."


@pytest.fixture(scope="module")
def running(stores: Settings) -> Iterator[Desk]:
    """With the built-in analyst: a claim is supported by who says the same."""
    settings = Settings(data_dir=stores.data_dir, analyst="lexical", shutdown_grace=0)
    with run_endpoint() as model, run_desk(settings, model) as desk:
        yield desk


@pytest.fixture(scope="module")
def place(running: Desk) -> str:
    """Where a report is whose claim one document supports."""
    running.as_before()
    document = {"text": RETOLD, "outlet": "The Courier", "url": "https://courier.example/bridge"}
    line = json.dumps({**document, "published_at": "2026-03-16"})
    added = running.http.post("/v1/coverage", content=line, headers={"Content-Type": "application/x-ndjson"})
    assert added.status_code == 207, added.text
    done = running.verified(text=ARTICLE, outlet="The Ledger", published_at="2026-03-16", language="en")
    return f"/v1/verifications/{done['id']}"


def test_the_chain_of_a_claim_is_a_picture(desk: Desk, place: str) -> None:
    answer = desk.http.get(f"{place}/claims/c1/chain.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    picture = Tree.fromstring(answer.text)
    assert picture.get("direction") == "ltr"
    again = desk.http.get(f"{place}/claims/c1/chain.svg", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert Tree.fromstring(desk.http.get(f"{place}/claims/c1/chain.svg?language=ar").text).get("direction") == "rtl"


def test_the_chain_is_data_too(desk: Desk, place: str) -> None:
    report = desk.http.get(f"{place}/report.json").json()
    chain = desk.http.get(f"{place}/claims/c1/chain.json").json()
    assert (chain["number"], chain["run_id"]) == (1, report["run_id"])
    assert report["claims"][0]["label"] == "corroborated"
    documents = {node["document_id"] for node in chain["nodes"]} - {None}
    heard = {one["passage"]["document_id"] for one in report["claims"][0]["evidence"] if one["from"] == "coverage"}
    assert documents >= heard
    whole = desk.http.get(f"{place}/chain.json").json()
    assert whole["number"] is None
    assert whole["nodes"]
    assert Tree.fromstring(desk.http.get(f"{place}/chain.svg").text).tag.endswith("svg")


def test_any_report_of_the_machine_is_drawn_for_whoever_may_see_all(desk: Desk, place: str) -> None:
    run_id = desk.http.get(f"{place}/report.json").json()["run_id"]
    drawn = desk.http.get(f"{place}/claims/c1/chain.svg").text
    assert desk.http.get(f"/v1/reports/{run_id}/claims/c1/chain.svg").text == drawn
    assert desk.http.get(f"/v1/reports/{run_id}/chain.json").json()["run_id"] == run_id
    assert desk.http.get(f"/v1/reports/{run_id}/audit").json()["problems"] == []


@pytest.mark.parametrize("path", ["claims/c99/chain.svg", "claims/c99/chain.json", "claims/x/chain.svg"])
def test_what_is_not_there_is_told(desk: Desk, place: str, path: str) -> None:
    answer = desk.http.get(f"{place}/{path}")
    assert answer.status_code == (404 if "c99" in path else 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_report_is_checked_again_and_beside_the_store(desk: Desk, place: str) -> None:
    report = desk.http.get(f"{place}/report.json").json()
    told = desk.http.get(f"{place}/audit").json()
    assert (told["problems"], told["seal"], told["before_hashes"]) == ([], report["seal"]["sha256"], False)
    states = {one["document_id"]: one["state"] for one in told["documents"]}
    assert states == {one["document_id"]: "same" for one in report["documents"]}
    assert desk.http.get(f"{place}/audit?store=false").json()["documents"] is None


def test_what_was_withdrawn_or_removed_since_is_told_and_is_no_fault(desk: Desk, place: str) -> None:
    report = desk.http.get(f"{place}/report.json").json()
    document = report["documents"][0]["document_id"]
    withdrawn = desk.http.post(f"/v1/coverage/{document}/withdraw", json={"reason": "taken back"})
    assert withdrawn.status_code == 200, withdrawn.text
    told = desk.http.get(f"{place}/audit").json()
    assert [one["state"] for one in told["documents"] if one["document_id"] == document] == ["withdrawn"]
    assert desk.http.delete(f"/v1/coverage/{document}").status_code < 300
    gone = desk.http.get(f"{place}/audit?version=1").json()
    assert [one["state"] for one in gone["documents"] if one["document_id"] == document] == ["gone"]
    assert gone["problems"] == []
