import json

import httpx

from tests.doors.api.desk import ARTICLE, ON_BOTH, Desk
from tests.doors.api.test_errors import refused

pytestmark = ON_BOTH
_TOLD = [
    {"text": "Drivers saw that the old bridge was shut on Monday morning.", "outlet": "The Courier", "url": "https://courier.example/1"},
    {"text": "Orange prices fell on the wholesale markets.", "published_at": "2026-03-16"},
]  # fmt: skip


def post(desk: Desk, *lines: object) -> httpx.Response:
    body = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return desk.http.post("/v1/coverage", content=body, headers={"Content-Type": "application/x-ndjson"})


def test_every_line_of_a_batch_has_a_result_of_its_own(desk: Desk) -> None:
    answer = post(
        desk, _TOLD[0], "{half", {"title": "no text"}, "", {**_TOLD[1], "url": "nowhere"}, _TOLD[0], "[" * 9999
    )
    assert answer.status_code == 207
    found = answer.json()["results"]
    assert [(one["line"], one["status"]) for one in found] == [
        (1, 201),
        (2, 422),
        (3, 422),
        (5, 201),
        (6, 200),
        (7, 422),
    ]
    assert found[2]["detail"] == "text: this is needed"
    assert "not a web address" in found[3]["cautions"][0]
    assert found[0]["document_id"] == found[4]["document_id"]
    assert [one["status"] for one in post(desk, _TOLD[0]).json()["results"]] == [200]


def test_what_was_added_is_found_counts_as_evidence_and_can_be_taken_out(desk: Desk) -> None:
    document = post(desk, _TOLD[0]).json()["results"][0]["document_id"]
    found = desk.http.get("/v1/coverage/search", params={"q": "the old bridge was shut"}).json()["passages"]
    assert found[0]["passage"]["document_id"] == document
    searched = desk.verified(text=ARTICLE)["report"]
    assert isinstance(searched, dict)
    assert searched["searched"]["documents"] > 0
    assert desk.http.delete(f"/v1/coverage/{document}").status_code == 204
    assert document not in desk.http.get("/v1/coverage/search", params={"q": "the old bridge was shut"}).text
    refused(desk.http.delete(f"/v1/coverage/{document}"), 404, "not-found")


def test_documents_come_as_one_json_object_too(desk: Desk) -> None:
    fresh = {"text": "The ferry runs again.", "outlet": "Mole Mail"}
    answer = desk.http.post("/v1/coverage", json={"documents": [fresh, {"title": "no text"}, 7]})
    assert [(one["line"], one["status"]) for one in answer.json()["results"]] == [(1, 201), (2, 422), (3, 422)]


def test_batches_that_are_none(desk: Desk) -> None:
    refused(desk.http.post("/v1/coverage", content="x", headers={"Content-Type": "text/csv"}), 415, "media-type")
    wrong: tuple[object, ...] = (_TOLD, {}, {"documents": {}}, "documents")
    for no_documents in wrong:
        refused(desk.http.post("/v1/coverage", json=no_documents), 422, "invalid")
    refused(
        desk.http.post("/v1/coverage", content="{", headers={"Content-Type": "application/json"}), 400, "malformed"
    )
    refused(post(desk, ""), 422, "invalid")
    refused(post(desk, *['{"text": "x"}'] * 1001), 422, "invalid")


def test_one_statement_is_checked_at_once(desk: Desk) -> None:
    answer = desk.http.post(
        "/v1/claims/check", json={"statement": "The lamp had failed on Thursday.", "language": "en"}
    )
    assert answer.status_code == 200
    (claim,) = answer.json()["claims"]
    assert claim["label"] == "unsourced"
    assert desk.http.get(answer.headers["location"]).json()["state"] == "succeeded"
    refused(desk.http.post("/v1/claims/check", json={"statement": "12345"}), 422, "invalid")
    refused(desk.http.post("/v1/claims/check", json={"statement": "x", "published_at": "then"}), 422, "invalid")


def test_a_document_is_shown_as_it_will_be_judged(desk: Desk) -> None:
    told = {
        "text": "BAY CITY (Reuters) - The second quay was shut on Friday after a fire, the port office said.",
        "outlet": "Harbour Post",
        "published_at": "2016-03-15",
        "url": "nowhere",
    }
    document = post(desk, told).json()["results"][0]["document_id"]
    shown = desk.http.get(f"/v1/coverage/{document}").json()
    assert (shown["id"], shown["text"], shown["language"]) == (document, told["text"], "en")
    assert (shown["published_at"], shown["provenance"]["date_from"]) == ("2016-03-15T00:00:00Z", "given")
    assert shown["provenance"]["left_out"][0]["what"] == "url 'nowhere'"
    assert shown["credit"] == {"id": "agency:reuters", "name": "Reuters"}
    assert (shown["origin"]["first"], shown["origin"]["articles"], shown["origin"]["why"]) == (document, 1, "first")
    assert (shown["state"], shown["reason"]) == ("ready", None)
    assert desk.http.get(f"/v1/coverage/{document[:12]}").json() == shown


def test_a_document_that_is_not_there_or_not_the_only_one(desk: Desk) -> None:
    refused(desk.http.get("/v1/coverage/dffffffffffffffffffff"), 404, "not-found")
    refused(desk.http.get("/v1/coverage/dfff0"), 404, "not-found")
    refused(desk.http.get("/v1/coverage/d%25"), 422, "invalid")
    refused(desk.http.get("/v1/coverage/none"), 422, "invalid")
