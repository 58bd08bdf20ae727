"""What people did to the claims of a report stands in every form of it that is given out."""

import json

import pytest

from agent.doors.render import ReportForm, render
from agent.messages import languages, load_words
from agent.models import EditKind, Report
from tests.support.reports import edited_report, english_report

REASON = "what others hope"


def _plain(report: Report, form: ReportForm, language: str | None = None) -> str:
    shown = render(report, form, language=language)
    return " ".join(shown.replace("│", " ").replace("\u2068", "").replace("\u2069", "").split())


@pytest.mark.parametrize("form", list(ReportForm))
def test_every_form_tells_who_did_what_and_what_it_was_before(form: ReportForm) -> None:
    shown = _plain(edited_report(), form)
    before = english_report().claims
    assert "Ada Quill" in shown
    assert REASON in shown
    assert "2024" in shown
    for claim in before[:2]:
        assert claim.text[:20] in shown
    assert "Ada Quill" not in _plain(english_report(), form)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", [ReportForm.TEXT, ReportForm.MARKDOWN, ReportForm.HTML])
def test_it_is_told_in_every_language(form: ReportForm, language: str) -> None:
    words = load_words(language)
    shown = _plain(edited_report(), form, language)
    assert words("edit.heading") in shown
    assert words("aside.heading") in shown


def test_every_kind_of_edit_has_its_sentence() -> None:
    for language in languages():
        words = load_words(language)
        assert all("{who}" in words(f"edit.{kind.value}") for kind in EditKind)


def test_claims_keep_their_numbers_when_others_leave() -> None:
    page = render(edited_report(), ReportForm.HTML)
    assert ['id="claim-1"' in page, 'id="claim-3"' in page] == [True, True]
    # A link to the claim that was set aside leads to where that is told.
    aside = page.split('id="claim-2"')[1].split("</article>")[0]
    assert REASON in aside
    assert "## 3. " in render(edited_report(), ReportForm.MARKDOWN)


def test_what_is_set_aside_is_reviewed_by_nobody() -> None:
    graph = json.loads(render(edited_report(), ReportForm.JSONLD))["@graph"]
    aside = [item for item in graph if item.get("creativeWorkStatus") == "Withdrawn"]
    assert [item["@id"].endswith(":claim:c2") for item in aside] == [True]
    assert aside[0]["comment"][0]["author"]["name"] == "Ada Quill"
    assert not [item for item in graph if item["@type"] == "ClaimReview" and item["@id"].endswith(":c2")]


def test_a_name_or_reason_makes_no_markup() -> None:
    report = edited_report()
    hostile = report.edits[0].model_copy(update={"who": "<b>Ada</b>", "reason": "[x](https://x.example)"})
    report = report.model_copy(update={"edits": (hostile, *report.edits[1:])})
    assert "<b>Ada</b>" not in render(report, ReportForm.HTML)
    assert "[x](https" not in render(report, ReportForm.MARKDOWN)
