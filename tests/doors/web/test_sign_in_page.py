"""The page at the door, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from agent.config import Settings
from agent.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import LOOKS, check_for_readers
from tests.support.endpoint import run_endpoint


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(data_dir=tmp_path_factory.mktemp("locked") / "data", analyst="lexical", shutdown_grace=0)
        with run_desk(settings, model) as desk:
            desk.service.keys.create("somebody", [Scope.READ])
            yield desk


@LOOKS
def test_it_is_fit_for_readers_before_and_after_a_wrong_key(
    locked: Desk, new_page: NewPage, language: str, theme: str
) -> None:
    page = new_page(locale=language, color_scheme=theme)
    page.goto(str(locked.http.base_url))
    expect(page.locator("#key")).to_be_visible()
    check_for_readers(page)
    page.fill("#key", "isnad_00000000_nothing")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_be_visible()
    check_for_readers(page)
