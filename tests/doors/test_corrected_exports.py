"""What a person says is wrong stands in every form of a report that is given out."""

import json
from datetime import UTC, datetime

import pytest

from agent.doors.render import ReportForm, render
from agent.models import Label, LabelCorrection, Report
from tests.support.reports import arabic_report, english_report


def _corrected(report: Report) -> Report:
    claim = report.claims[0]
    said = LabelCorrection(
        claim_id=claim.id,
        given=claim.label,
        label=Label.CONTESTED,
        reason="The spokesman <b>withdrew</b> it.",
        who="Desk editor",
        corrected_at=datetime(2024, 5, 9, 8, 0, tzinfo=UTC),
    )
    return report.model_copy(update={"corrections": (said,)})


@pytest.mark.parametrize("form", list(ReportForm))
def test_every_form_tells_of_it(form: ReportForm) -> None:
    report = english_report()
    assert "Desk editor" not in render(report, form)
    shown = " ".join(render(_corrected(report), form).replace("│", " ").split())
    assert "Desk editor" in shown
    assert "spokesman" in shown
    assert "2024" in shown
    if form is ReportForm.HTML:
        assert "<b>withdrew</b>" not in shown


def test_it_is_said_in_the_language_of_the_words_around_it() -> None:
    shown = render(_corrected(arabic_report()), ReportForm.MARKDOWN)
    assert "صحّحه Desk editor" in shown


def test_the_review_of_the_claim_carries_it() -> None:
    graph = json.loads(render(_corrected(english_report()), ReportForm.JSONLD))["@graph"]
    told = [item["correction"] for item in graph if "correction" in item]
    assert [one[0]["author"]["name"] for one in told] == ["Desk editor"]
