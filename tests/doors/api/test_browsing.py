"""What somebody sees who opens an address of the API in a browser."""

import pytest

from tests.doors.api.desk import ARTICLE, Desk

_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ID = "9df5dd95902d565621da980a82f0b22f"


@pytest.mark.parametrize(
    ("address", "page"),
    [("/v1/verifications", "/verifications"), (f"/v1/verifications/{_ID}", f"/verifications/{_ID}")],
)
def test_a_browser_is_led_to_the_page_and_a_program_is_not(desk: Desk, address: str, page: str) -> None:
    shown = desk.http.get(address, headers={"Accept": _BROWSER}, follow_redirects=False)
    assert (shown.status_code, shown.headers["location"]) == (303, page)
    for asked in ("application/json", "*/*", "application/json, text/html"):
        told = desk.http.get(address, headers={"Accept": asked}, follow_redirects=False)
        assert "json" in told.headers["content-type"]


def test_the_page_lists_what_was_verified(desk: Desk) -> None:
    desk.verified(text=ARTICLE, title="Bridge shut")
    shown = desk.http.get("/v1/verifications", headers={"Accept": _BROWSER}, follow_redirects=True)
    assert shown.headers["content-type"].startswith("text/html")
    assert "Bridge shut" in shown.text


def test_what_is_no_id_leads_nowhere_else(desk: Desk) -> None:
    odd = desk.http.get("/v1/verifications/..%2f..%2fevil", headers={"Accept": _BROWSER}, follow_redirects=False)
    assert (odd.status_code in (404, 422), "location" in odd.headers) == (True, False)
