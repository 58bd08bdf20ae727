"""`isnad report audit`: a file or a run checked again, alone or beside the coverage."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.config import Settings
from agent.models import Label, Report
from agent.storage.reports import open_reports
from tests.support.command import isnad, piped

ARTICLE = "The harbour office said on Monday that the second quay would open again."
BOARD = {
    "text": "The second quay of the harbour would open again, the harbour office said on Monday.",
    "outlet": "Board",
    "url": "https://board.example/quay",
    "published_at": "2016-03-15",
}
DENIAL = {"text": "The pilots' union denied that the second quay would open again.", "outlet": "Mole Mail"}


@pytest.fixture
def report() -> Report:
    """A run whose claim one document supports, written to `report.json` too."""
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    _arrives(BOARD)
    outcome = isnad("verify", "article.txt", "--published", "2016-03-15", "--format", "json")
    assert outcome.report.claims[0].label is Label.CORROBORATED
    Path("report.json").write_text(outcome.out, encoding="utf-8")
    return outcome.report


def _arrives(*documents: dict[str, str]) -> None:
    Path("coverage.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    assert isnad("coverage", "add", "coverage.jsonl").code == 0


def _told(*arguments: str) -> dict[str, Any]:
    outcome = isnad("report", "audit", *arguments, "--json")
    told: dict[str, Any] = json.loads(outcome.out)
    assert outcome.code == (1 if told["problems"] else 0)
    return told


def test_a_file_is_checked_without_anything_else(report: Report) -> None:
    outcome = isnad("report", "audit", "report.json", data_dir="elsewhere")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Everything holds." in outcome.out
    assert report.seal is not None
    assert report.seal.sha256 in outcome.out
    assert not Path("elsewhere").exists()
    assert _told("report.json")["documents"] is None
    assert piped(Path("report.json").read_bytes(), "report", "audit", "-").code == 0


@pytest.mark.parametrize("name", ["none.json", "reports/none"])
def test_a_file_that_is_not_there_is_called_a_file(name: str) -> None:
    outcome = isnad("report", "audit", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"cannot read the report '{name}'" in outcome.err


def test_a_changed_label_is_named_and_the_right_one_told(report: Report) -> None:
    changed = Path("report.json").read_text("utf-8").replace('"label": "corroborated"', '"label": "contested"')
    Path("changed.json").write_text(changed, encoding="utf-8")
    outcome = isnad("report", "audit", "changed.json")
    assert outcome.code == 1
    for line in ("claims/0: changed since the report was made", "claims/0/label: the evidence earns another label"):
        assert line in outcome.out
    assert "found: corroborated" in outcome.out


def test_what_is_no_report_is_told(report: Report) -> None:
    assert isnad("report", "audit", "article.txt").code == 1
    assert isnad("report", "audit", "no-such-run").code == 2


def test_a_run_is_looked_up_in_the_coverage_too(report: Report) -> None:
    assert [one["state"] for one in _told(report.run_id)["documents"]] == ["same"]
    assert [one["state"] for one in _told("report.json", "--store")["documents"]] == ["same"]
    assert _told("last", "--no-store")["documents"] is None
    (document,) = report.documents
    assert isnad("coverage", "withdraw", document.document_id, "--reason", "taken back").code == 0
    withdrawn = _told("last", "--version", "1")
    assert ([one["state"] for one in withdrawn["documents"]], withdrawn["problems"]) == (["withdrawn"], [])
    assert "Board: withdrawn since" in isnad("report", "audit", "last", "--version", "1").out
    assert isnad("coverage", "remove", document.document_id).code == 0
    assert [one["state"] for one in _told("last", "--version", "1")["documents"]] == ["gone"]


def test_a_newer_version_of_a_page_has_taken_its_place(report: Report) -> None:
    _arrives({**BOARD, "text": BOARD["text"] + " It said so in a note."})
    assert [one["state"] for one in _told("report.json", "--store")["documents"]] == ["replaced"]


def test_later_versions_and_corrections_stay_true(report: Report) -> None:
    assert isnad("report", "correct", "last", "c1", "unsourced", "--reason", "a slip", "--by", "Desk").code == 0
    assert report.seal is not None
    assert _told("last")["seal"] == report.seal.sha256
    given_out = isnad("report", "show", "last", "--format", "json").out
    assert "a slip" in given_out
    Path("given-out.json").write_text(given_out, encoding="utf-8")
    told = _told("given-out.json")
    assert (told["problems"], told["seal"]) == ([], report.seal.sha256)
    Path("changed.json").write_text(given_out.replace("a slip", "a lie"), encoding="utf-8")
    assert [one["place"] for one in _told("changed.json")["problems"]] == ["corrections"]
    _arrives(DENIAL)
    assert isnad("watch").code == 0
    later = isnad("report", "show", "last", "--format", "json").report
    assert later.claims[0].label is Label.CONTESTED
    first, second = _told("last", "--version", "1"), _told("last", "--version", "2")
    assert (first["problems"], second["problems"]) == ([], [])
    assert first["seal"] != second["seal"]
    assert len(later.documents) == 2


def test_a_report_of_before_there_were_hashes_gets_them_with_its_next_version(report: Report) -> None:
    old = report.model_copy(update={"run_id": "older", "seal": None, "documents": ()})
    with open_reports(Settings()) as reports:
        assert reports.save(old)
    told = _told("older")
    assert (told["before_hashes"], told["problems"]) == (True, [])
    with open_reports(Settings()) as reports:
        reports.begin("older", 0)
    _arrives(DENIAL)
    assert isnad("watch").code == 0
    later = _told("older")
    assert (later["before_hashes"], later["problems"]) == (False, [])
