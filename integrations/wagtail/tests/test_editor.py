"""Claims in the text of a page while it is edited, in Chromium."""

import os
import shutil
import time
from datetime import UTC, datetime

from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page, expect, sync_playwright

from tests.beside import PATIENCE, SAID, Newsroom
from tests.newsroom.models import Article

# Playwright waits in a loop of its own, which Django takes for its caller's.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
_ARGUMENTS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run".split()
_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
# Where the picture of the documentation is written, where one is asked for.
_PICTURES = os.environ.get("ISNAD_PICTURES")


class InTheText(Newsroom):
    def setUp(self) -> None:
        super().setUp()
        if _CHROMIUM is None:
            self.skipTest("there is no Chromium here")
        playwright = self.enterContext(sync_playwright())
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        self.addCleanup(browser.close)
        context = browser.new_context(viewport={"width": 1280, "height": 820}, locale="en-GB")
        context.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.live_server_url}])
        context.route(lambda url: not url.startswith(self.live_server_url), lambda route: route.abort())
        self.browser_page = context.new_page()
        self.troubles: list[str] = []
        self.browser_page.on("pageerror", lambda err: self.troubles.append(str(err)))

    def edit(self) -> Page:
        self.browser_page.goto(f"{self.live_server_url}/admin/pages/{self.page.id}/edit/")
        self.browser_page.wait_for_function("() => window.isnadMarked")
        return self.browser_page

    def marks_are(self, **marked: list[str]) -> None:
        """Waits until exactly these words are marked, by kind."""
        self.browser_page.wait_for_function(
            "wanted => JSON.stringify(Object.entries(window.isnadMarked()).filter(([, words]) => words.length))"
            " === JSON.stringify(Object.entries(wanted))",
            arg=marked,
        )

    def test_claims_are_marked_where_they_stand_and_an_edit_unmarks_its_paragraph_alone(self) -> None:
        self.page.title = "Bridge"
        self.page.lede = f"<p>{SAID}</p><p>Engineers had found <i>cracks</i> in two piers.</p>"
        self.page.body = [("heading", "The ferry was moved on Sunday"), ("list", ["The tunnel was flooded in May"])]
        self.page.save_revision()
        self.checked()
        page = self.edit()
        all_words = [
            "the old bridge was shut on Monday",
            "Engineers had found cracks in two piers",
            "The ferry was moved on Sunday",
            "The tunnel was flooded in May",
        ]
        self.marks_are(unsourced=all_words)
        page.locator('[data-contentpath="lede"]').get_by_text("Engineers had found").click()
        shown = page.locator(".isnad-claim")
        expect(shown.locator("blockquote").first).to_have_text("Engineers had found cracks in two piers")
        self.marks_are(unsourced=all_words, chosen=[all_words[1]])

        page.keyboard.press("End")
        page.keyboard.type(" It is mended.")
        self.marks_are(unsourced=[all_words[0], *all_words[2:]])
        expect(page.locator(".isnad-stale")).to_have_count(1)
        for _ in " It is mended.":
            page.keyboard.press("Backspace")
        self.marks_are(unsourced=all_words, chosen=[all_words[1]])
        expect(page.locator(".isnad-stale")).to_have_count(0)

        # A field that holds no text of the page has its words, with their marks, beside it.
        page.locator("#body-0-value").fill("The ferry is back")
        self.marks_are(unsourced=[*all_words[:2], all_words[3]], chosen=[all_words[1]])

        page.get_by_role("button", name="Save draft").click()
        page.get_by_role("button", name="Save draft").wait_for()
        draft = self.saved("The ferry is back")
        assert draft.lede.count("<p") == 2
        assert "isnad" not in draft.lede
        assert "Engineers had found <i>cracks</i> in two piers." in draft.lede
        assert self.troubles == []

    def test_an_arabic_page_is_checked_from_the_editor_and_hostile_words_are_words(self) -> None:
        bad = "&lt;img src=x onerror=&quot;document.title='taken'&quot;&gt;"
        self.page.lede = f"<p>قال المحافظ إن الجسر القديم أُغلق يوم الاثنين.</p><p>قالت الشرطة إن {bad} احترق.</p>"
        self.page.save_revision()
        page = self.edit()
        page.locator('[data-side-panel-toggle="isnad"]').click()
        expect(page.locator(".isnad-said")).to_have_text("This page was never checked.")
        page.locator(".isnad-panel").get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".isnad-pick", has_text="الجسر القديم")).to_be_visible()
        page.wait_for_function("() => Object.values(window.isnadMarked()).flat().some(one => one.includes('الجسر'))")
        for pick in page.locator(".isnad-pick").all():
            pick.click()
        assert page.locator(".isnad-panel img").count() == 0
        assert "taken" not in page.title()
        with override_settings(ISNAD_URL="http://127.0.0.1:9"):
            page.locator(".isnad-panel").get_by_role("button", name="Check again").click()
            expect(page.locator(".isnad-said")).to_contain_text("cannot be reached")
        expect(page.locator(".isnad-pick", has_text="الجسر القديم")).to_be_visible()
        assert self.troubles == []

    def test_the_words_on_the_other_side_stand_beside_a_contested_claim(self) -> None:
        when = {"published_at": "2026-11-17T09:00:00Z"}
        self.service.add_coverage(
            {
                "text": "The old bridge was not shut on Monday, the harbour office said.",
                "outlet": "The Courier",
                **when,
            },
            {"text": "The mayor said that the ferry runs every hour from Tuesday.", "outlet": "The Ledger", **when},
        )
        self.page.title = "What became of the bridge"
        self.page.lede = (
            f"<p>{SAID} Engineers had found cracks in two of its piers.</p>"
            "<p>The mayor said that the ferry runs every hour from Tuesday.</p>"
        )
        self.page.body = [("heading", "The school"), ("text", "<p>Lessons were moved to <b>Thursday</b>.</p>")]
        self.page.first_published_at = datetime(2026, 11, 17, 12, tzinfo=UTC)
        self.page.save()
        self.page.save_revision()
        self.checked()
        page = self.edit()
        page.wait_for_function(
            "() => window.isnadMarked().contested.length && window.isnadMarked().corroborated.length"
        )
        page.locator('[data-contentpath="lede"]').get_by_text("The mayor said that the old").click(
            position={"x": 240, "y": 10}
        )
        shown = page.locator(".isnad-claim")
        expect(shown.locator("blockquote").last).to_contain_text("The old bridge was not shut on Monday")
        expect(shown).to_contain_text("The Courier")
        # Nothing has moved aside.
        assert page.evaluate("[...document.querySelectorAll('*')].every(one => one.scrollLeft === 0)")
        if _PICTURES:
            # The panel has come to rest.
            page.wait_for_timeout(2000)
            page.screenshot(path=f"{_PICTURES}/wagtail-editor.png")
        page.get_by_role("link", name="All claims, and correcting a label").click()
        claim = page.locator('li[data-label="contested"]')
        expect(claim).to_contain_text("The Courier")
        claim.get_by_text("The label is wrong").click()
        claim.get_by_label("It should be").select_option("corroborated")
        claim.get_by_label("because").fill("Our reporter saw it shut.")
        if _PICTURES:
            page.screenshot(path=f"{_PICTURES}/wagtail-claims.png")
        claim.get_by_role("button", name="Say so").click()
        expect(page.get_by_text("Your word stands beside the label.")).to_be_visible()
        assert self.troubles == []

    def saved(self, words: str) -> Article:
        """The page's draft once these words are in it."""
        until = time.monotonic() + PATIENCE
        while True:
            draft = Article.objects.get(id=self.page.id).get_latest_revision_as_object()
            if words in str(draft.body):
                return draft
            assert time.monotonic() < until
            time.sleep(0.2)
