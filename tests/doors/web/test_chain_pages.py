"""Who told whom, and a report checked again, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import NOT_LEAVING, check_for_readers, open_claim, user_article
from tests.doors.web.test_reading import address

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def report_place(running: Desk) -> str:
    done = running.verified(text=user_article(), outlet="الميادين", title="موسكو ودمشق", published_at="2016-03-15")
    return f"{address(running)}/verifications/{done['id']}"


def test_the_chain_of_a_claim_leads_by_keyboard_to_the_words(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    open_claim(page, NOT_LEAVING)
    chain = page.locator("#evidence svg.chain")
    expect(chain).to_be_visible()
    node = chain.locator("a.s-contradicts").first
    node.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#evidence-*")
    target = page.url.partition("#")[2]
    expect(page.locator(f"#{target} blockquote")).to_be_visible()


def test_the_chain_fills_a_page_in_both_directions_for_every_reader(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    for language, direction in (("English", "ltr"), ("العربية", "rtl")):
        page.goto(f"{report_place}/chain")
        if language == "العربية":
            page.get_by_role("button", name=language).click()
        chain = page.locator("svg.chain")
        expect(chain).to_have_attribute("direction", direction)
        article, source = page.locator("svg .r-article rect.frame"), page.locator("svg .r-person rect.frame").first
        own, theirs = article.bounding_box(), source.bounding_box()
        assert own is not None
        assert theirs is not None
        assert (own["x"] > theirs["x"]) is (direction == "ltr")
        page.locator(".chain-list summary").click()
        expect(page.locator(".chain-list li").first).to_be_visible()
        check_for_readers(page)


def test_the_picture_can_be_taken_away(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{report_place}/chain")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Take the picture with you").click()
    assert waiting.value.suggested_filename.endswith("-chain.svg")


def test_a_chat_shows_the_chain_as_a_picture(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    page.fill("#say", "show the chain of 4")
    page.press("#say", "Enter")
    picture = page.locator(".log .answer img.chain-image")
    expect(picture).to_be_visible()
    loaded = "async image => { await image.decode(); return image.naturalWidth }"
    assert picture.evaluate(loaded) > 300


def test_a_report_is_checked_again_from_its_page(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    page.get_by_text("Take away").click()
    page.get_by_role("link", name="Check this report again").click()
    expect(page.get_by_role("status")).to_have_text("Everything holds.")
    expect(page.locator(".audit-checks > li")).to_have_count(8)
    expect(page.get_by_text("All documents stand in the store as they were judged.")).to_be_visible()
    check_for_readers(page)
