"""The work around a report: finding it again, its claims by label, its versions, sharing it, printing it."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from agent.config import Settings
from agent.doors.web.shares import Shares, open_shares
from agent.messages import languages
from tests.doors.api.desk import PATIENCE, Desk
from tests.doors.web.conftest import EXAMPLE, NewPage
from tests.doors.web.people import check_for_readers, problems_for_readers
from tests.doors.web.visiting import Visitor, run_visitor, shared_link

pytestmark = pytest.mark.long

PAGES = ("/archive", "/archive/add", "/verifications", "/help", "/settings")
ARTICLE = (EXAMPLE / "article.en.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def visitor(running: Desk) -> Iterator[Visitor]:
    with run_visitor(running) as one:
        yield one


@pytest.fixture(scope="module")
def report(visitor: Visitor) -> str:
    """Where a report with all labels is; one of its claims was corrected."""
    place = visitor.verified(ARTICLE, outlet="Quay Notebook", published_at="2016-03-15")
    visitor.post(
        f"{place}/claims/1/corrections", label="contested", reason="It was taken back.", who="Ada", sure="yes"
    )
    return place


def test_reports_are_found_by_headline_outlet_label_and_state(visitor: Visitor, report: str) -> None:
    def found(**asked: str) -> bool:
        return report in visitor.get("/verifications", **asked).text

    assert found()
    assert "Russia begins to pull the main part of its forces out of Syria" in visitor.get("/verifications").text
    assert found(q="quay NOTEBOOK begins")
    assert found(label="contested", state="succeeded")
    assert not found(q="harbour")
    assert not found(state="failed")
    assert not found(label="failed")


def test_older_reports_are_a_page_away_and_none_is_left_out(
    visitor: Visitor, running: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.doors.web.library._A_PAGE", 2)
    made = {running.posted(text=f"The mayor said that bridge number {n} was shut.") for n in range(5)}
    seen: list[str] = []
    place: str | None = "/verifications?q=bridge+number"
    while place:
        page = visitor.get(place).text
        seen += re.findall(r'<li><a href="/verifications/([0-9a-f]{32})"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        place = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen))
    assert set(seen) == made


def test_claims_are_listed_by_their_label(visitor: Visitor, report: str) -> None:
    def listed(**asked: str) -> list[str]:
        claims = visitor.get(report, **asked).text.split('<ol class="claims">')[1].split("</ol>")[0]
        return re.findall(r'<li class="l-(\w+)">', claims)

    assert set(listed(show="contested")) == {"contested"}
    assert len(listed(show="contested")) + len(listed(show="corroborated")) + len(listed(show="unsourced")) == len(
        listed()
    )


def test_versions_label_changes_and_corrections_stand_on_a_page(visitor: Visitor, report: str, running: Desk) -> None:
    page = visitor.get(f"{report}/history").text
    assert "Version 1" in page
    assert "It was taken back." in page
    assert f'href="{report}/history"' in visitor.get(report).text
    running.http.post("/v1/coverage", content=_LATER, headers={"Content-Type": "application/x-ndjson"})
    running.http.post(f"/v1/reports/{report.rpartition('/')[2]}/recheck", json={})
    page = visitor.get(f"{report}/history").text
    assert "Version 2" in page
    assert "Canal Courier" in page
    assert re.search(r'class="changes".*?l-unsourced.*?l-corroborated', page, re.DOTALL)
    assert "version 2: what changed" in visitor.get(report).text
    old = visitor.get(f"{report}/report.json", version="1").json()
    assert old["counts"] != visitor.get(f"{report}/report.json").json()["counts"]


_LATER = (
    '{"text": "Tehran had known of the step beforehand, an Iranian foreign ministry official said on Tuesday. '
    'Tehran had known of the step beforehand.", "outlet": "Canal Courier", "published_at": "2016-03-15T20:00:00Z"}\n'
)


@pytest.mark.parametrize("form", ["html", "md", "json", "jsonld"])
def test_what_is_taken_away_tells_of_corrections(visitor: Visitor, report: str, form: str) -> None:
    assert "It was taken back." in visitor.get(f"{report}/report.{form}").text


def test_a_link_leads_whoever_has_it_to_the_report_and_nowhere_else(
    visitor: Visitor, report: str, running: Desk
) -> None:
    link, revoking = shared_link(visitor, report)
    with httpx.Client(base_url=running.http.base_url, timeout=PATIENCE) as anybody:
        answer = anybody.get(link)
        assert answer.status_code == 200
        assert "It was taken back." in answer.text
        assert "set-cookie" not in answer.headers
        assert "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "no-store" in answer.headers["cache-control"]
        assert not re.search(r"<form|<script", answer.text)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert anybody.request(method, link).status_code == 405
        # Of the last letter of a signature some bits tell nothing.
        assert anybody.get(link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]).status_code == 404
        assert visitor.post(revoking).status_code == 200
        assert anybody.get(link).status_code == 404


@pytest.fixture
def shares(tmp_path: Path) -> Iterator[Shares]:
    with open_shares(Settings(data_dir=tmp_path)) as opened:
        yield opened


def test_no_link_can_be_made_up(shares: Shares) -> None:
    link = shares.begin("a-run", 2, "somebody")
    assert shares.read(link.id) is None
    assert shares.read(link.token.rpartition(".")[0]) is None
    assert shares.begin("a-run", 2, "somebody").id != link.id


@pytest.mark.parametrize("language", languages())
def test_every_page_is_there_in_every_language(running: Desk, report: str, language: str) -> None:
    with run_visitor(running, language) as visitor:
        for path in (*PAGES, f"{report}/history", f"{report}/shares"):
            answer = visitor.get(path)
            assert answer.status_code == 200, path
            assert f'<html lang="{language}"' in answer.text


@pytest.mark.long
def test_the_keyboard_stops_once_at_each_claim_of_the_article(running: Desk, report: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{running.http.base_url}{report}")
    stops = page.locator('.paper a:not([tabindex="-1"])').evaluate_all("all => all.map(one => one.dataset.claim)")
    claims = page.locator(".claims li").count()
    assert sorted(map(int, stops)) == list(range(1, claims + 1))


@pytest.mark.long
def test_on_paper_every_claim_stands_with_its_evidence(running: Desk, report: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{running.http.base_url}{report}")
    expect(page.locator(".printed")).to_be_hidden()
    claims = page.locator(".claims li").count()
    page.emulate_media(media="print")
    expect(page.locator(".printed article")).to_have_count(claims)
    expect(page.locator(".printed article").first).to_be_visible()
    expect(page.locator(".printed blockquote").first).to_be_visible()
    expect(page.locator(".printed-correction")).to_contain_text("It was taken back.")
    expect(page.locator(".composer")).to_be_hidden()


@pytest.mark.long
def test_tiles_filter_without_a_new_page(running: Desk, report: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{running.http.base_url}{report}")
    page.locator(".tally .l-contested a").click()
    expect(page.locator(".tally [aria-current]")).to_have_count(1)
    expect(page.locator(".claims li:not(.l-contested)")).to_have_count(0)
    assert "show=contested" in page.url
    page.locator(".tally .l-contested a").click()
    expect(page.locator(".claims li.l-corroborated").first).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("language", ["ar", "en"])
def test_readers_of_every_kind_can_use_the_new_pages(
    running: Desk, report: str, new_page: NewPage, language: str
) -> None:
    page = new_page(locale=language)
    document = running.http.get("/v1/coverage").json()["documents"][2]["id"]
    places = (*PAGES, "/archive?q=Tartus", f"/archive/documents/{document}", f"{report}/history", f"{report}/shares")
    for place in places:
        page.goto(f"{running.http.base_url}{place}")
        assert problems_for_readers(page) == [], place
    check_for_readers(page)
    page.set_viewport_size({"width": 360, "height": 740})
    for place in places:
        page.goto(f"{running.http.base_url}{place}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
