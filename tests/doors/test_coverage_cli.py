"""`isnad coverage`, as a person uses it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agent.doors.coverage_cli import coverage
from agent.errors import EmbedderMismatch
from tests.support.shelf import DENIAL, ORANGES, QUAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        {"text": QUAY, "outlet": "Bay Agency", "title": "Quay two opens", "published_at": "2016-03-14"},
        {"text": DENIAL, "outlet": "Mole Mail", "url": "https://mole.example/denial"},
        {"text": ORANGES, "outlet": "أسواق", "title": "موسم الحمضيات"},
    ]
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return folder


def _isnad(*arguments: str) -> Result:
    return CliRunner().invoke(coverage, list(arguments))


def test_adding_twice_tells_what_was_new_and_what_was_not(folder: Path) -> None:
    first = _isnad("add", str(folder))
    assert (first.exit_code, first.stderr) == (0, "3 added, 0 unchanged, 0 rejected\n")
    assert _isnad("add", str(folder)).stderr == "0 added, 3 unchanged, 0 rejected\n"


def test_rejected_lines_are_told_with_their_place_and_the_exit_code_says_so(folder: Path) -> None:
    (folder / "b.jsonl").write_text('{"text": "The ship came in."}\n{broken\n')
    added = _isnad("add", str(folder))
    assert added.exit_code == 3
    assert "4 added, 0 unchanged, 1 rejected" in added.stderr
    assert f"rejected: {folder / 'b.jsonl'}, line 2: not JSON" in added.stderr


def test_a_thousand_bad_lines_do_not_fill_the_screen(folder: Path) -> None:
    (folder / "b.jsonl").write_text("{broken\n" * 1000)
    assert "and 980 more" in _isnad("add", str(folder)).stderr


def test_a_path_that_is_not_there_is_a_wrong_use() -> None:
    missing = _isnad("add", "/no/such/path")
    assert missing.exit_code == 2
    assert "does not exist" in missing.stderr


def test_a_search_shows_the_nearest_passages_with_where_they_come_from(folder: Path) -> None:
    _isnad("add", str(folder))
    found = _isnad("search", "the second quay opens again", "--limit", "2").stdout
    assert "Bay Agency" in found
    assert "2016-03-14" in found
    assert "https://mole.example/denial" in found
    assert "Orange" not in found


def test_a_search_in_an_empty_store_says_what_to_do() -> None:
    empty = _isnad("search", "anything")
    assert empty.exit_code == 0
    assert "isnad coverage add" in empty.stderr


def test_a_listing_in_a_pipe_is_one_document_a_line(folder: Path) -> None:
    _isnad("add", str(folder))
    rows = [line.split("\t") for line in _isnad("list").stdout.splitlines()]
    assert [(row[1], row[2], row[4], row[5]) for row in rows] == [
        ("2016-03-14", "en", "ready", "Bay Agency"),
        ("no date", "en", "ready", "Mole Mail"),
        ("no date", "en", "ready", "أسواق"),
    ]


def test_removing_takes_the_ids_of_the_listing_and_tells_of_unknown_ones(folder: Path) -> None:
    _isnad("add", str(folder))
    first = _isnad("list").stdout.split("\t")[0]
    assert _isnad("remove", first).stdout == "1 removed\n"
    again = _isnad("remove", first)
    assert again.exit_code == 2
    assert f"not in the store: {first}" in again.stderr


def test_the_statistics_say_what_is_there(folder: Path) -> None:
    _isnad("add", str(folder))
    told = _isnad("stats").stdout
    assert "documents  3" in told
    assert "isnad-hashed" in told


def test_a_store_of_another_embedder_is_refused_and_can_be_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _isnad("add", str(folder))
    monkeypatch.setattr("agent.coverage.hashed.HashedEmbedder.id", "isnad-hashed-0:1024")
    assert isinstance(_isnad("search", "quay").exception, EmbedderMismatch)
    assert _isnad("stats").exit_code == 0
    assert _isnad("reindex").stdout == "3 documents indexed\n"
    assert _isnad("search", "quay").exit_code == 0
