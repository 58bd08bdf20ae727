"""The page at the door, in a real browser."""

from playwright.sync_api import expect

from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import LOOKS, check_for_readers


@LOOKS
def test_it_is_fit_for_readers_before_and_after_a_wrong_key(
    guarded: Desk, new_page: NewPage, language: str, theme: str
) -> None:
    page = new_page(locale=language, color_scheme=theme)
    page.goto(str(guarded.http.base_url))
    expect(page.locator("#key")).to_be_visible()
    check_for_readers(page)
    page.fill("#key", "isnad_00000000_nothing")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_be_visible()
    check_for_readers(page)
