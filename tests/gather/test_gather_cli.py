"""`isnad gather` and `isnad verify --gather`, from a search to a label."""

import json
import re
from pathlib import Path

import pytest

from tests.support.command import counts_of, isnad
from tests.support.newsstand import Newsstand, Served, page
from tests.support.searching import Answer, SearchService

ARTICLE = (
    "The Fordwick bridge was shut on Monday after 212 cracks were found, the mayor said. "
    "The contract with Nordbau cost 4 million euros."
)
CONFIRMS = (
    "The Fordwick bridge was shut on Monday after 212 cracks were found, engineers said. Drivers were sent home."
)


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, "utf-8")
    return str(file)


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, service: SearchService) -> None:
    told = {
        "SEARXNG_URL": service.url,
        "ALLOW_PRIVATE_URLS": "1",
        "FETCH_DELAY": "0",
        "GATHER_QUERIES": "1",
        "EMBEDDER": "words",
    }
    for name, value in told.items():
        monkeypatch.setenv(f"ISNAD_{name}", value)


def _named(service: SearchService, *urls: str) -> None:
    service.answers("/search", {"results": [{"url": url, "title": "Bridge"} for url in urls]})


def test_what_a_search_names_is_fetched_added_and_checked_against(
    article: str, service: SearchService, stand: Newsstand
) -> None:
    url = stand.put("/bridge", page(CONFIRMS, "Bridge shut"))
    _named(service, url)
    done = isnad("gather", article, "--published", "2026-03-16", "--format", "json")
    shut = done.report.claims[0]
    assert {item.passage.url for item in shut.evidence if item.source == "coverage"} == {url}
    told = next(line for line in done.err.splitlines() if "found" in line)
    assert counts_of(told) == {"of": 1, "sources": 1, "found": 1, "new": 1, "fetched": 1, "added": 1}
    assert service.asked[0].query["format"] == "json"


def test_a_second_run_fetches_nothing_twice(article: str, service: SearchService, stand: Newsstand) -> None:
    stand.put("/robots.txt", "User-agent: *\nDisallow: /closed", "text/plain")
    urls = [stand.put("/bridge", page(CONFIRMS)), stand.put("/closed", page(CONFIRMS)), f"{stand.url}/gone"]
    _named(service, *urls)
    first = isnad("gather", article)
    assert counts_of(first.err)["refused"] == 1
    assert stand.statuses("/closed") == []
    stand.forget()
    again = isnad("gather", article)
    assert "3 found" in again.err
    assert "new" not in next(line for line in again.err.splitlines() if "found" in line)
    assert [path for path, _ in stand.answered] == []


def test_the_article_itself_is_no_coverage_of_itself(article: str, service: SearchService, stand: Newsstand) -> None:
    own = stand.put("/own", page(ARTICLE))
    _named(service, f"{own}?utm_source=x")
    done = isnad("gather", article, "--url", own)
    assert "0 found" in done.err
    assert stand.statuses("/own") == []


def test_without_a_source_it_says_which_settings_switch_one_on(article: str) -> None:
    done = isnad("gather", article, searxng_url="")
    assert done.code == 4
    for setting in ("ISNAD_SEARXNG_URL", "ISNAD_GATHER_FROM", "ISNAD_BRAVE_API_KEY"):
        assert setting in done.err


def test_a_source_that_is_not_on_is_told_by_name(article: str) -> None:
    done = isnad("gather", article, "--from", "gdelt")
    assert (done.code, "ISNAD_GATHER_FROM=gdelt" in done.err) == (4, True)


def test_verify_gathers_when_it_is_asked_to(article: str, service: SearchService, stand: Newsstand) -> None:
    _named(service, stand.put("/bridge", page(CONFIRMS)))
    assert "added" not in isnad("verify", article, "--format", "json").err
    assert service.asked == []
    done = isnad("verify", article, "--gather", "--format", "json")
    assert "1 added" in done.err
    assert done.report.searched.documents == 1


def test_a_report_gets_a_new_version_from_what_is_found_for_it(
    article: str, service: SearchService, stand: Newsstand
) -> None:
    before = isnad("verify", article, "--format", "json").report
    assert before.searched.documents == 0
    _named(service, stand.put("/bridge", page(CONFIRMS, "Bridge shut")))
    after = isnad("gather", before.run_id, "--claim", "1", "--format", "json").report
    assert after.run_id == before.run_id
    assert len([item for item in after.claims[0].evidence if item.source == "coverage"]) == 1
    assert isnad("gather", before.run_id, "--claim", "99").code != 0


def test_no_more_pages_are_fetched_than_the_limit(article: str, service: SearchService, stand: Newsstand) -> None:
    urls = [stand.put(f"/{n}", page(CONFIRMS.replace("212", str(200 + n)))) for n in range(4)]
    _named(service, *urls)
    done = isnad("gather", article, "--limit", "2")
    assert "4 new, 2 fetched" in done.err
    assert counts_of(done.err)["further"] == 2


def test_a_snippet_is_never_evidence(article: str, service: SearchService, stand: Newsstand) -> None:
    stand.serve("/empty", Served(b"<html><body></body></html>"))
    service.answers("/search", {"results": [{"url": f"{stand.url}/empty", "title": CONFIRMS, "content": CONFIRMS}]})
    done = isnad("gather", article, "--format", "json")
    assert done.report.searched.documents == 0


def test_a_source_that_does_not_answer_is_told_and_the_article_is_checked_all_the_same(
    article: str, service: SearchService
) -> None:
    service.answers("/search", Answer.of("Too Many Requests", 429, retry_after="600"))
    done = isnad("gather", article, "--format", "json")
    assert re.search(r"^.*searxng: .*600.*429", done.err, re.MULTILINE)
    assert json.loads(done.out)["counts"]["unsourced"] > 0
