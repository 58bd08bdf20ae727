"""The report on a terminal and in a file."""

import re
from io import StringIO

import pytest
from rich.cells import cell_len

from agent.doors.render import ReportForm, Screen, render, screen_for
from agent.doors.render.bidi import LineOrder
from agent.messages import load_words
from agent.models import Finding, Label
from tests.support.reports import altered_report, arabic_report, english_report, hostile_report, report_of

POISON = "[bold red]x[/] \x1b[31m\x1b]0;t\x07 \u202eevil\u2066 \x9b2J \U000e0041"


SAYS = load_words("en")


def _in(shown: str, told: str) -> bool:
    """Whether it is told, wherever the lines are broken."""
    return told in " ".join(shown.translate({ord("│"): " "}).split())


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_label_is_a_word_and_a_symbol_and_not_only_a_colour() -> None:
    text = render(arabic_report(), ReportForm.TEXT)
    for symbol, label in zip("✓≠○!", ("corroborated", "contested", "unsourced", "failed"), strict=True):
        assert f"{symbol} {SAYS(f'label.{label}')}" in text
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
    assert SAYS.count("articles", 6) in text
    assert SAYS("side.for", origins=SAYS.count("origins", 2)) in text


def test_failures_unread_parts_and_notices_stand_before_the_claims() -> None:
    report = arabic_report()
    head = render(report, ReportForm.TEXT).split(f"✓ {SAYS('label.corroborated')}")[0]
    assert _in(head, SAYS("unread_note"))
    assert _in(head, SAYS("failed_note"))
    assert report.notices
    assert all(_in(head, notice) for notice in report.notices)


def test_a_failure_says_step_reason_and_message_and_never_a_label() -> None:
    failed = render(arabic_report(), ReportForm.TEXT).split("! Not checked")[1].split("├")[0]
    assert f"{SAYS('step.judge')}: {SAYS('reason.timeout')}" in failed
    (message,) = {one.failure.message for one in arabic_report().claims if one.failure}
    assert _in(failed, message)
    assert not any(SAYS(f"label.{label}") in failed for label in Label)


def test_the_summary_names_the_analyst_how_far_to_trust_it_and_what_it_cost() -> None:
    arabic = render(arabic_report(), ReportForm.TEXT)
    assert SAYS("trust_heading") in arabic
    assert "stance 0.61" not in arabic
    text = render(english_report(), ReportForm.TEXT)
    assert f"example-model-large ({SAYS('analyst.model')})" in text
    assert "4 calls, 6,021 tokens (3,072 cached)" in text
    assert f"{SAYS('cost')}: 0.0123" in text


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
    assert SAYS("no_claims") in render(report_of(english_report().article, empty), ReportForm.TEXT)


def test_the_articles_behind_a_claim_are_told_with_the_origins_that_they_go_back_to() -> None:
    text = " ".join(render(arabic_report(), ReportForm.TEXT, Screen(width=200)).split())
    assert "6 articles → 3 origins: The Harbour Ledger ×2, وكالة مرساة ×2, تقرير الصباح ×1" in text
    assert f"{SAYS('counted_not')}: {SAYS('this_article')} ×1" in text


def test_every_article_of_an_origin_says_why_it_stands_there() -> None:
    origins = render(arabic_report(), ReportForm.TEXT).split("\nOrigins\n")[1]
    copied = SAYS("bond.copy")
    assert f"The Harbour Ledger ×2 · {SAYS('counted_once')}" in origins
    assert f"Tidewater Daily, 15 March 2016: {copied} The Harbour Ledger" in origins
    assert f"{SAYS('this_article')} ×1 · {SAYS('counted_not')}" in origins
    assert f"شبكة الميناء, 15 March 2016: {copied} {SAYS('this_article')}" in origins


def test_a_copy_that_tells_otherwise_is_shown_with_what_it_changed() -> None:
    told = f"{SAYS('bond.copy')} وكالة مرساة · {SAYS('told_otherwise')}: 14 → 41"
    assert told in render(altered_report(), ReportForm.TEXT)
