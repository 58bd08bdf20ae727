"""Published fact-checks on the page: on top of their claim, in a shared report, in the history if they came later."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from agent.messages import languages, load_words
from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import problems_for_readers
from tests.doors.web.visiting import Visitor, run_visitor, shared_link

CLAIM = "The lighthouse of Lode was painted green in one night"
LATER = "The ferry of Lode was sold to a brewery last winter"
ARTICLE = f"{CLAIM}. {LATER}."
HOSTILE = '<script>alert(1)</script>"><b>'


def _review(claim: str, rating: str, publisher: str = "Harbour Post") -> bytes:
    told = {
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "url": f"https://harbour.example/{len(claim)}",
        "author": {"name": publisher},
        "itemReviewed": {"@type": "Claim", "author": {"name": "A video"}, "datePublished": "2023-01-02"},
        "datePublished": "2023-02-03",
        "reviewRating": {"alternateName": rating},
    }
    return json.dumps(told).encode()


@pytest.fixture(scope="module")
def visitor(running: Desk) -> Iterator[Visitor]:
    with run_visitor(running) as one:
        yield one


@pytest.fixture(scope="module")
def report(visitor: Visitor) -> str:
    visitor.ended(visitor.upload(check__json=_review(CLAIM, f"Altered {HOSTILE}", f"Harbour Post {HOSTILE}")))
    return visitor.verified(ARTICLE, outlet="Evening Sheet", published_at="2023-03-01")


def _claim_of(page: str, text: str) -> str:
    """The number of a claim on the page of a report."""
    claims = page.split('<ol class="claims">')[1].split("</ol>")[0]
    (found,) = [one for one in claims.split("<li ") if text in one]
    number = re.search(r"claim=(\d+)", found)
    assert number is not None
    return number[1]


@pytest.mark.parametrize("language", languages())
def test_who_has_checked_a_claim_stands_on_top_of_it(running: Desk, report: str, language: str) -> None:
    with run_visitor(running, language) as visitor:
        page = visitor.get(report, claim=_claim_of(visitor.get(report).text, CLAIM)).text
    shown = page.split('class="review r-same"')[1]
    said = re.sub(r"<[^>]+>", "", shown.split("</div>")[0])
    assert load_words(language, "web")("review.same") in said
    assert "Altered" in said
    assert "A video" in said
    assert shown.index('class="rating"') < shown.index("<blockquote")
    assert HOSTILE not in page
    assert "r-same" not in visitor_page(running, report, LATER)


def visitor_page(desk: Desk, report: str, claim: str) -> str:
    with run_visitor(desk) as visitor:
        return visitor.get(report, claim=_claim_of(visitor.get(report).text, claim)).text


def test_whoever_follows_a_link_reads_of_it_too(visitor: Visitor, report: str) -> None:
    link, _ = shared_link(visitor, report)
    page = visitor.get(link).text
    assert 'class="review r-same"' in page
    assert '<p class="until">' in page


def test_one_that_comes_later_is_put_in_and_stands_in_the_history(
    running: Desk, visitor: Visitor, report: str
) -> None:
    visitor.ended(visitor.upload(later__json=_review(LATER, "False")))
    assert "event: ended" in running.http.post("/v1/watch/looks").text
    page = visitor.get(f"{report}/history").text
    newest = page.split("Version 2")[1].split("Version 1")[0]
    assert "Harbour Post" in newest
    assert "False" in newest
    assert load_words("en", "web")("history.only_reviewed") in newest
    assert 'class="review r-same"' in visitor_page(running, report, LATER)


@pytest.mark.long
@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_is_fit_for_readers_of_every_kind(running: Desk, report: str, new_page: NewPage, language: str) -> None:
    page = new_page(locale=language)
    page.goto(f"{running.http.base_url}{report}")
    page.locator(".claims li a", has_text="lighthouse").first.click()
    expect(page.locator(".review .rating").first).to_be_visible()
    assert problems_for_readers(page) == []
