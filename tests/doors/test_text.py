"""The report on a terminal and in a file."""

import re
from io import StringIO

import pytest
from rich.cells import cell_len

from agent.doors.render import ReportForm, Screen, render, screen_for
from agent.doors.render.bidi import LineOrder
from agent.models import Finding
from tests.support.reports import altered_report, arabic_report, english_report, hostile_report, report_of

POISON = "[bold red]x[/] \x1b[31m\x1b]0;t\x07 \u202eevil\u2066 \x9b2J \U000e0041"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_label_is_a_word_and_a_symbol_and_not_only_a_colour() -> None:
    text = render(arabic_report(), ReportForm.TEXT)
    for told in ("✓ Corroborated", "≠ Contested", "○ Unsourced", "! Not checked"):
        assert told in text
    assert "\x1b" not in text


def test_a_file_gets_plain_text_in_logical_order_without_bidi_controls() -> None:
    text = render(arabic_report(), ReportForm.TEXT)
    assert "روسيا لا تغادر سوريا، وما يجري هو سحب ما زاد على حاجتها." in text
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_both_sides_of_a_contested_claim_are_quoted_with_who_says_it() -> None:
    report = english_report()
    text = render(report, ReportForm.TEXT)
    contested = text.split("≠ Contested")[1]
    assert "no crane has been repaired" in contested
    assert "Trade unions" in contested
    assert "contradicts: Dock Voice, 3 May 2024" in contested
    assert "«two repaired cranes at Port Selby»" in contested


def test_articles_are_told_apart_from_origins() -> None:
    text = render(arabic_report(), ReportForm.TEXT)
    assert "6 articles" in text
    assert "2 origins for" in text


def test_failures_unread_parts_and_notices_stand_before_the_claims() -> None:
    head = render(arabic_report(), ReportForm.TEXT).split("✓ Corroborated")[0]
    assert "Part of the article could not be read" in head
    assert "Some claims could not be checked" in head
    assert "tries to give the reading program orders" in head


def test_a_failure_says_step_reason_and_message_and_never_a_label() -> None:
    failed = render(arabic_report(), ReportForm.TEXT).split("! Not checked")[1].split("├")[0]
    assert "hearing the witnesses: no answer in time" in failed
    assert "No byte for 15 s" in failed
    assert not any(label in failed for label in ("Corroborated", "Contested", "Unsourced"))


def test_the_summary_names_the_analyst_how_far_to_trust_it_and_what_it_cost() -> None:
    arabic = render(arabic_report(), ReportForm.TEXT)
    assert "How far to trust it" in arabic
    assert "stance 0.61" not in arabic
    text = render(english_report(), ReportForm.TEXT)
    assert "example-model-large (language model)" in text
    assert "4 calls, 6,021 tokens (3,072 cached)" in text
    assert "Cost: 0.0123" in text


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("order", list(LineOrder))
def test_no_line_is_wider_than_the_screen(width: int, order: LineOrder) -> None:
    for report in (arabic_report(), hostile_report(POISON), hostile_report("ل" * 300)):
        text = render(report, ReportForm.TEXT, Screen(width=width, order=order))
        assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("order", list(LineOrder))
def test_text_from_outside_never_drives_the_terminal_and_is_no_markup(order: LineOrder) -> None:
    text = render(hostile_report(POISON), ReportForm.TEXT, Screen(order=order))
    assert "[bold red]x[/]" in text
    allowed = {LineOrder.TERMINAL: "\u200e\u202b\u202c"}.get(order, "")
    left = {c for c in text if not c.isprintable()} - {"\n", *allowed}
    assert left == set()


def test_colour_codes_are_the_only_escapes_in_colour() -> None:
    text = render(hostile_report(POISON), ReportForm.TEXT, Screen(colour=True))
    assert "\x1b[" in text
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_no_color_dumb_terminals_and_pipes_are_honoured() -> None:
    assert screen_for(Terminal(), {"TERM": "xterm"}).colour
    assert not screen_for(Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}).colour
    assert not screen_for(Terminal(), {"TERM": "dumb"}).colour
    assert screen_for(StringIO(), {"TERM": "xterm"}) == Screen()


def test_an_article_without_claims_says_so() -> None:
    empty: tuple[Finding, ...] = ()
    assert "No claims were found" in render(report_of(english_report().article, empty), ReportForm.TEXT)


def test_the_articles_behind_a_claim_are_told_with_the_origins_that_they_go_back_to() -> None:
    text = " ".join(render(arabic_report(), ReportForm.TEXT, Screen(width=200)).split())
    assert "6 articles → 3 origins: The Harbour Ledger ×2, وكالة مرساة ×2, تقرير الصباح ×1" in text
    assert "not counted: this article ×1" in text


def test_every_article_of_an_origin_says_why_it_stands_there() -> None:
    origins = render(arabic_report(), ReportForm.TEXT).split("\nOrigins\n")[1]
    assert "The Harbour Ledger ×2 · counted once" in origins
    assert "Tidewater Daily, 15 March 2016: copy of The Harbour Ledger" in origins
    assert "this article ×1 · not counted" in origins
    assert "شبكة الميناء, 15 March 2016: copy of this article" in origins


def test_a_copy_that_tells_otherwise_is_shown_with_what_it_changed() -> None:
    assert "copy of وكالة مرساة · tells otherwise: 14 → 41" in render(altered_report(), ReportForm.TEXT)
