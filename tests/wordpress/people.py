"""What people do in WordPress's editor, in words."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from evals.servers.cluster import until
from tests.wordpress.newsroom import Newsroom

Json = Any
_PATIENCE_SECONDS = 90
_READY = (
    "() => window.wp?.data?.select('core/editor')?.getCurrentPostId() && window.wp.data.select('isnad')?.record()"
)


class Editor:
    """Somebody who has signed in."""

    def __init__(self, page: Page, newsroom: Newsroom) -> None:
        self.page = page
        self._url = newsroom.site.url

    def admin(self, path: str) -> None:
        self.page.goto(f"{self._url}/wp-admin/{path}")

    def open(self, post: int) -> None:
        """A post in the editor, with the sidebar open."""
        self.admin(f"post.php?post={post}&action=edit")
        self.page.wait_for_function(_READY)
        self.show_sidebar()

    def new(self) -> None:
        """A new post in the editor, with the sidebar open."""
        self.admin("post-new.php")
        self.page.wait_for_function(_READY)
        self.show_sidebar()

    def open_locked(self, post: int) -> None:
        """As `open`, of a post that somebody else has open: it is taken over."""
        self.admin(f"post.php?post={post}&action=edit")
        self.page.wait_for_function(_READY)
        # It leads back to where it was asked for.
        with self.page.expect_navigation():
            self.page.get_by_role("link", name="Take over").click()
        self.page.wait_for_function(_READY)
        self.show_sidebar()

    def write(self, title: str, *texts: str) -> None:
        """Types a title and paragraphs."""
        self.text.get_by_role("textbox", name="Add title").click()
        for words in (title, *texts):
            self.page.keyboard.insert_text(words)
            if words != texts[-1]:
                self.page.keyboard.press("Enter")

    def show_sidebar(self) -> None:
        self.page.evaluate("wp.data.dispatch('core/interface').enableComplementaryArea('core', 'isnad/claims')")
        expect(self.state).to_be_visible()

    @property
    def text(self) -> Page | FrameLocator:
        """Where the text is: a document of its own, or the page."""
        framed = self.page.locator('iframe[name="editor-canvas"]').count()
        return self.page.frame_locator('iframe[name="editor-canvas"]') if framed else self.page

    @property
    def state(self) -> Locator:
        return self.page.locator(".isnad-state")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def check(self) -> None:
        """Has the text checked, and waits for the end."""
        self.page.locator(".isnad-head .components-button.is-primary").click()
        self.until_checked()

    def until_checked(self) -> None:
        # An earlier check has ended too: while the site is asked for a new one the sidebar is busy.
        self.page.wait_for_function(
            "() => !wp.data.select('isnad').isBusy() && wp.data.select('isnad').record().state === 'checked'"
        )
        expect(self.state).to_contain_text("Checked at")

    def record(self) -> Json:
        return self.page.evaluate("wp.data.select('isnad').record()")

    def marked(self) -> dict[str, list[str]]:
        """The words that are marked in the text just now, by kind: a change of the text is painted a moment later."""
        found: dict[str, list[str]] = self.page.evaluate("window.isnad.marked()")
        return {kind: sorted(words) for kind, words in found.items() if words}

    def until_marked(self, **wanted: Iterable[str]) -> None:
        """Waits until these words are marked, by kind, and no others."""
        due = {kind: sorted(words) for kind, words in wanted.items()}
        with suppress(TimeoutError):
            until(lambda: self.marked() == due, "the marks", _PATIENCE_SECONDS)
        marked = self.marked()
        assert marked == due, f"marked: {marked}"

    def pick(self, words: str) -> Locator:
        """Chooses a claim by its words; what is shown of it."""
        self.page.locator(".isnad-pick", has_text=words).first.click()
        shown = self.page.locator(".isnad-claim")
        expect(shown).to_be_visible()
        return shown
