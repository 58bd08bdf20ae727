"""Published fact-checks over HTTP: in a report, in a search of claims, and going out under a person's name."""

import json
from typing import Any

import pytest

from agent.coverage.intake.review_feed import review_items
from agent.models import Document
from tests.doors.api.desk import Desk
from tests.doors.api.test_errors import refused
from tests.vocabulary.schema_org import against_schema, missing_of_google

CLAIM = "The lighthouse of Lode was painted green in one night"
ARTICLE = {"text": f"{CLAIM}. Trains to the coast run again.", "language": "en", "outlet": "Evening Sheet"}
ANSWER = {
    "claims": [
        {
            "text": CLAIM,
            "claimant": "A video",
            "claimDate": "2023-01-02T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Harbour Post", "site": "www.harbourpost.example"},
                    "url": "https://harbourpost.example/green",
                    "title": "Was it painted?",
                    "reviewDate": "2023-02-03T00:00:00Z",
                    "textualRating": "Altered",
                    "languageCode": "en",
                }
            ],
        }
    ]
}


@pytest.fixture(scope="module", autouse=True)
def _known(running: Desk) -> None:
    (record,) = [one for one in review_items(ANSWER, "answer", None) if isinstance(one, Document)]
    told = running.http.post("/v1/coverage/documents", json={"documents": [record.model_dump(mode="json")]})
    assert told.status_code == 200, told.text


def _verified(desk: Desk) -> dict[str, Any]:
    done = desk.http.post("/v1/verifications", json=ARTICLE, headers={"Prefer": "wait=60"}).json()
    assert done["state"] == "succeeded", done
    told: dict[str, Any] = done
    return told


def _search(desk: Desk, **asked: str | int) -> list[dict[str, Any]]:
    answer = desk.http.get("/v1/claims:search", params=asked)
    assert answer.status_code == 200, answer.text
    claims: list[dict[str, Any]] = answer.json()["claims"]
    return claims


def test_a_report_and_a_search_of_claims_tell_who_has_checked_it(desk: Desk) -> None:
    report = _verified(desk)["report"]
    (review,) = report["claims"][0]["reviews"]
    assert (review["of"], review["review"]["rating"], review["review"]["claimed_on"]) == (
        "same",
        "Altered",
        "2023-01-02",
    )
    assert report["claims"][0]["label"] == "unsourced"
    mine = next(one for one in _search(desk, query=CLAIM) if len(one["claimReview"]) > 1)
    assert {one["publisher"]["name"] for one in mine["claimReview"]} == {"Isnad", "Harbour Post"}


def test_what_others_checked_is_found_by_words_near_to_it(desk: Desk) -> None:
    (found,) = _search(
        desk, query="Le phare de Lode a été peint en vert", reviewPublisherSiteFilter="harbourpost.example"
    )
    assert found == {
        "text": CLAIM,
        "claimant": "A video",
        "claimDate": "2023-01-02T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Harbour Post", "site": "harbourpost.example"},
                "url": "https://harbourpost.example/green",
                "title": "Was it painted?",
                "reviewDate": "2023-02-03T00:00:00Z",
                "textualRating": "Altered",
                "languageCode": "en",
            }
        ],
    }
    site = {"reviewPublisherSiteFilter": "harbourpost.example"}
    assert _search(desk, query=CLAIM, languageCode="ar", **site) == []
    assert _search(desk, query=CLAIM, maxAgeDays=1, **site) == []
    assert _search(desk, query="Quarterly results of a bank", **site) == []
    assert _search(desk, query=CLAIM, reviewPublisherSiteFilter="elsewhere.example") == []


def test_a_review_goes_out_under_the_name_of_a_person_and_not_without(desk: Desk) -> None:
    run = _verified(desk)["id"]
    path = f"/v1/reports/{run}/claims/c1/review"
    signed = {"rating": "Altered", "reviewer": "Ola Strand", "url": "https://evening.example/checks/1"}
    made = desk.http.post(path, json=signed)
    assert (made.status_code, made.headers["content-type"]) == (200, "application/ld+json")
    told = json.loads(made.text)
    assert (told["author"]["name"], told["reviewRating"]["alternateName"]) == ("Ola Strand", "Altered")
    assert (against_schema(told), missing_of_google(told, "required")) == ([], [])
    for wrong in ({"rating": "Altered"}, {**signed, "reviewer": " "}, {**signed, "more": 1}):
        refused(desk.http.post(path, json=wrong), 422, "invalid")
    for wrong in ({**signed, "reviewer": "Isnad"}, {**signed, "rating": "1"}, {**signed, "url": "javascript:x"}):
        assert desk.http.post(path, json=wrong).status_code == 422
    assert desk.http.post(f"/v1/reports/{run}/claims/c99/review", json=signed).status_code == 422
    assert desk.http.post("/v1/reports/nothing/claims/c1/review", json=signed).status_code == 404


def test_without_a_query_all_that_a_publisher_checked_is_listed_page_by_page(desk: Desk) -> None:
    claims = [
        {
            **ANSWER["claims"][0],
            "text": f"Ferry number {number} was sold",
            "claimReview": [
                {
                    **ANSWER["claims"][0]["claimReview"][0],  # type: ignore[dict-item]  # a mapping
                    "publisher": {"name": "Reef Check", "site": "reef_check.example"},
                    "url": f"https://reef_check.example/{number}",
                    "languageCode": "fr" if number == 2 else "en",
                }
            ],
        }
        for number in range(5)
    ]
    records = [one for one in review_items({"claims": claims}, "answer", None) if isinstance(one, Document)]
    sent = {"documents": [one.model_dump(mode="json") for one in records]}
    assert desk.http.post("/v1/coverage/documents", json=sent).status_code == 200
    asked: dict[str, str | int] = {"reviewPublisherSiteFilter": "https://www.reef_check.example/", "pageSize": 2}
    seen: list[str] = []
    token: str | None = ""
    while token is not None:
        answer = desk.http.get("/v1/claims:search", params=asked | ({"pageToken": token} if token else {})).json()
        assert len(answer["claims"]) <= 2
        seen += [one["text"] for one in answer["claims"]]
        token = answer.get("nextPageToken")
    assert seen == [one.provenance.reviews[0].claim for one in reversed(records)]
    site = "reef_check.example"
    assert [one["text"] for one in _search(desk, reviewPublisherSiteFilter=site, languageCode="fr")] == [
        "Ferry number 2 was sold"
    ]
    assert _search(desk, reviewPublisherSiteFilter=site, maxAgeDays=30) == []
    assert _search(desk, reviewPublisherSiteFilter="reefxcheck.example") == []
