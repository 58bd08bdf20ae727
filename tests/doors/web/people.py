"""What people do on the page, in words."""

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.conftest import SEED
from tests.doors.web.conftest import EXAMPLE

_RUN = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What is no violation is not sent to the test: it is half a megabyte.
_PROBLEMS = """async options => {
    const found = (await axe.run(options)).violations.flatMap(
        one => one.nodes.map(node => `${one.id}: ${node.target} ${node.failureSummary ?? ""}`));
    const width = document.documentElement.scrollWidth;
    return width > window.innerWidth ? [...found, `${width} points wide in a window of ${window.innerWidth}`] : found;
}"""
# Words of the claim that both articles have, and of what contradicts it.
NOT_LEAVING = "لا نغادر سوريا"
WITHDRAWAL = "سحب"
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
_THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


def user_article() -> str:
    """The user's own article where it is there, the example's otherwise."""
    return (SEED if SEED.exists() else EXAMPLE / "article.ar.txt").read_text("utf-8")


def send_article(page: Page, text: str, **known: str) -> None:
    page.fill("#text", text)
    for field, value in known.items():
        page.fill(f"#{field}", value)
    page.locator(".compose form[action='/verifications'] button.main").click()


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
    """What axe finds and what reaches out of the window, in the light and in the dark, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for theme in _THEMES:
        page.emulate_media(color_scheme=theme)
        found += [f"{theme}: {line}" for line in page.evaluate(_PROBLEMS, _RUN)]
    return found


def check_for_readers(page: Page) -> None:
    """Has no problems on a phone and on a wide screen."""
    for size in _SIZES:
        page.set_viewport_size(size)
        assert problems_for_readers(page) == []
