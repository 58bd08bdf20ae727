"""An article is pasted, followed, read and questioned, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from agent.messages import load_words
from tests.doors.api.desk import Desk
from tests.doors.web.conftest import EXAMPLE, NewPage
from tests.doors.web.people import (
    LANGUAGES,
    NOT_LEAVING,
    WITHDRAWAL,
    open_claim,
    problems_for_readers,
    send_article,
    user_article,
    wait_for_report,
    wait_for_script,
)
from tests.doors.web.slow_page import run_slow_page
from tests.envelopes.test_mail import ARTICLE as MAILED

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def report_place(running: Desk) -> str:
    """Where the report about the user's article is."""
    done = running.verified(text=user_article(), outlet="الميادين", title="موسكو ودمشق", published_at="2016-03-15")
    return f"{address(running)}/verifications/{done['id']}"


def address(desk: Desk) -> str:
    return str(desk.http.base_url).rstrip("/")


def test_a_pasted_article_becomes_a_report_whose_contested_claim_shows_both_quotes(
    running: Desk, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(address(running))
    send_article(page, user_article(), outlet="الميادين", published_at="2016-03-15")
    wait_for_report(page)
    paper = page.locator(".paper")
    expect(paper).to_have_attribute("dir", "rtl")
    open_claim(page, NOT_LEAVING)
    expect(page.locator(".card .chip")).to_have_text("Contested")
    own, others = page.locator(".own blockquote"), page.locator(".voice.s-contradicts blockquote")
    expect(own).to_contain_text(NOT_LEAVING)
    assert any(WITHDRAWAL in quote for quote in others.all_inner_texts())
    mine, theirs = own.bounding_box(), others.first.bounding_box()
    assert mine is not None
    assert theirs is not None
    assert mine["x"] + mine["width"] <= theirs["x"]
    expect(page.locator(".paper .hl.chosen").first).to_contain_text(NOT_LEAVING)
    assert "claim=" in page.url


def test_a_pasted_mail_becomes_a_report_on_the_article_in_it(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address(running))
    send_article(page, f"From: Desk\nSent: Tuesday\nSubject: Bridge\n\n{MAILED}", outlet="Harbour Post")
    wait_for_report(page)
    paper = page.locator(".paper")
    expect(paper).to_contain_text("The Northbank bridge was closed on Tuesday")
    expect(paper).not_to_contain_text("Subject")


def test_copies_of_one_report_are_one_voice(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    open_claim(page, NOT_LEAVING)
    copies = page.locator(".voice", has_text="وكالة مرساة").locator(".copies")
    expect(copies.locator("summary")).to_contain_text("2 articles, one report")
    copies.locator("summary").click()
    expect(copies.locator("li")).to_have_count(2)


def test_a_link_is_fetched_and_a_reload_in_the_middle_loses_nothing(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    text = (EXAMPLE / "article.ar.txt").read_text("utf-8")
    with run_slow_page("موسكو تبدأ سحب قواتها", text) as slow:
        page.goto(address(running))
        send_article(page, slow.url)
        expect(page.locator(".going h1")).to_have_text("Checking the claims")
        page.reload()
        expect(page.locator(".going progress")).to_be_visible()
        slow.send()
        wait_for_report(page)
    expect(page.locator("h1")).to_have_text("موسكو تبدأ سحب قواتها")


def test_the_whole_interface_turns_with_the_language(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{report_place}?claim=4")
    page.get_by_role("button", name="العربية").click()
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
    expect(page.locator("#evidence .chip")).to_be_visible()
    article, chat = page.locator("#article").bounding_box(), page.locator("#evidence").bounding_box()
    assert article is not None
    assert chat is not None
    assert article["x"] > chat["x"]
    page.reload()
    expect(html).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="Français").click()
    expect(html).to_have_attribute("lang", "fr")
    expect(html).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize(("locale", "direction"), [("ar-LB", "rtl"), ("fr-CH", "ltr"), ("en-GB", "ltr")])
def test_a_browser_is_answered_in_the_language_that_it_reads_first(
    running: Desk, new_page: NewPage, locale: str, direction: str
) -> None:
    page = new_page(locale=locale)
    page.goto(address(running))
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(page.locator("h1")).to_have_text(load_words(locale, "web")("new.heading"))


def test_everything_can_be_reached_and_done_with_the_keyboard(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    wait_for_script(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, ".paper .mark.l-contested")
    page.keyboard.press("Enter")
    heading = page.locator("#evidence-heading")
    expect(heading).to_be_focused()
    first = heading.inner_text()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".steps-nav a[rel=next]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(first)
    expect(heading).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".paper .mark.chosen").first).to_be_focused()
    _tab_to(page, "#evidence .correct summary")
    page.keyboard.press("Enter")
    expect(page.locator("#reason")).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_a_correction_is_asked_for_once_more_and_stands_beside_the_label(
    report_place: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{report_place}?claim=1")
    given = page.locator(".card .chip").inner_text()
    _ask_to_correct(page)
    page.get_by_role("link", name="No, go back").click()
    expect(page.locator(".card .chip")).to_be_visible()
    expect(page.locator(".correction")).to_have_count(0)
    _ask_to_correct(page)
    page.get_by_role("button", name="Yes, keep it").click()
    expect(page.locator(".correction")).to_contain_text("<b>The agency took it back.</b>")
    expect(page.locator(".correction")).to_contain_text("Desk editor")
    expect(page.locator(".card .chip").first).to_have_text(given)


def _ask_to_correct(page: Page) -> None:
    page.locator(".correct summary").click()
    page.locator(".correct .choice input:not([disabled])").first.check()
    page.fill("#reason", "<b>The agency took it back.</b>")
    page.fill("#who", "Desk editor")
    page.locator(".correct button").click()
    expect(page.locator("h1")).to_have_text("Keep this correction?")


def test_a_report_is_taken_away_in_every_form(report_place: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(report_place)
    page.locator(".space-top .menu > summary").click()
    for name, ending in (("Page", "html"), ("Markdown", "md"), ("JSON", "json"), ("Claim reviews", "jsonld")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name, exact=True).click()
        assert taken.value.suggested_filename.endswith(f".{ending}")


def test_without_script_everything_is_there(report_place: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(report_place)
    page.locator(".claims a").first.click()
    expect(page.locator(".card .chip")).to_be_visible()
    expect(page.locator(".own blockquote")).to_be_visible()


def test_one_sentence_is_checked_and_what_cannot_be_taken_is_told_and_kept(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address(running))
    send_article(page, "The bridge is shut.", published_at="yesterday-ish")
    expect(page.locator("#published_at-problem")).to_contain_text("is not a date")
    expect(page.locator("#text")).to_have_value("The bridge is shut.")
    page.fill("#sentence", "موسكو بدأت سحب قواتها من سوريا")
    page.get_by_role("button", name="Check it").click()
    wait_for_report(page)
    expect(page.locator(".paper")).to_contain_text("موسكو بدأت سحب")


def test_a_report_that_is_deleted_is_gone(running: Desk, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address(running)}/verifications/{running.verified(text='The mayor said the bridge is shut.')['id']}")
    page.locator(".space-top .menu > summary").click()
    page.locator(".space-top .danger summary").click()
    gone = page.url
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.locator("#new-heading")).to_be_visible()
    page.goto(gone)
    expect(page.locator("h1")).to_have_text("There is nothing here")


@LANGUAGES
def test_axe_finds_nothing_in_any_state(report_place: str, running: Desk, new_page: NewPage, language: str) -> None:
    page = new_page(locale=language, viewport={"width": 1440, "height": 900})
    for place in (address(running), report_place, f"{report_place}?claim=4", f"{report_place}?claim=999"):
        page.goto(place)
        assert problems_for_readers(page) == [], place
    page.goto(f"{report_place}?claim=4")
    page.locator(".correct summary").click()
    page.locator(".space-top .menu > summary").click()
    assert problems_for_readers(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    for place in (address(running), f"{report_place}?claim=4"):
        page.goto(place)
        assert problems_for_readers(page) == [], place


def test_print_shows_labels_without_colour_and_leaves_out_what_cannot_be_used(
    report_place: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{report_place}?claim=4")
    page.emulate_media(media="print")
    expect(page.locator(".look")).to_be_hidden()
    expect(page.locator(".correct")).to_be_hidden()
    styles = {
        name: page.locator(f".paper .hl.l-{name}").first.evaluate("e => getComputedStyle(e).textDecorationStyle")
        for name in ("contested", "unsourced", "corroborated")
    }
    assert styles == {"contested": "wavy", "unsourced": "dotted", "corroborated": "solid"}
    expect(page.locator(".paper .mark.l-contested use").first).to_have_attribute("href", re.compile("contested"))
