"""What others have published of a claim, and what colleagues do with claims while a post is edited."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from agent.coverage.intake.review_feed import review_items
from agent.models import Document
from tests.wordpress.newsroom import Newsroom, paragraphs
from tests.wordpress.people import Editor

LIGHTHOUSE = "The lighthouse of Lode was painted green in one night."
BRIDGE = "The mayor said that the old bridge was shut on Monday."
PIERS = "Engineers had found cracks in two of its piers."
FERRY = "The harbour office said that the ferry was moved on Sunday."
SignIn = Callable[..., Editor]


def test_what_others_have_published_stands_above_the_evidence(newsroom: Newsroom, sign_in: SignIn) -> None:
    _publish_fact_check(newsroom, LIGHTHOUSE, "Altered", "https://courier.example/green")
    newsroom.service.add_coverage(
        {"text": f"{LIGHTHOUSE} Nobody saw the painters.", "outlet": "The Ledger", "published_at": "2026-01-04"}
    )
    post = newsroom.post(paragraphs(LIGHTHOUSE, PIERS))
    newsroom.checked(post)
    editor = sign_in()
    editor.open(post)
    shown = editor.pick("lighthouse")
    reviews = shown.locator(".isnad-reviews")
    expect(reviews.locator("strong")).to_have_text("Altered")
    expect(reviews.locator("blockquote")).to_have_text(LIGHTHOUSE.rstrip("."))
    link = reviews.get_by_role("link")
    expect(link).to_contain_text("The Courier")
    assert link.get_attribute("href") == "https://courier.example/green"
    sections = shown.locator("section").evaluate_all("all => all.map(one => one.className)")
    assert sections[0] == "isnad-reviews"
    assert any("isnad-evidence-supports" in one for one in sections)
    # What nobody has checked has no such section.
    expect(editor.pick("piers").locator(".components-spinner")).to_have_count(0)
    expect(editor.page.locator(".isnad-reviews")).to_have_count(0)


def test_claims_that_colleagues_edit_in_the_report_are_marked_as_they_are_by_now(
    newsroom: Newsroom, sign_in: SignIn
) -> None:
    post = newsroom.post(paragraphs(BRIDGE, PIERS, FERRY + " It was late."))
    before = {one["quote"]: one["id"] for one in newsroom.checked(post)["claims"]}
    bridge, piers, ferry = (
        next(name for quote, name in before.items() if word in quote) for word in ("bridge", "piers", "ferry")
    )
    editor = sign_in()
    editor.open(post)
    shown = editor.pick("piers")
    shown.get_by_role("button", name="Dismiss or correct").click()
    shown.get_by_label("Reason").fill("We have seen the cracks.")
    shown.get_by_role("button", name="Send").click()
    expect(editor.page.locator(".isnad-group-dismissed")).to_be_visible()

    _edit(newsroom, post, {"kind": "set_aside", "claim_id": bridge, "reason": "Nobody doubts it."})
    _edit(newsroom, post, {"kind": "reword", "claim_id": piers, "text": "Piers have cracks.", "quote": PIERS[:-1]})
    _edit(newsroom, post, {"kind": "add", "text": "The ferry was late.", "quote": "It was late"})
    newsroom.site.php("delete_transient( 'isnad_looked_' . $told ); return true;", post)
    editor.page.evaluate("wp.data.dispatch('isnad').look()")
    expect(editor.page.locator(".isnad-pick", has_text="The ferry was late.")).to_be_visible()
    assert {one["id"] for one in editor.record()["claims"]} >= {piers, ferry}
    assert bridge not in {one["id"] for one in editor.record()["claims"]}
    # The word on the old wording is none on the new one; no edit is told as news of later coverage.
    assert editor.record()["changes"] == []
    # The same words are claimed twice by now.
    unsourced = [PIERS[:-1], "the ferry was moved on Sunday", "It was late", "It was late"]
    editor.until_marked(unsourced=unsourced, chosen=[PIERS[:-1]])
    assert newsroom.record(post)["summary"]["counts"]["dismissed"] == 0


def test_a_post_that_is_open_is_looked_at_once_in_a_while(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(BRIDGE + " It rained.", PIERS))
    claims = newsroom.checked(post)["claims"]

    def shown() -> int:
        return len(newsroom.rest("GET", f"/isnad/v1/posts/{post}/check")["body"]["claims"])

    assert shown() == len(claims)
    # It was looked at just now, however long this takes.
    newsroom.site.php("return set_transient( 'isnad_looked_' . $told, 1, DAY_IN_SECONDS );", post)
    # What the service tells of an edit is not taken now, so that only looking shows it.
    newsroom.set(secret="")
    _edit(newsroom, post, {"kind": "set_aside", "claim_id": claims[0]["id"], "reason": "Nobody doubts it."})
    assert shown() == len(claims)
    newsroom.site.php("delete_transient( 'isnad_looked_' . $told ); return true;", post)
    assert shown() == len(claims) - 1
    # The service away costs nobody the claims that are known.
    newsroom.site.php("delete_transient( 'isnad_looked_' . $told ); return true;", post)
    newsroom.set(url="http://127.0.0.1:9")
    assert shown() == len(claims) - 1
    newsroom.set(url=newsroom.service.url, secret=newsroom.service.secret)


def _publish_fact_check(newsroom: Newsroom, claim: str, rating: str, url: str) -> None:
    """Into the coverage, as an archive of fact-checks tells it."""
    review = {
        "publisher": {"name": "The Courier", "site": "courier.example"},
        "url": url,
        "reviewDate": "2026-01-05T00:00:00Z",
        "textualRating": rating,
        "languageCode": "en",
    }
    answer = {"claims": [{"text": claim.rstrip("."), "claimReview": [review]}]}
    (document,) = [one for one in review_items(answer, "answer", None) if isinstance(one, Document)]
    body = {"documents": [document.model_dump(mode="json")]}
    told = newsroom.service.http.post("/v1/coverage/documents", json=body)
    assert told.status_code == 200, told.text


def _edit(newsroom: Newsroom, post: int, edit: dict[str, Any]) -> None:
    """As somebody does on the service's own page."""
    verification = newsroom.site.php("return ( new Isnad\\Record( $told ) )->found()['verification'];", post)
    at = f"/v1/verifications/{verification}"
    edits = newsroom.service.http.get(f"{at}/report.json").json().get("edits") or []
    told = newsroom.service.http.post(
        f"{at}/edits", json={"version": len(edits) + 1, "who": "Ola Strand", "edit": edit}
    )
    assert told.status_code == 201, told.text
