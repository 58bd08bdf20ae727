"""What people do on the page, in words."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.conftest import SEED
from tests.doors.web.conftest import EXAMPLE

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Words of the claim that both articles have, and of what contradicts it.
NOT_LEAVING = "لا نغادر سوريا"
WITHDRAWAL = "سحب"
LOOKS = pytest.mark.parametrize(
    ("language", "theme"), [("en", "light"), ("en", "dark"), ("ar", "light"), ("ar", "dark")]
)
_SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


def user_article() -> str:
    """The user's own article where it is there, the example's otherwise."""
    return (SEED if SEED.exists() else EXAMPLE / "article.ar.txt").read_text("utf-8")


def send_article(page: Page, text: str, **known: str) -> None:
    page.fill("#text", text)
    if known:
        page.locator(".compose details summary").click()
    for field, value in known.items():
        page.fill(f"#{field}", value)
    page.locator(".compose button.main").click()


def wait_for_report(page: Page) -> None:
    expect(page.locator("#article")).to_be_visible()


def claim_saying(page: Page, words: str) -> Locator:
    return page.locator(".claims li a", has_text=words).first


def open_claim(page: Page, words: str) -> None:
    claim_saying(page, words).click()
    expect(page.locator("#evidence-heading")).to_contain_text(words)


def wait_for_script(page: Page) -> None:
    """A page is live once its script has marked what can only be done with it."""
    page.wait_for_function("document.querySelector('[data-print]')?.hidden === false")


def problems_for_readers(page: Page) -> list[str]:
    """What axe finds, one line each."""
    found = Axe().run(page, options={"runOnly": _TAGS, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def check_for_readers(page: Page) -> None:
    """Nothing is found by axe, and nothing reaches out of the window, on a phone and on a wide screen."""
    for size in _SIZES:
        page.set_viewport_size(size)
        assert problems_for_readers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
