"""The pictures of docs/wordpress.md: `python -m tests.wordpress.pictures MADE [FOLDER]` plays the example in a real
WordPress that `evals.servers.wordpress_files` has put together in MADE."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from evals.servers.browsing import ARGUMENTS, find_browser
from evals.servers.cluster import ROOT
from evals.servers.wordpress import ADMIN
from tests.wordpress.newsroom import EXAMPLE, Newsroom, open_newsroom, paragraphs
from tests.wordpress.people import Editor

_TITLE = "موسكو تبدأ سحب الجزء الأكبر من قواتها"
_CLAIM = "لا نغادر سوريا"
_ARTICLE = (EXAMPLE / "article.ar.txt").read_text("utf-8").strip().split("\n\n")
_ARABIC = (
    "update_option( 'WPLANG', 'ar' ); update_option( 'blogname', 'هاربر بوست' );"
    " update_option( 'timezone_string', 'UTC' ); return true;"
)
_PATIENCE_MS = 120_000


def take(made: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as named, sync_playwright() as playwright:
        work = Path(named)
        build = [sys.executable, str(ROOT / "integrations/wordpress/build.py"), str(work)]
        subprocess.run(build, check=True, capture_output=True)
        with open_newsroom(made, work / "isnad.zip", work) as newsroom:
            headers = {"Content-Type": "application/x-ndjson"}
            lines = (EXAMPLE / "coverage.jsonl").read_bytes()
            newsroom.service.http.post("/v1/coverage", content=lines, headers=headers).raise_for_status()
            newsroom.set(ask_note=True, claims=True)
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
            expect.set_options(timeout=_PATIENCE_MS)
            _take_all(newsroom, browser, folder)
            browser.close()


def _take_all(newsroom: Newsroom, browser: Browser, folder: Path) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 820}, locale="ar").new_page()
    page.context.set_default_timeout(_PATIENCE_MS)
    page.context.route(lambda url: not url.startswith(newsroom.site.url), lambda route: route.abort())
    page.context.add_cookies(newsroom.site.sign_in(ADMIN))  # type: ignore[arg-type]  # as Playwright names them
    editor = Editor(page, newsroom)
    editor.admin("options-general.php?page=isnad")
    page.set_viewport_size({"width": 1280, "height": 1080})
    page.click("#isnad-test")
    expect(page.locator("#isnad-tested li")).to_have_count(4)
    _shoot(page, folder / "wordpress-settings.png")
    page.set_viewport_size({"width": 1280, "height": 820})

    newsroom.site.php(_ARABIC)
    post = newsroom.post(paragraphs(*_ARTICLE), post_title=_TITLE, post_date="2016-03-15 15:00:00")
    newsroom.checked(post)
    editor.open(post)
    shown = editor.pick(_CLAIM)
    expect(shown.locator(".isnad-evidence-contradicts .isnad-quote").first).to_be_visible()
    # Its evidence comes into view.
    page.locator(".isnad-pick[aria-expanded='true']").evaluate("one => one.scrollIntoView({block: 'start'})")
    _shoot(page, folder / "wordpress-editor.png")
    shown.locator(".isnad-buttons .is-secondary").first.click()
    expect(page.locator(".isnad-side")).to_be_visible()
    _shoot(page, folder / "wordpress-side.png")
    page.keyboard.press("Escape")
    page.locator(".editor-post-publish-panel__toggle").click()
    expect(page.locator(".isnad-before textarea")).to_be_visible()
    _shoot(page, folder / "wordpress-publish.png")

    newsroom.post(paragraphs(*_ARTICLE[:1]), post_title="مسودة لم تُفحص")
    newsroom.update(post, post_content=paragraphs(*_ARTICLE[1:]))
    editor.admin("edit.php")
    _shoot(page, folder / "wordpress-list.png")


def _shoot(page: Page, path: Path) -> None:
    # What is painted a moment later, and what moves in.
    page.wait_for_timeout(1500)
    page.screenshot(path=path)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "pictures")
