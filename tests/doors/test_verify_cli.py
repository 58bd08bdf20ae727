"""`isnad verify`: what it writes and where, and how it answers what was typed wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest

from agent.models import Label, Report
from evals.servers.forked import Forked
from tests.support.command import checked, counts_of, isnad

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "The harbour office said on Monday that the second quay would open again. "
    '"We are not leaving," the union chairman told reporters.'
)
COVERAGE = "The second quay of the harbour would open again, the harbour office said on Monday."


@pytest.fixture(autouse=True)
def article() -> str:
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    return "article.txt"


def _coverage(*documents: dict[str, str], name: str = "coverage.jsonl") -> str:
    Path(name).write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    return name


def _usage(problem: str, *arguments: str) -> None:
    outcome = isnad(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--help" in outcome.err
    assert problem in outcome.err


def test_the_text_form_names_the_claims_and_their_labels(article: str) -> None:
    shown = isnad("verify", article, "--title", "Quay two opens", "--outlet", "The Ledger")
    assert (shown.code, shown.err) == (0, "")
    assert "Quay two opens" in shown.out
    assert "the second quay would open again" in shown.out
    assert "Unsourced" in shown.out
    assert "\x1b" not in shown.out


def test_the_json_form_is_the_report_and_its_schema_holds(article: str) -> None:
    shown = isnad("verify", article, "--published", "2016-03-15", "--format", "json")
    jsonschema.validate(json.loads(shown.out), json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8")))
    assert Report.model_validate_json(shown.out).article.text == ARTICLE


def test_coverage_given_with_the_article_is_added_and_heard(article: str) -> None:
    given = _coverage({"text": COVERAGE, "outlet": "Open Noticeboard"})
    outcome = isnad("verify", article, "--coverage", given, "--format", "json")
    assert (outcome.code, counts_of(outcome.err)) == (0, {"added": 1, "unchanged": 0, "rejected": 0})
    assert outcome.report.claims[0].label is Label.CORROBORATED
    again = isnad("verify", article, "--coverage", given)
    assert counts_of(again.err) == {"added": 0, "unchanged": 1, "rejected": 0}


def test_a_bad_line_of_coverage_is_told_and_the_good_ones_are_heard(article: str) -> None:
    given = _coverage({"text": COVERAGE})
    with Path(given).open("a", encoding="utf-8") as lines:
        lines.write("\nnot json\n")
    outcome = isnad("verify", article, "--coverage", given, "--format", "json")
    assert outcome.code == 0
    assert counts_of(outcome.err.splitlines()[0]) == {"added": 1, "unchanged": 0, "rejected": 1}
    assert "coverage.jsonl, line 2: not JSON" in outcome.err
    assert outcome.report.searched.documents == 1


@pytest.mark.parametrize("url", ["https://ledger.example/quay", None])
def test_an_article_that_is_in_the_coverage_does_not_vouch_for_itself(article: str, url: str | None) -> None:
    itself = {"text": ARTICLE, "outlet": "The Ledger", "url": "https://ledger.example/quay"}
    told = ["--url", url] if url else []
    report = checked(article, *told, "--coverage", _coverage(itself))
    assert report.searched.documents == 1
    assert report.counts.corroborated == 0


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("report.json", "{"),
        ("report.md", "#"),
        ("report.HTML", "<!doctype html>"),
        ("report.jsonld", '{\n  "@context"'),
        ("report.txt", "Quay"),
        ("report", "Quay"),
    ],
)
def test_a_report_is_written_in_the_form_that_its_name_ends_in(article: str, name: str, opening: str) -> None:
    outcome = isnad("verify", article, "--title", "Quay two opens", "--out", name)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"Report written to {name}\n")
    assert Path(name).read_text("utf-8").startswith(opening)


def test_a_named_form_wins_over_the_suffix(article: str) -> None:
    assert isnad("verify", article, "--out", "report.pdf", "--format", "json").code == 0
    assert Report.model_validate_json(Path("report.pdf").read_text("utf-8"))


def test_a_dash_means_standard_output(article: str) -> None:
    assert "Unsourced" in isnad("verify", article, "--out", "-").out
    assert not Path("-").exists()


def test_options_win_over_the_file_about_an_article(article: str) -> None:
    Path("about.json").write_text('{"title": "Old", "outlet": "The Ledger", "language": "EN"}', encoding="utf-8")
    known = checked(article, "--about", "about.json", "--title", "New", "--published", "").article
    assert (known.title, known.outlet, known.language, known.published_at) == ("New", "The Ledger", "en", None)


@pytest.mark.parametrize(
    ("problem", "arguments"),
    [
        ("Give an ARTICLE", []),
        ("Give an ARTICLE", ["article.txt", "--resume", "last"]),
        ("cannot change on --resume", ["--resume", "last", "--title", "New"]),
        ("Did you mean '--format'", ["article.txt", "--frmat", "json"]),
        ("'xml' is not one of", ["article.txt", "--format", "xml"]),
        ("--published: 'yesterday' is not a date", ["article.txt", "--published", "yesterday"]),
        ("may be 2016-03-04 or 2016-04-03", ["article.txt", "--published", "03/04/2016"]),
        ("--url: 'ledger' is not a web address", ["article.txt", "--url", "ledger"]),
        ("--language: 'klingonese!' is not", ["article.txt", "--language", "klingonese!"]),
        ("'none.jsonl' does not exist", ["article.txt", "--coverage", "none.jsonl"]),
        ("no form of report is known by '.pdf'", ["article.txt", "--out", "report.pdf"]),
        ("there is no folder 'no/such'", ["article.txt", "--out", "no/such/report.json"]),
        ("'.' is a directory", ["article.txt", "--out", "."]),
        ("'article.txt' would be overwritten", ["article.txt", "--out", "./article.txt"]),
    ],
)
def test_what_is_typed_wrong_is_answered_before_any_work(problem: str, arguments: list[str]) -> None:
    _usage(problem, "verify", *arguments)
    assert Path("article.txt").read_text("utf-8") == ARTICLE
    assert not Path("data").exists()


def test_an_unknown_command_is_named() -> None:
    _usage("No such command 'verfy'", "verfy", "article.txt")


def test_no_command_shows_what_there_is() -> None:
    assert "verify" in isnad().err


def test_a_file_about_the_article_that_tells_nothing_usable_is_named(article: str) -> None:
    Path("about.json").write_text("[1]", encoding="utf-8")
    outcome = isnad("verify", article, "--about", "about.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'about.json'" in outcome.err


def test_the_coverage_is_never_overwritten_by_the_report(article: str) -> None:
    given = _coverage({"text": COVERAGE}, name="coverage.md")
    _usage("would be overwritten", "verify", article, "--coverage", given, "--out", given)


@pytest.mark.parametrize("run", ["last", "20160315-120000-abcdef"])
def test_a_run_that_is_not_there_cannot_be_resumed(run: str) -> None:
    outcome = isnad("verify", "--resume", run)
    assert (outcome.code, outcome.out) == (2, "")
    assert run == "last" or repr(run) in outcome.err


def test_a_finished_run_is_shown_again_as_it_was(article: str) -> None:
    first = checked(article)
    isnad("verify", article, "--title", "Another run")
    assert checked("--resume", first.run_id) == first
    assert checked("--resume", "last").article.title == "Another run"


def test_a_report_that_finds_no_room_is_kept_and_can_be_written_elsewhere(article: str) -> None:
    failed = isnad("verify", article, "--out", "/dev/full")
    assert failed.code == 2
    assert "cannot write '/dev/full': No space left" in failed.err
    advised = failed.err.split("isnad ")[-1].replace("FILE", "report.json").split()
    assert isnad(*advised).code == 0
    assert Report.model_validate_json(Path("report.json").read_text("utf-8")).article.text == ARTICLE


def _started(*arguments: str, stdout: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "agent", "verify", *arguments]
    return Forked(command, env=os.environ, stdout=stdout, stderr=subprocess.PIPE)


def test_a_reader_that_goes_away_is_no_error(article: str) -> None:
    process = _started(article, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=240)
    assert (process.returncode, err) == (0, b"")


def test_standard_output_without_room_is_told_once_and_the_report_is_kept(article: str) -> None:
    with Path("/dev/full").open("wb") as full:
        process = _started(article, stdout=full.fileno())
        err = process.communicate(timeout=240)[1].decode()
    assert process.returncode == 2
    assert err.startswith("isnad: cannot write standard output: No space left on device.\n")
    assert err.count("\n") == 2
    assert checked("--resume", "last").article.text == ARTICLE


def test_a_terminal_that_knows_only_ascii_gets_the_whole_report() -> None:
    Path("article.txt").write_text("أعلن وزير النقل أن الميناء سيفتح من جديد.", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "agent", "verify", "article.txt", "--format", "json"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii:strict"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = process.communicate(timeout=240)
    assert (process.returncode, err) == (0, b"")
    assert Report.model_validate_json(out).article.language == "ar"
