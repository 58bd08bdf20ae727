"""The markup that goes out: drafts in the report, and the review that a person publishes under their name."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from agent.config import Settings
from agent.doors.cli.report import report as reports_command
from agent.doors.render import ReportForm, render
from agent.doors.render.publication import render_publication
from agent.errors import BadInput
from agent.models import Report
from agent.service.local import open_local
from agent.service.publication import SignedRating, sign
from agent.storage.reports import open_reports
from tests.support.reports import arabic_report, english_report, hostile_report
from tests.vocabulary.schema_org import against_schema, missing_of_google

PAGE = "https://harbour.example/check"
SIGNED = SignedRating(rating="False", reviewer="Ola Strand", url=PAGE, explanation="The log of the dam says so.")
REPORTS = [english_report, arabic_report, partial(hostile_report, "</script><b>x")]


def _draft(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(render(report, ReportForm.JSONLD))
    return told


def _published(report: Report, signed: SignedRating = SIGNED) -> dict[str, Any]:
    settings = Settings(newsroom="Harbour Post", public_url="https://harbour.example")
    told: dict[str, Any] = json.loads(render_publication(sign(report, report.claims[0].id, signed, settings)))
    return told


@pytest.mark.parametrize("make", REPORTS)
def test_a_draft_is_what_schema_org_defines_and_lacks_the_page_that_is_not_there_yet(make: Any) -> None:
    draft = _draft(make())
    assert against_schema(draft) == []
    assert set(missing_of_google(draft, "required")) == {"ClaimReview.url"}


@pytest.mark.parametrize("make", REPORTS)
def test_a_published_review_has_all_that_is_required_and_no_number(make: Any) -> None:
    told = _published(make())
    assert against_schema(told) == []
    assert missing_of_google(told, "required") == []
    lacking = set(missing_of_google(told, "recommended"))
    numbers = {"Rating.bestRating", "Rating.ratingValue", "Rating.worstRating"}
    assert numbers <= lacking
    # Whoever is not named by the article stays unnamed, and what is not dated is not dated.
    assert lacking - numbers <= {"Claim.author", "Claim.firstAppearance", "Claim.datePublished"}


def test_the_person_is_the_author_and_the_rating_is_theirs() -> None:
    told = _published(english_report())
    assert (told["@type"], told["url"], told["claimReviewed"]) == (
        "ClaimReview",
        PAGE,
        english_report().claims[0].text,
    )
    assert told["author"] == {"@type": "Person", "name": "Ola Strand"}
    assert told["publisher"] == {"@type": "Organization", "name": "Harbour Post", "url": "https://harbour.example"}
    assert told["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "False",
        "ratingExplanation": "The log of the dam says so.",
    }
    assert "creativeWorkStatus" not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"reviewer": " "},
        {"reviewer": "\u200b\u202e"},
        {"reviewer": "7"},
        {"reviewer": "Isnad"},
        {"reviewer": "harbour post"},
        {"reviewer": "x" * 300},
        {"rating": ""},
        {"rating": "2/5"},
        {"rating": "x" * 300},
        {"url": "javascript:alert(1)"},
        {"url": "https://a b.example"},
        {"url": "https://"},
    ],
)
def test_without_a_person_or_a_rating_in_words_nothing_is_made(changes: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        _published(english_report(), SIGNED.model_copy(update=changes))


def test_what_a_person_writes_cannot_leave_the_script_that_it_stands_in() -> None:
    signed = SignedRating(rating="False</script><img src=x>", reviewer="Ola <b>Strand", explanation="<!-- \u2028")
    settings = Settings(newsroom="Harbour Post")
    markup = render_publication(sign(english_report(), english_report().claims[0].id, signed, settings))
    assert not set(markup) & {"<", ">", "&", "\u2028"}
    assert json.loads(markup)["reviewRating"]["alternateName"] == "False</script><img src=x>"


def test_a_claim_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput, match="c99"):
        sign(english_report(), "c99", SIGNED, Settings())


async def test_a_workspace_makes_it_and_keeps_nothing(settings: Settings) -> None:
    report = english_report()
    with open_reports(settings) as reports:
        reports.save(report)
    async with open_local(settings, "somebody", is_ready=False) as workspace:
        made = await workspace.publish(report.run_id, report.claims[0].id, SIGNED)
        assert (made.signed.reviewer, made.finding) == ("Ola Strand", report.claims[0])
        history = await workspace.history(report.run_id)
    assert (len(history.versions), history.corrections) == (1, ())


def test_the_command_writes_the_markup_and_says_what_google_wants_besides(settings: Settings, tmp_path: Path) -> None:
    report = english_report()
    with open_reports(settings) as reports:
        reports.save(report)
    claim = report.claims[0].id
    command = ["publish", report.run_id, claim, "--rating", "False"]
    assert CliRunner().invoke(reports_command, command).exit_code == 2
    made = CliRunner().invoke(reports_command, [*command, "--reviewer", "Ola Strand"])
    assert made.exit_code == 0
    assert json.loads(made.stdout)["author"]["name"] == "Ola Strand"
    assert "--url" in made.stderr
    out = tmp_path / "review.json"
    there = CliRunner().invoke(
        reports_command, [*command, "--reviewer", "Ola Strand", "--url", PAGE, "--out", str(out)]
    )
    assert (there.exit_code, there.stdout, json.loads(out.read_text("utf-8"))["url"]) == (0, "", PAGE)
    assert CliRunner().invoke(reports_command, [*command, "--reviewer", "9"]).exit_code != 0
