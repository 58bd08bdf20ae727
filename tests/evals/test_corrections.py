"""A fact-checker's correction becomes a case that the suite `claims` asks."""

from pathlib import Path

import pytest

from agent.app import open_store, open_verifier
from agent.config import Settings
from agent.models import Article, Document, Label, Report
from agent.storage.reports import open_reports
from evals.data.records import ClaimCase
from evals.data.sets import choose, load, read
from evals.running.corrections import FILE, CorrectedCase, export

ARTICLE = Article(text="The mayor said the Harwick bridge is closed to lorries.", title="Bridge", language="en")
COVERAGE = (
    Document.of(
        "The county office denied the reports: the Harwick bridge is not closed to lorries, a spokeswoman said.",
        outlet="Harbour Ledger",
        url="https://harbour-ledger.example/bridge",
        language="en",
    ),
    Document.of("The garden show opens on Saturday.", url="https://canal-courier.example/show", language="en"),
)


async def verified(settings: Settings) -> Report:
    async with open_store(settings) as store:
        await store.add(COVERAGE)
        async with open_verifier(settings, store) as verifier:
            return await verifier.verify(ARTICLE)


def correct(settings: Settings, report: Report, label: Label, reason: str) -> None:
    with open_reports(settings) as reports:
        reports.correct(report.run_id, report.claims[0].id, label, reason, "R. Reader")


async def test_the_last_correction_of_a_claim_is_exported_with_its_coverage(
    settings: Settings, tmp_path: Path
) -> None:
    report = await verified(settings)
    correct(settings, report, Label.UNSOURCED, "a slip")
    correct(settings, report, Label.CONTESTED, "the county denies it")
    told = await export(settings, tmp_path / "sets")
    (case,) = read(tmp_path / "sets" / FILE, CorrectedCase)
    assert told.cases == 1
    assert (case.label, case.reason, case.who) == (Label.CONTESTED, "the county denies it", "R. Reader")
    assert case.given == report.claims[0].label
    assert case.claim == report.claims[0].text
    assert "not closed to lorries" in " ".join(document.text for document in case.documents)


async def test_the_export_is_a_set_like_any_other(settings: Settings, tmp_path: Path) -> None:
    correct(settings, await verified(settings), Label.CONTESTED, "the county denies it")
    await export(settings, tmp_path / "sets")
    (case,) = load(choose(str(tmp_path / "sets"), "corrections", "dev", None), "claims", ClaimCase)
    assert case.dataset == "corrections"
    assert case.label is Label.CONTESTED


@pytest.mark.parametrize("corrected", [True, False])
async def test_without_coverage_or_corrections_there_is_nothing_to_ask(
    settings: Settings, tmp_path: Path, corrected: bool
) -> None:
    async with open_verifier(settings) as verifier:
        report = await verifier.verify(ARTICLE)
    if corrected:
        correct(settings, report, Label.CONTESTED, "the county denies it")
    told = await export(settings, tmp_path / "sets")
    assert told.cases == 0
    assert told.without_coverage == corrected
