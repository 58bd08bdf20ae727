"""Asking about a report beside it, in a real browser."""

from playwright.sync_api import Page, expect

from evals.servers.cluster import until
from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import NOT_LEAVING, WITHDRAWAL, problems_for_readers, user_article, wait_for_script
from tests.doors.web.slow_page import run_slow_page


def open_report(desk: Desk, page: Page) -> int:
    """The number of the contested claim."""
    done = desk.verified(text=user_article(), outlet="الميادين", published_at="2016-03-15")
    report = desk.service.reports.get(str(done["id"]))
    page.goto(f"{str(desk.http.base_url).rstrip('/')}/verifications/{done['id']}")
    wait_for_script(page)
    return next(n for n, claim in enumerate(report.claims, 1) if NOT_LEAVING in claim.text)


def ask(page: Page, question: str) -> None:
    page.fill("#say", question)
    page.keyboard.press("Enter")


def test_why_is_answered_with_quotes_that_lead_to_the_claim(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    number = open_report(running, page)
    ask(page, f"لماذا {number} متنازع فيه؟")
    answer = page.locator(".log .answer").last
    expect(answer).to_be_visible()
    expect(answer).to_have_attribute("dir", "rtl")
    assert any(WITHDRAWAL in quote for quote in answer.locator("blockquote").all_inner_texts())
    expect(page.locator("#say")).to_have_value("")
    answer.locator("figcaption a[hx-get]").first.click()
    expect(page.locator("#evidence-heading")).to_contain_text(NOT_LEAVING)
    assert problems_for_readers(page) == []
    said = page.locator(".log").inner_text()
    page.reload()
    expect(page.locator(".log .said p")).to_have_text(f"لماذا {number} متنازع فيه؟")
    assert page.locator(".log").inner_text().split() == said.split()


def test_a_reload_in_the_middle_of_a_turn_takes_it_up_again(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    open_report(running, page)
    with run_slow_page("سحب القوات", "أعلنت وزارة الدفاع الروسية بدء سحب القوات من سوريا يوم الثلاثاء.") as slow:
        ask(page, slow.url)
        expect(page.locator(".log .live")).to_be_visible()
        page.reload()
        expect(page.locator(".log .live")).to_be_visible()
        expect(page.locator(".log .answer")).to_have_count(0)
        slow.send()
        expect(page.locator(".log .answer, .log .asked").last).to_be_visible()
    expect(page.locator(".log .live")).to_have_count(0)


def test_nothing_is_changed_before_yes(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    number = open_report(running, page)
    run_id = page.url.rpartition("/")[2].partition("?")[0]
    ask(page, f"/correct {number} unsourced a translation slip")
    expect(page.locator(".log .asked button").first).to_be_visible()
    assert running.service.reports.corrections(run_id) == []
    assert problems_for_readers(page) == []
    page.locator(".log .asked").get_by_role("button", name="Yes").click()
    expect(page.locator(".log .answer").last).to_be_visible()
    assert [one.reason for one in running.service.reports.corrections(run_id)] == ["a translation slip"]


def test_a_conversation_is_listed_renamed_and_deleted(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    open_report(running, page)
    page.locator(".starter").first.click()
    expect(page.locator(".log .answer")).to_be_visible()
    page.reload()
    page.locator(".chat .menu > summary").click()
    page.fill("#thread-name", "<i>Withdrawal</i>")
    page.get_by_role("button", name="Rename").click()
    page.goto(str(running.http.base_url))
    row = page.locator(".rows a", has_text="<i>Withdrawal</i>")
    row.click()
    expect(page.locator(".log .answer")).to_be_visible()
    page.locator(".chat .menu > summary").click()
    page.locator(".chat .danger summary").click()
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator("#new-heading")).to_be_visible()
    expect(row).to_have_count(0)


def test_a_question_is_asked_and_answered_without_script(running: Desk, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    done = running.verified(text="The mayor said that the bridge is shut.")
    page.goto(f"{str(running.http.base_url).rstrip('/')}/verifications/{done['id']}")
    page.fill("#say", "/claims")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/threads/**")

    def answered() -> bool:
        page.reload()
        return page.locator(".log .answer").count() > 0

    until(answered, "the answer")
    expect(page.locator(".log .answer")).to_be_visible()
