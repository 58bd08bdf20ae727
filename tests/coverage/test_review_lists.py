"""Lists of published fact-checks: in files, at addresses, and from the Fact Check Tools API."""

import json
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.app import open_web
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.intake.metadata import Item, Rejection, Skipped
from agent.coverage.intake.reading import read_coverage
from agent.coverage.web.review_lists import search_address
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import FetchTarget, IntakeOutcome
from agent.errors import InputFault
from agent.models import Document, PublishedReview
from tests.support.newsstand import Newsstand, Served
from tests.support.raw_site import open_site, redirect, respond

JSON = "application/json"
KEY = "AIzaSecretOfTheNewsroom"


def _review(claim: str = "The dam was never opened", rating: str | None = "False") -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "url": "https://harbourpost.example/check",
        "claimReviewed": claim,
        "author": {"@type": "Organization", "name": "Harbour Post"},
        "datePublished": "2024-03-14",
        "reviewRating": {"alternateName": rating} if rating else {"ratingValue": 1},
    }


def _found(claim: str = "The dam was never opened", rating: str = "False") -> dict[str, object]:
    return {
        "text": claim,
        "claimant": "Water Board",
        "claimDate": "2019-06-20T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Harbour Post", "site": "harbourpost.example"},
                "url": "https://harbourpost.example/check",
                "title": "Was the dam opened?",
                "reviewDate": "2024-03-14T09:00:00Z",
                "textualRating": rating,
                "languageCode": "en",
            }
        ],
    }


def _feed(*reviews: object) -> dict[str, object]:
    elements = [
        {"@type": "DataFeedItem", "item": [one], "url": "https://harbourpost.example/check"} for one in reviews
    ]
    return {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": elements}


def _read(path: Path, told: str) -> list[Item]:
    path.write_text(told, encoding="utf-8")
    return list(read_coverage([path]))


def _reviews(items: list[Item]) -> list[PublishedReview]:
    documents = [one for one in items if isinstance(one, Document)]
    assert all(one.provenance.is_record for one in documents)
    return [review for one in documents for review in one.provenance.reviews]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("one.json", json.dumps(_review())),
        ("several.json", json.dumps([_review(), _review("The dam was opened twice")])),
        ("feed.json", json.dumps(_feed(_review()))),
        ("graph.json", json.dumps({"@graph": [{"@type": "Organization", "name": "x"}, _review()]})),
        ("dump.jsonl", "\n".join(json.dumps(one) for one in (_review(), _review("The dam was opened twice")))),
        ("answer.json", json.dumps({"claims": [_found()], "nextPageToken": "n"})),
        ("claims.jsonl", json.dumps(_found())),
    ],
)
def test_every_form_of_a_list_comes_in_as_what_it_is(tmp_path: Path, name: str, told: str) -> None:
    first = _reviews(_read(tmp_path / name, told))[0]
    assert (first.claim, first.rating, first.publisher) == ("The dam was never opened", "False", "Harbour Post")
    assert (first.site, first.url) == ("harbourpost.example", "https://harbourpost.example/check")
    assert f"{first.published_at:%F}" == "2024-03-14"


def test_an_answer_of_the_api_tells_whose_claim_it_is_and_of_which_day(tmp_path: Path) -> None:
    (one,) = _reviews(_read(tmp_path / "a.json", json.dumps({"claims": [_found()]})))
    assert (one.claimant, str(one.claimed_on), one.title, one.language) == (
        "Water Board",
        "2019-06-20",
        "Was the dam opened?",
        "en",
    )


def test_a_record_is_known_again_and_a_newer_rating_takes_its_place(tmp_path: Path) -> None:
    old, same, new = (
        next(one for one in _read(tmp_path / "a.json", json.dumps(told)) if isinstance(one, Document))
        for told in (_feed(_review()), {"claims": [_found()]}, _feed(_review(rating="Mostly false")))
    )
    assert old.url == same.url == new.url
    assert old.url is not None
    assert old.url.startswith("urn:isnad:review:")
    assert new.id != old.id


def test_what_is_refused_of_a_list_is_told_and_stops_nothing(tmp_path: Path) -> None:
    items = _read(tmp_path / "feed.json", json.dumps(_feed(_review(rating=None), _review("The second"), {"x": 1}, 7)))
    assert [one.claim for one in _reviews(items)] == ["The second"]
    (told,) = [one.reason for one in items if isinstance(one, Rejection)]
    assert "harbourpost.example/check" in told
    assert "by a number only (1)" in told
    nameless = {"text": 5, "claimReview": [{"textualRating": "False"}]}
    answer = {"claims": [_found(rating="3"), nameless, _found(rating="True")]}
    items = _read(tmp_path / "answer.json", json.dumps(answer))
    assert [one.rating for one in _reviews(items)] == ["True"]
    assert [isinstance(one, Rejection) for one in items] == [True, True, False]


@pytest.mark.parametrize(
    "told", ['{"claims": []}', '{"@type": "DataFeed"}', '{"claims": "x"}', '{"@graph": [{}]}', "{}"]
)
def test_json_without_a_fact_check_is_no_list_of_them(tmp_path: Path, told: str) -> None:
    (item,) = _read(tmp_path / "a.json", told)
    assert isinstance(item, Rejection)
    (passed,) = list(read_coverage([tmp_path]))
    assert isinstance(passed, Skipped)


def test_our_own_lines_are_still_read_as_articles(tmp_path: Path) -> None:
    line = {"text": "The dam stayed shut, the board said.", "claims": 3, "@graph": []}
    (document,) = _read(tmp_path / "a.jsonl", json.dumps(line))
    assert isinstance(document, Document)
    assert not document.provenance.is_record


def test_hostile_lists_are_read_within_bounds(tmp_path: Path) -> None:
    giant = _feed(*(_review(f"Claim {number}") for number in range(2_000)))
    assert len(_reviews(_read(tmp_path / "giant.json", json.dumps(giant)))) == 2_000
    deep = '{"@type": "DataFeed", "dataFeedElement": [' + '{"item": [' * 60_000
    assert [type(one) for one in _read(tmp_path / "deep.json", deep)] == [Rejection]
    bad = _review("x</script><img src=x onerror=y()>\u202e") | {"url": "javascript:alert(1)", "author": {"name": 5}}
    (one,) = _reviews(_read(tmp_path / "bad.json", json.dumps(bad)))
    assert (one.claim, one.url, one.publisher) == ("x", None, "5")


# -- from the web ----------------------------------------------------------------------------------------------------


async def _take(settings: Settings, *urls: str, api: str | None = None, **choice: object) -> IntakeOutcome:
    async with open_web(settings, reviews_at=api) as web:
        return await web.take([FetchTarget(url) for url in urls], EntryFilter.model_validate(choice))


def _stored(settings: Settings) -> list[Document]:
    with open_database(settings) as database:
        catalogue = Catalogue(database)
        ids = [one.id for one in catalogue.listing()]
        found = catalogue.get(ids)
        return [found[one] for one in ids]


async def test_a_list_at_an_address_is_added_up_to_the_limit(stand: Newsstand, near: Settings) -> None:
    url = stand.put("/feed.json", json.dumps(_feed(*(_review(f"Claim number {n}") for n in range(9)))), JSON)
    lines = stand.put("/dump.json", "\n".join(json.dumps(_review(f"Line number {n}")) for n in range(3)), JSON)
    other = stand.put("/other.json", '{"a": 1}', JSON)
    taken = await _take(near, url, lines, other, limit=5)
    assert taken.total.added == 8
    (caution,) = taken.total.cautions
    assert re.findall(r"\d+", caution.reason) == ["4", "5"]
    assert [one.code for one in taken.total.rejected] == [InputFault.UNKNOWN_KIND]
    assert {one.provenance.is_record for one in _stored(near)} == {True}


def _asking(near: Settings) -> Settings:
    return near.model_copy(update={"fact_check_api_key": SecretStr(KEY)})


def _page_of(query: str, token: str = "") -> str:
    more = f"&pageToken={token}" if token else ""
    return f"/v1alpha1/claims:search?query={query}&pageSize=50{more}"


async def test_the_api_is_asked_page_by_page(stand: Newsstand, near: Settings) -> None:
    settings = _asking(near)
    stand.put(_page_of("dam"), json.dumps({"claims": [_found("First claim")], "nextPageToken": "two"}), JSON)
    stand.put(_page_of("dam", "two"), json.dumps({"claims": [_found("Second claim")], "nextPageToken": "two"}), JSON)
    taken = await _take(settings, search_address("dam", host=stand.url), api=stand.url)
    assert taken.total.added == 2
    assert [one.provenance.reviews[0].claim for one in _stored(near)] == ["First claim", "Second claim"]


async def test_what_nobody_has_checked_is_told(stand: Newsstand, near: Settings) -> None:
    settings = _asking(near)
    stand.put(_page_of("dam"), "{}", JSON)
    taken = await _take(settings, search_address("dam", host=stand.url), api=stand.url)
    assert (taken.total.added, taken.total.rejected) == (0, ())
    (told,) = taken.total.cautions
    assert "'dam'" in told.reason


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (
            400,
            '{"error": {"code": 400, "message": "not valid", "status": "INVALID_ARGUMENT"}}',
            "answers 400",
        ),
        (403, '{"error": {"code": 403, "status": "PERMISSION_DENIED"}}', "ISNAD_FACT_CHECK_API_KEY"),
        (500, "oops", "answers 500"),
        (200, "[]", "no answer of the Fact Check Tools API"),
        (200, "{" * 50_000, "no usable JSON"),
    ],
)
async def test_what_the_api_refuses_is_told_without_the_key(
    stand: Newsstand, near: Settings, status: int, body: str, told: str
) -> None:
    settings = _asking(near)
    stand.serve(_page_of("dam"), Served(body.encode(), JSON, status))
    taken = await _take(settings, f"{search_address('dam', host=stand.url)}&key={KEY}", api=stand.url)
    (source,) = taken.sources
    assert told in str(source.error)
    assert KEY not in taken.total.model_dump_json()
    assert KEY not in str(source.error)


async def test_a_busy_api_is_left_alone(stand: Newsstand, near: Settings) -> None:
    settings = _asking(near)
    stand.serve(_page_of("dam"), Served(b"{}", JSON, 429, {"retry-after": "3600"}))
    taken = await _take(settings, search_address("dam", host=stand.url), api=stand.url)
    assert "3600" in str(taken.sources[0].error)


async def test_without_a_key_nobody_is_asked(stand: Newsstand, near: Settings) -> None:
    taken = await _take(near, search_address("dam", host=stand.url), api=stand.url)
    assert "ISNAD_FACT_CHECK_API_KEY" in str(taken.sources[0].error)
    assert stand.answered == []


async def test_the_key_goes_to_the_api_alone_and_never_in_an_address(near: Settings) -> None:
    async with open_site() as api, open_site() as elsewhere:
        settings = _asking(near)
        api.at("/robots.txt", respond(status="404 Not Found"))
        api.at(_page_of("dam"), redirect(f"{elsewhere.url}/there"))
        elsewhere.at("/there", respond(json.dumps({"claims": [_found()]}).encode(), content_type=JSON))
        taken = await _take(settings, search_address("dam", host=api.url), api=api.url)
        assert taken.total.added == 1
        asked = {one.path: one.headers.get("x-goog-api-key") for one in (*api.asked, *elsewhere.asked)}
        assert (asked[_page_of("dam")], asked["/there"]) == (KEY, None)
        assert not any(KEY in path for path in asked)
    assert KEY not in "".join(one.model_dump_json() for one in _stored(near))
    assert KEY not in repr(settings)
