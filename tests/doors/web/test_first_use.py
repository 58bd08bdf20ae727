"""From nothing to the first useful label, by the page alone; and the desk of somebody who is new here."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.config import Settings
from agent.doors.web.first_use import example_documents
from tests.doors.api.desk import Desk, run_desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import LANGUAGES, check_for_readers, wait_for_report
from tests.support.endpoint import run_endpoint

pytestmark = pytest.mark.long
_TWO_MINUTES = 120


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    """A fresh data folder."""
    with run_endpoint() as model:
        settings = Settings(data_dir=tmp_path / "data", analyst="lexical", shutdown_grace=0)
        with run_desk(settings, model) as desk:
            yield desk


@LANGUAGES
def test_the_first_useful_label_is_there_within_two_minutes(bare: Desk, new_page: NewPage, language: str) -> None:
    page = new_page(locale=language)
    began = time.monotonic()
    page.goto(str(bare.http.base_url))
    expect(page.locator(".choices > li")).to_have_count(3)
    page.locator(".first-use button.main").click()
    wait_for_report(page)
    page.locator(".claims .l-corroborated a").first.click()
    expect(page.locator(".voice.s-supports blockquote").first).to_be_visible()
    assert time.monotonic() - began < _TWO_MINUTES
    page.goto(f"{bare.http.base_url}/archive")
    check_for_readers(page)
    page.locator(".aside-note button").click()
    expect(page.locator(".aside-note")).to_have_count(0)
    assert bare.http.get("/v1/coverage").json()["total"] == 0


def test_files_that_are_dropped_become_coverage(bare: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{bare.http.base_url}/archive/add")
    dropped = page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["Outlet: Harbour Post\\nDate: 2026-03-05\\n\\nThe quay is open."], "a.txt"));
            files.items.add(new File(["The depot has a new roof, the tram office said."], "b.txt"));
            return files;
        }"""
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.locator("[data-chosen] li")).to_have_count(2)
    check_for_readers(page)
    page.locator("form[data-files] button.main").click()
    expect(page.locator(".outcome")).to_have_count(2)
    expect(page.locator(".outcome").first).to_contain_text("Harbour Post · 5 March 2026")
    expect(page.get_by_role("link", name="Check an article")).to_be_visible()
    check_for_readers(page)


def test_what_a_pasted_text_tells_of_itself_is_filled_in_and_what_was_typed_stays(
    bare: Desk, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(str(bare.http.base_url))
    page.fill("#title", "My own title")
    page.fill("#text", "Quay two opens\nHarbour Post · 5 March 2026\n\nThe quay opened on Monday, the office said.")
    expect(page.locator("#outlet")).to_have_value("Harbour Post")
    expect(page.locator("#published_at")).to_have_value("2026-03-05")
    expect(page.locator("#title")).to_have_value("My own title")
    page.fill("#text", "Quay three opens\nThe Ledger · 6 March 2026\n\nThe quay opened on Monday, the office said.")
    expect(page.locator("#outlet")).to_have_value("The Ledger")
    page.locator(".compose form[action='/verifications'] button.main").click()
    wait_for_report(page)
    expect(page.locator("h1")).to_have_text("My own title")
    expect(page.locator(".space-top .outlet")).to_have_text("The Ledger")


def test_the_example_is_the_same_in_every_store() -> None:
    first = example_documents()
    example_documents.cache_clear()
    assert [one.id for one in first] == [one.id for one in example_documents()]
