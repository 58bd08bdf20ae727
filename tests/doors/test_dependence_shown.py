"""Why a word does not count, who takes back his own, what a copy changed: in every form, at the claim."""

import html
import re
from types import SimpleNamespace

import pytest

from agent.chat.answering.claims import explain_label
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import wording
from agent.doors.mcp.outcomes import Explained
from agent.doors.mcp.text import ToolText
from agent.doors.render import ReportForm, Screen, render
from agent.doors.render.origins import tally
from agent.doors.render.view import view_of
from agent.doors.web.pages import fragment
from agent.doors.web.report_page import OriginVoice, SelectedClaim
from agent.messages import load_words
from agent.prompts import Fence
from tests.support.reports import CREDIT, close_arabic, retold_report

WORDS = load_words("en", "web")
NOTES = ("dependence.taken_from_article", "dependence.unnamed_speaker", "corrected")


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _web(number: int) -> str:
    view = view_of(retold_report(), WORDS)
    finding = view.report.claims[number - 1]
    told = {one.summary.id: one for one in view.origins}
    voices = tuple(OriginVoice(item.origin, (item,), told.get(item.origin)) for item in finding.evidence)
    chosen = SelectedClaim(finding, number, voices, (), None, None)
    known = {"place": "/verifications/x", "labels": (), "corrected": frozenset(), "versions": 1}
    space = SimpleNamespace(view=view, chosen=chosen, **known)
    return _plain(fragment("evidence.part.html.j2", WORDS, space=space, visitor=SimpleNamespace(name=None)))


def _chat(number: int) -> str:
    report = retold_report()
    sheet = Sheet(wording("en"), report)
    explain_label(sheet, report.claims[number - 1])
    return " ".join(statement.text for statement in sheet.statements)


def _mcp(number: int) -> str:
    report = retold_report()
    told = Explained.of(report, report.claims[number - 1])
    return ToolText(Fence(b"salt"), load_words("en", "mcp")).explained(told)


@pytest.mark.parametrize("form", [ReportForm.MARKDOWN, ReportForm.HTML])
def test_a_whole_report_says_of_each_why_it_does_not_count(form: ReportForm) -> None:
    text = _plain(render(retold_report(), form))
    assert [note for note in NOTES if WORDS(note) in text] == list(NOTES)
    assert CREDIT in text


def test_the_terminal_says_who_takes_it_back_what_a_copy_says_and_in_which_words_it_is_taken() -> None:
    text = " ".join(render(retold_report(), ReportForm.TEXT, Screen(width=200)).split())
    assert WORDS("corrected") in text
    assert f"{WORDS('copy_otherwise')}: Echo Sheet: 40 → 90" in text
    assert "«the repairs had cost 90 million»" in text
    assert f"«{CREDIT}»" in text
    assert WORDS("why.only_repeated") in text


@pytest.mark.parametrize("number", [1, 2, 3])
def test_page_chat_and_tools_say_it_of_the_claim_that_they_show(number: int) -> None:
    for text in (_web(number), _chat(number), _mcp(number)):
        assert [note for note in NOTES if WORDS(note) in text] == [NOTES[number - 1]]
    assert (CREDIT in _web(number)) is (number == 1)


@pytest.mark.parametrize("number", [1, 2])
def test_a_changed_copy_is_told_at_its_claim_and_at_no_other(number: int) -> None:
    assert ("90" in _chat(number)) is ("the repairs had cost 90 million" in _web(number)) is (number == 2)
    assert ("the repairs had cost 90 million" in _mcp(number)) is (number == 2)


def test_who_only_repeats_is_not_named_among_the_origins_that_count() -> None:
    report = retold_report()
    counted = [tally(report, finding, WORDS) for finding in report.claims]
    assert [(one.origins, [name.name for name in one.others]) for one in counted if one] == [
        (0, ["Press Window"]),
        (0, ["Dock Voice"]),
        (1, []),
    ]


@pytest.mark.parametrize("form", [ReportForm.TEXT, ReportForm.MARKDOWN, ReportForm.HTML])
def test_close_coverage_in_another_language_stands_once_and_says_that_nobody_compared_it(form: ReportForm) -> None:
    text = render(retold_report(), form, Screen(width=300))
    plain = " ".join(re.sub("[\u2066-\u2069]", "", _plain(text) if form is ReportForm.HTML else text).split())
    passage = close_arabic().passage
    assert (plain.count(WORDS("close_coverage")), plain.count(passage.text)) == (1, 1)
    assert f"{WORDS('close.numbers_differ')}: 70" in plain
    assert [sign in plain for sign in ("صدى الميناء", "سيلبي", "Arabic", "2 May 2024")] == [True] * 4


@pytest.mark.parametrize("number", [1, 2, 3])
def test_page_chat_and_tools_tell_of_close_coverage_at_its_claim(number: int) -> None:
    passage = close_arabic().passage
    assert (passage.text in _web(number)) is (passage.text in _mcp(number)) is (number == 3)
    assert (WORDS("close_coverage") in _web(number)) is (number == 3)
    assert ("صدى الميناء" in _chat(number)) is ("70" in _chat(number)) is (number == 3)


def test_a_passage_from_right_to_left_keeps_its_direction_among_words_from_left_to_right() -> None:
    page = render(retold_report(), ReportForm.HTML)
    assert f'<blockquote dir="rtl" lang="ar">{close_arabic().passage.text}</blockquote>' in page
    assert "<bdi>سيلبي</bdi>" in page


def test_a_report_of_before_has_no_close_coverage() -> None:
    told = retold_report().model_dump(mode="json")
    for claim in told["claims"]:
        del claim["close"]
    assert all(claim.close == () for claim in type(retold_report()).model_validate(told).claims)
