"""The coverage as an archive: listed by what is known of it, added as files, taken out of search and put back."""

import json

import httpx
import pytest

from agent.models import Document
from tests.doors.api.desk import Desk
from tests.doors.api.test_coverage import post
from tests.doors.api.test_errors import refused
from tests.support.newsstand import RSS, item, page, rss, run_newsstand, story

_TOLD = [
    {"text": "The ferry will sail again on Sunday, the harbour office said.", "outlet": "Harbour Post",
     "published_at": "2021-05-01", "language": "en", "url": "https://harbour.example/ferry?utm_source=x"},
    {"text": "قالت هيئة الميناء إن العبّارة ستبحر مجدّدًا يوم الأحد.", "outlet": "Bay Agency",
     "published_at": "2021-05-03", "language": "ar"},
    {"text": "Nobody knows when the ferry will sail.", "outlet": "Bay Agency", "language": "en"},
]  # fmt: skip


@pytest.fixture(scope="module")
def ids(running: Desk) -> list[str]:
    return [one["document_id"] for one in post(running, *_TOLD).json()["results"]]


def listed(desk: Desk, **wanted: object) -> list[str]:
    answer = desk.http.get("/v1/coverage", params={"limit": 5000, **wanted})  # type: ignore[dict-item]  # any value
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["documents"]]


def test_documents_are_listed_by_what_is_known_of_them(desk: Desk, ids: list[str]) -> None:
    assert [one for one in listed(desk) if one in ids] == ids
    assert listed(desk, outlet="bay agency", language="ar") == [ids[1]]
    assert listed(desk, outlet="Bay Agency", language="en") == [ids[2]]
    assert listed(desk, since="2021-05-01", until="2021-05-02") == [ids[0]]
    assert listed(desk, since="2021-05-02", until="2021-05-03") == [ids[1]]
    assert listed(desk, url="http://www.harbour.example/ferry") == [ids[0]]
    origin = desk.http.get(f"/v1/coverage/{ids[0]}").json()["origin"]["id"]
    assert listed(desk, origin=origin) == [ids[0]]
    assert listed(desk, origin="o0") == []
    refused(desk.http.get("/v1/coverage", params={"since": "then"}), 422, "invalid")


def test_a_listing_comes_in_pieces_with_how_many_there_are(desk: Desk, ids: list[str]) -> None:
    whole = listed(desk)
    second = desk.http.get("/v1/coverage", params={"offset": 1, "limit": 1}).json()
    assert ([one["id"] for one in second["documents"]], second["total"]) == ([whole[1]], len(whole))
    assert desk.http.get("/v1/coverage/stats").json()["documents"] == len(whole)


def test_a_document_is_put_out_of_search_with_the_reason_and_back(desk: Desk, ids: list[str]) -> None:
    path = f"/v1/coverage/{ids[2]}"
    assert desk.http.post(f"{path}/withdraw", json={"reason": " it was \n a rumour "}).json()["document_id"] == ids[2]
    assert (ids[2] in listed(desk), ids[2] in listed(desk, kept=True)) == (False, True)
    shown = desk.http.get(path).json()
    assert (shown["state"], shown["reason"]) == ("withdrawn", "it was a rumour")
    refused(desk.http.post(f"{path}/withdraw", json={"reason": "again"}), 404, "not-found")
    refused(desk.http.post(f"{path}/withdraw", json={"reason": " "}), 422, "invalid")
    assert desk.http.post(f"{path}/restore").status_code == 200
    refused(desk.http.post(f"{path}/restore"), 404, "not-found")
    assert ids[2] in listed(desk)


def _send(desk: Desk, name: str, body: str, **about: str) -> httpx.Response:
    return desk.http.post("/v1/coverage/files", params={"name": name, **about}, content=body.encode())


def test_a_file_is_added_with_what_became_of_it(desk: Desk) -> None:
    told = _send(
        desk, "a/../b.jsonl", json.dumps({"text": "The pier is closed for the winter."}) + "\n{half\n"
    ).json()
    assert (told["added"], [(one["path"], one["line"]) for one in told["rejected"]]) == (1, [("b.jsonl", 2)])
    about = {"outlet": "Mole Mail", "published_at": "3 May 2021", "title": "Pier"}
    assert _send(desk, "clipping.txt", "The pier is open, whatever others say.", **about).json()["added"] == 1
    (document,) = desk.http.get("/v1/coverage", params={"outlet": "Mole Mail"}).json()["documents"]
    assert (document["title"], document["published_at"][:10]) == ("Pier", "2021-05-03")
    (unread,) = _send(desk, "picture.png", "none").json()["rejected"]
    assert unread["path"] == "picture.png"
    refused(_send(desk, "clipping.txt", "The pier is open.", published_at="then"), 422, "invalid")


def test_documents_that_were_read_elsewhere_keep_how_they_were_made(desk: Desk) -> None:
    document = Document.of(
        "The lighthouse was painted red, its keeper said.", outlet="Harbour Post", author="A. Keeper"
    )
    sent = document.model_dump(mode="json") | {"id": "dffff"}
    put = desk.http.post("/v1/coverage/documents", json={"documents": [sent]}).json()
    assert (put["added"], put["known"]) == (1, [])
    assert desk.http.get(f"/v1/coverage/{document.id}").json()["author"] == "A. Keeper"
    assert desk.http.post("/v1/coverage/documents", json={"documents": [sent]}).json()["known"] == [document.id]


def test_a_feed_is_taken_and_followed_with_its_progress(desk: Desk) -> None:
    with run_newsstand() as stand:
        stand.put("/1", page(story(1)))
        feed = stand.put("/feed", rss(item("/1")), RSS)
        answer = desk.http.post("/v1/coverage/urls", json={"urls": [feed], "every": 900})
    names = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event: ")]
    assert (names[0], names[-1]) == ("progress", "ended")
    last = json.loads([line for line in answer.text.splitlines() if line.startswith("data: ")][-1][6:])
    assert last["total"]["added"] == 1
    assert last["sources"] == [{"url": feed, "is_followed": True, "error": None}]


def test_reports_are_listed_with_what_became_of_them(desk: Desk) -> None:
    verification = str(desk.verified()["id"])
    assert desk.http.get("/v1/reports", params={"limit": 1}).json()["reports"][0]["run_id"] == verification
    word = {"label": "contested", "reason": "a slip", "who": "the desk"}
    path = f"/v1/reports/{verification}/claims/c1/corrections"
    first = desk.http.post(path, json=word | {"version": 1})
    assert first.status_code == 201
    assert desk.http.post(path, json=word).json() == first.json()
    history = desk.http.get("/v1/reports/last/history").json()
    assert [one["version"] for one in history["versions"]] == [1]
    assert history["corrections"] == [first.json()]
    refused(desk.http.post(path, json=word | {"version": 7}), 404, "not-found")
    refused(desk.http.get(f"/v1/reports/{'0' * 32}/history"), 404, "not-found")


def test_a_look_tells_what_it_has_seen(desk: Desk) -> None:
    told = desk.http.post("/v1/watch/looks").text
    assert "event: ended" in told
    assert '"documents":' in told
