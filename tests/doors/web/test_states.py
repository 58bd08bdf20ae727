"""The pages that are seldom looked at: before there is anything, while it goes on, when it failed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from agent.config import Settings
from tests.doors.api.desk import Desk, run_desk
from tests.doors.web.conftest import PATIENCE_MS, NewPage
from tests.doors.web.people import LANGUAGES, check_for_readers, send_article
from tests.doors.web.slow_page import run_slow_page
from tests.support.endpoint import run_endpoint

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """No key, no coverage, nothing checked yet."""
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("bare") / "data",
            analyst="lexical",
            shutdown_grace=0,
            allow_private_urls=True,
            fetch_delay=0,
        )
        with run_desk(settings, model) as desk:
            yield desk


def _place(desk: Desk) -> str:
    return str(desk.http.base_url).rstrip("/")


@LANGUAGES
def test_a_desk_without_coverage_is_fit_for_readers(bare: Desk, new_page: NewPage, language: str) -> None:
    page = new_page(locale=language)
    page.goto(_place(bare))
    expect(page.locator(".first-use")).to_be_visible()
    check_for_readers(page)


@LANGUAGES
def test_a_run_is_fit_for_readers_while_it_goes_on_and_when_it_has_failed(
    bare: Desk, new_page: NewPage, language: str
) -> None:
    page = new_page(locale=language)
    page.goto(_place(bare))
    with run_slow_page("Empty", "") as slow:
        send_article(page, slow.url)
        expect(page.locator(".going progress")).to_be_visible()
        check_for_readers(page)
        slow.send()
        expect(page.locator(".problem")).to_be_visible(timeout=PATIENCE_MS)
    check_for_readers(page)


@LANGUAGES
def test_what_is_not_there_is_told_in_the_readers_language(bare: Desk, new_page: NewPage, language: str) -> None:
    page = new_page(locale=language)
    for path in ("/verifications/" + "a" * 32, "/threads/abc", "/no/such/page"):
        page.goto(_place(bare) + path)
        expect(page.locator("h1")).to_have_text({"en": "There is nothing here", "ar": "لا شيء هنا"}[language])
        assert (re.search("[a-z]{3,}", page.locator("main").inner_text()) is None) is (language == "ar")
        check_for_readers(page)
