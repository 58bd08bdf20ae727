"""`isnad watch` and `isnad report`, as a person and as a schedule use them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.models import Label, MatchedReview, PublishedReview, Report, ReviewOf
from agent.storage.reports import Change, open_reports
from evals.servers.forked import Forked
from tests.support.command import Outcome, isnad
from tests.support.endpoint import SERVER_ERROR, ScriptedEndpoint, closed_port, run_endpoint

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "The harbour office said on Monday that the second quay would open again. "
    '"We are not leaving," the union chairman told reporters.'
)
SAME = {
    "text": "The second quay of the harbour would open again, the harbour office said on Monday.",
    "outlet": "Board",
}
OTHER = {
    "text": "The pilots' union denied that the second quay would open again.",
    "outlet": "Mole Mail",
    "title": "Union denies it",
    "url": "https://mole.example/denial",
    "published_at": "2016-03-15",
}


@pytest.fixture(autouse=True)
def run_id() -> str:
    """One article, verified before there was any coverage."""
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    outcome = isnad("verify", "article.txt", "--published", "2016-03-15", "--format", "json")
    assert outcome.report.claims[0].label is Label.UNSOURCED
    return outcome.report.run_id


def _arrives(*documents: dict[str, str]) -> None:
    Path("later.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    assert isnad("coverage", "add", "later.jsonl").code == 0


def _shown(*arguments: str) -> Outcome:
    outcome = isnad(*arguments)
    assert outcome.code == 0, outcome.err
    return outcome


def _numbers(looked: Outcome) -> list[int]:
    """New documents, claims judged anew, labels changed."""
    return [int(number) for number in re.findall(r": (\d+)", looked.err)]


def test_a_look_prints_what_changed_and_by_which_document(run_id: str) -> None:
    _arrives(SAME)
    looked = _shown("watch")
    assert "unsourced → corroborated" in looked.out
    assert "supports: no date · Board" in looked.out
    assert run_id in looked.out
    assert _numbers(looked) == [1, 1, 1]
    again = _shown("watch", "--once")
    assert (again.out, _numbers(again)) == ("", [0, 0, 0])


def test_what_was_withdrawn_is_told_with_the_reason(run_id: str) -> None:
    _arrives(SAME)
    _shown("watch")
    (document,) = _shown("coverage", "list").out.splitlines()
    _shown("coverage", "withdraw", document.split("\t")[0], "--reason", "the board took it back")
    looked = _shown("watch")
    assert "corroborated → unsourced" in looked.out
    assert "supports no longer: no date · Board" in looked.out
    assert "withdrawn: the board took it back" in looked.out
    assert _numbers(looked)[-1] == 1


def test_changes_are_json_lines_for_a_program(run_id: str) -> None:
    _arrives(OTHER)
    (line,) = _shown("watch", "--json").out.splitlines()
    change = json.loads(line)
    assert (change["run_id"], change["version"], change["claim_id"]) == (run_id, 2, "c1")
    assert (change["old_label"], change["new_label"]) == ("unsourced", "contested")
    assert [one["url"] for one in change["documents"]] == [OTHER["url"]]
    assert change["documents"][0]["published_at"].startswith("2016-03-15")


def test_versions_and_their_history_can_be_read(run_id: str) -> None:
    _arrives(SAME)
    _shown("watch")
    first = Report.model_validate_json(_shown("report", "show", run_id, "--version", "1", "--format", "json").out)
    latest = Report.model_validate_json(_shown("report", "show", "last", "--format", "json").out)
    assert (first.claims[0].label, latest.claims[0].label) == (Label.UNSOURCED, Label.CORROBORATED)
    assert "Corroborated" in _shown("report", "show", run_id).out
    told = _shown("report", "history", run_id).out
    assert re.search(r"version 1 .*\nversion 2 .*\n\s+c1: unsourced → corroborated", told), told


@pytest.mark.parametrize("of", list(ReviewOf))
def test_a_fact_check_that_nobody_compared_is_no_check_of_the_claim(run_id: str, of: ReviewOf) -> None:
    review = PublishedReview(claim="The quay is open", rating="False", publisher="Fact Desk")
    found = MatchedReview(review=review, document_id="d2", of=of, similarity=0.8)
    with open_reports(Settings()) as reports:
        report = reports.get(run_id)
        one = report.claims[0]
        same = {"old_label": one.label, "new_label": one.label}
        because = {"old_because": one.unsourced_because, "new_because": one.unsourced_because}
        told = {"claim_id": one.id, "claim": one.text, "documents": (), "reviews": (found,), "analyst": "lexical"}
        change = Change.model_validate({**told, **same, **because, "changed_at": datetime.now(UTC)})
        assert reports.add_version(report, [change], after=1)
    line = next(line for line in _shown("report", "history", run_id).out.splitlines() if "as before" in line)
    assert line.endswith("checked by others") is (of is not ReviewOf.UNCOMPARED)


@pytest.mark.parametrize(("form", "start"), [("markdown", "#"), ("html", "<!doctype html>"), ("jsonld", "{")])
def test_a_report_is_shown_in_every_form(run_id: str, form: str, start: str) -> None:
    assert _shown("report", "show", run_id, "--format", form).out.lower().startswith(start)


def test_a_report_is_written_to_a_file(run_id: str) -> None:
    _shown("report", "show", run_id, "--out", "report.json")
    assert Report.model_validate_json(Path("report.json").read_text("utf-8")).run_id == run_id


def test_a_listing_in_a_pipe_is_one_report_a_line(run_id: str) -> None:
    _arrives(SAME)
    _shown("watch")
    (line,) = _shown("report", "list").out.splitlines()
    assert line.split("\t")[:3] == [run_id, "2", "1"]
    assert json.loads(_shown("report", "list", "--json").out)["run_id"] == run_id


def test_a_correction_is_kept_beside_the_report(run_id: str) -> None:
    noted = _shown(
        "report", "correct", run_id, "c1", "corroborated", "--reason", "two papers have it", "--by", "the desk"
    )
    assert "unsourced → corroborated" in noted.out
    told = _shown("report", "history", run_id).out
    assert "two papers have it" in told
    assert "by the desk" in told
    correction = json.loads(_shown("report", "history", run_id, "--json").out)
    assert (correction["given"], correction["label"]) == ("unsourced", "corroborated")
    assert Report.model_validate_json(_shown("report", "show", run_id, "--format", "json").out).claims[0].label == (
        Label.UNSOURCED
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("report", "show", "nothing-like-it"), "nothing-like-it"),
        (("report", "show", "last", "--version", "9"), "no version 9"),
        (("report", "history", "nothing-like-it"), "nothing-like-it"),
        (("report", "correct", "last", "c99", "unsourced", "--reason", "x", "--by", "y"), "c99"),
        (("report", "correct", "last", "c1", "true", "--reason", "x", "--by", "y"), "corroborated"),
        (("report", "correct", "last", "c1", "unsourced", "--reason", " ", "--by", "y"), "reason"),
        (("watch", "--every", "often"), "15m"),
        (("watch", "--every", "10m", "--once"), "not both"),
    ],
)
def test_a_wrong_use_is_2_and_says_what_is_wrong(arguments: tuple[str, ...], problem: str) -> None:
    outcome = isnad(*arguments)
    assert outcome.code == 2
    assert problem in outcome.err


def test_without_reports_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    fresh = {"data_dir": str(tmp_path / "fresh")}
    assert _numbers(isnad("watch", **fresh)) == [0, 0, 0]
    assert "isnad verify" in isnad("report", "list", **fresh).err


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


def test_a_document_that_could_not_be_heard_is_3_and_told(endpoint: ScriptedEndpoint, run_id: str) -> None:
    endpoint.behave(lambda asked: SERVER_ERROR)
    _arrives(OTHER)
    model = {"model": "small", "base_url": endpoint.url, "api_key": "none", "max_tries": "1"}
    outcome = isnad("watch", **model)
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{run_id} c1" in outcome.err
    assert _shown("watch").out


def test_an_endpoint_that_is_not_there_is_5_and_nothing_is_lost() -> None:
    _arrives(OTHER)
    nowhere = {
        "model": "small",
        "base_url": f"http://127.0.0.1:{closed_port()}/v1",
        "api_key": "none",
        "max_tries": "1",
    }
    outcome = isnad("watch", **nowhere)
    assert (outcome.code, outcome.out) == (5, "")
    assert "contested" in _shown("watch").out


def test_a_store_in_use_is_5(tmp_path: Path) -> None:
    with open_coverage(Settings(data_dir=tmp_path / "data"), HashedEmbedder()):
        outcome = isnad("watch")
    assert (outcome.code, str(tmp_path / "data") in outcome.err) == (5, True)


def test_a_reader_that_goes_away_loses_no_change(run_id: str, tmp_path: Path) -> None:
    _arrives(OTHER)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "agent", "watch", "--json"]
    with Forked[str](
        command, cwd=tmp_path, env=_environment(), stdout=writing, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(writing)
        _, err = process.communicate(timeout=240)
    assert "Traceback" not in err
    with open_reports(Settings(data_dir=tmp_path / "data")) as reports:
        assert len(reports.versions(run_id)) == 2


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_watch_looks_again_and_again_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "agent", "watch", "--every", "1s", "--json"]
    with Forked[str](
        command, cwd=tmp_path, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert "new documents: 0" in process.stderr.readline()
        _added_between_looks(OTHER)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["new_label"] == "contested"
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=240)
    assert process.returncode == 0
    assert err.endswith("Stopped.\n")


def _added_between_looks(document: dict[str, str]) -> None:
    """The store is free between two looks."""
    Path("later.jsonl").write_text(json.dumps(document), encoding="utf-8")
    for _ in range(100):
        if isnad("coverage", "add", "later.jsonl").code == 0:
            return
        time.sleep(0.05)
    pytest.fail("the watch never let go of the store")
