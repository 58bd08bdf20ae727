"""What attackers write stands on the page as text, and runs nothing."""

import json

from playwright.sync_api import expect

from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import send_article, wait_for_report

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
HTMX = '<div hx-get="/sign-out" hx-trigger="load" data-events="/metrics"></div>'
OVERRIDE = "\u202egnissim si egdirb eht\u202c"
TEXT = (
    f"The mayor of Harbour said that the old bridge was shut on Monday. {SCRIPT} {IMAGE} {HTMX} {OVERRIDE}\n"
    "The minister said that the old bridge was not shut on Monday. {{ 7*7 }} ${7*7} javascript:alert(3)"
)


def test_a_hostile_article_is_only_text(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(str(running.http.base_url))
    send_article(page, TEXT, title=f"Bridge {SCRIPT}", outlet=IMAGE)
    wait_for_report(page)
    for n in (1, 2):
        page.goto(f"{page.url.partition('?')[0]}?claim={n}")
        paper = page.locator(".paper")
        expect(paper).to_contain_text(SCRIPT)
        expect(paper).to_contain_text("{{ 7*7 }}")
        assert "\u202e" not in page.content()
        assert page.locator("main script, main img, main [hx-trigger], main [data-events='/metrics']").count() == 0
    expect(page.locator("h1")).to_have_text(f"Bridge {SCRIPT}")
    page.fill("#say", f"{SCRIPT} {IMAGE}")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".log .answer, .log .fault").last).to_be_visible()
    expect(page.locator(".log .said")).to_contain_text(SCRIPT)
    page.goto(str(running.http.base_url))
    expect(page.locator(".rows .title").first).to_contain_text(SCRIPT)


def test_hostile_coverage_is_only_text_and_no_link(running: Desk, new_page: NewPage) -> None:
    told = {
        "text": f"The mayor of Quay said that the new harbour was closed on Friday.\n\n{SCRIPT}{IMAGE}",
        "title": IMAGE,
        "outlet": f"{SCRIPT}{OVERRIDE}",
        "url": 'https://evil.example/"onmouseover=alert(4)//<script>',
        "published_at": "2026-03-14",
    }
    answer = running.http.post(
        "/v1/coverage", content=json.dumps(told) + "\n", headers={"Content-Type": "application/x-ndjson"}
    )
    assert answer.status_code == 207
    done = running.verified(
        text="The mayor of Quay said that the new harbour was closed on Friday.", published_at="2026-03-14"
    )
    page = new_page()
    page.goto(f"{str(running.http.base_url).rstrip('/')}/verifications/{done['id']}?claim=1")
    voice = page.locator(".voice").first
    expect(voice.locator(".outlet").first).to_have_text(SCRIPT + OVERRIDE[1:-1])
    for summary in voice.locator("summary").all():
        summary.click()
    assert page.locator("main script, main img, main [onmouseover]").count() == 0
    for link in voice.locator("a").all():
        assert (link.get_attribute("href") or "").startswith("https://evil.example/")


def test_a_line_that_is_too_long_is_refused_and_kept(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(str(running.http.base_url))
    line = "word " * 200_000
    page.locator("#text").evaluate("(area, text) => { area.value = text }", line)
    page.get_by_role("button", name="Check the claims").click()
    expect(page.locator("#text-problem")).to_contain_text("is too long for one article")
    assert page.locator("#text").input_value() == line


def test_a_body_without_end_is_refused(running: Desk) -> None:
    place = str(running.http.base_url).rstrip("/")
    answer = running.http.post("/verifications", data={"text": "x" * 6_000_000}, headers={"Origin": place})
    assert answer.status_code == 413
    assert "text/html" in answer.headers["content-type"]
