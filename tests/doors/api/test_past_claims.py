"""Searching past findings: who finds what, in which words, and where it leads."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from agent.config import Settings
from agent.models import Article, Label, Report
from agent.storage.keys import Scope
from agent.watch.past_findings import PastFinding, PastFindings, Wanted
from tests.doors.api.desk import ON_BOTH, Desk
from tests.doors.api.test_access import client
from tests.doors.api.test_errors import refused
from tests.support.desk import Desk as Newsroom
from tests.support.desk import open_desk
from tests.support.reports import arabic_report, english_report
from tests.support.shelf import ARTICLE, MONDAY

_SEARCH = "/v1/claims:search"
_QUAY = {"text": ARTICLE.text, "title": ARTICLE.title, "outlet": ARTICLE.outlet, "url": ARTICLE.url}


@pytest.fixture
def desk(guarded: Desk) -> Desk:
    guarded.as_before()
    return guarded


def _kept(desk: Desk, report: Report, run_id: str) -> Report:
    """As a run on the command line leaves it."""
    kept = report.model_copy(update={"run_id": run_id})
    desk.service.reports.save(kept)
    return kept


def _found(http: httpx.Client, **parameters: str | int) -> list[Any]:
    answer = http.get(_SEARCH, params=parameters)
    assert answer.status_code == 200, answer.text
    claims: list[Any] = answer.json()["claims"]
    return claims


@ON_BOTH
def test_a_key_finds_its_own_findings_and_admin_all_of_them(desk: Desk) -> None:
    from_command_line = _kept(desk, english_report(), "20260316-090000-aaaaaa")
    words = from_command_line.claims[0].text
    with client(desk, Scope.VERIFY) as mine, client(desk, Scope.READ) as other, client(desk, Scope.ADMIN) as admin:
        done = mine.post("/v1/verifications", json=_QUAY, headers={"Prefer": "wait=60"}).json()
        assert done["state"] == "succeeded", done
        text = done["report"]["claims"][0]["text"]
        (found,) = _found(mine, query=text, pageSize=1)
        (review,) = found["claimReview"]
        assert (found["text"], review["title"], review["languageCode"]) == (text, "Quay two opens", "en")
        assert review["textualRating"].startswith(("Unsourced: ", "Corroborated: ", "Contested: "))
        assert review["publisher"] == {"name": "Isnad", "site": "127.0.0.1"}
        assert mine.get(review["url"]).headers["content-type"].startswith("text/html")
        assert _found(other, query=text) == []
        assert _found(mine, query=words) == []
        assert words in [one["text"] for one in _found(admin, query=words)]
        assert text in [one["text"] for one in _found(admin, query=text)]
        (kept,) = [one for one in _found(admin, query=words) if one["text"] == words]
        address = kept["claimReview"][0]["url"]
        assert admin.get(address).status_code == 200
        refused(mine.get(address), 403, "scope")


@ON_BOTH
def test_a_correction_stands_beside_what_it_corrects(desk: Desk) -> None:
    report = _kept(desk, arabic_report(), "20260316-090000-bbbbbb")
    finding = report.claims[0]
    desk.service.reports.correct(report.run_id, finding.id, Label.UNSOURCED, "خطأ في الترجمة", "محررة")
    with client(desk, Scope.ADMIN) as admin:
        (found,) = [one for one in _found(admin, query=finding.text) if one["text"] == finding.text]
    given, corrected = found["claimReview"]
    assert given["url"] == corrected["url"]
    assert corrected["textualRating"].endswith("خطأ في الترجمة (محررة)")
    assert given["textualRating"] != corrected["textualRating"]


@ON_BOTH
def test_filters_and_pages_leave_nothing_out_and_tell_nothing_twice(desk: Desk) -> None:
    _kept(desk, english_report(), "20260316-090000-aaaaaa")
    _kept(desk, arabic_report(), "20260316-090000-bbbbbb")
    with client(desk, Scope.ADMIN) as admin:
        everything = _found(admin, reviewPublisherSiteFilter="127.0.0.1", pageSize=100)
        assert {review["languageCode"] for one in everything for review in one["claimReview"]} >= {"ar", "en"}
        arabic = _found(admin, reviewPublisherSiteFilter="127.0.0.1", languageCode="ar", pageSize=100)
        assert {review["languageCode"] for one in arabic for review in one["claimReview"]} == {"ar"}
        pages, token = [], None
        while True:
            asked: dict[str, str | int] = {"reviewPublisherSiteFilter": "http://127.0.0.1/", "pageSize": 2}
            answer = admin.get(_SEARCH, params=asked | ({"pageToken": token} if token else {})).json()
            pages += answer["claims"]
            if (token := answer.get("nextPageToken")) is None:
                break
            last = token
        assert [one["text"] for one in pages] == [one["text"] for one in everything]
        assert _found(admin, reviewPublisherSiteFilter="elsewhere.example") == []
        refused(admin.get(_SEARCH, params={"query": "bridge", "pageToken": last}), 422, "invalid")
        refused(admin.get(_SEARCH, params={"query": "bridge", "pageToken": "e30"}), 422, "invalid")
        refused(admin.get(_SEARCH), 422, "invalid")


async def _everything(runs: Collection[str]) -> Collection[str]:
    return runs


async def _searched(newsroom: Newsroom, wanted: Wanted) -> list[PastFinding]:
    return await PastFindings(newsroom.reports, newsroom.claims, newsroom.coverage.floors).search(wanted, _everything)


async def _all(newsroom: Newsroom, wanted: Wanted) -> list[str]:
    return [one.reviews[0].claim_id for one in await _searched(newsroom, wanted)]


async def test_age_is_that_of_the_claim_or_of_the_review(places: Settings) -> None:
    with open_desk(places) as newsroom:
        await newsroom.verify(ARTICLE.model_copy(update={"published_at": MONDAY}))
        now = datetime.now(UTC)
        assert await _all(newsroom, Wanted(query="second quay", since=now - timedelta(hours=1))) == ["c1"]
        assert await _all(newsroom, Wanted(query="second quay", since=now + timedelta(hours=1))) == []


async def test_the_same_words_in_two_reports_are_one_claim_with_two_reviews(places: Settings) -> None:
    with open_desk(places) as newsroom:
        first = await newsroom.verify()
        second = await newsroom.verify(Article(text=ARTICLE.text, language="en", published_at=MONDAY))
        (found,) = await _searched(newsroom, Wanted(query="quay will open again"))
    assert [one.head.run_id for one in found.reviews] == [second.run_id, first.run_id]


async def test_what_the_index_holds_is_found_by_what_is_like_it(places: Settings) -> None:
    asked = "reopening of quays this week by harbour offices"
    with open_desk(places.model_copy(update={"min_similarity": 0.0})) as newsroom:
        await newsroom.verify()
        assert await _all(newsroom, Wanted(query=asked)) == []
        await newsroom.look()
        assert "c1" in await _all(newsroom, Wanted(query=asked))
