"""`isnad coverage`, as a person uses it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agent.coverage.index.lock import hold
from agent.doors.cli.coverage import coverage
from agent.errors import EmbedderMismatch, StoreBusy
from tests.support.command import counts_of
from tests.support.newsstand import RSS, Newsstand, Served, item, page, rss, run_newsstand, story
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


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsstand]:
    for name, value in {"ALLOW_PRIVATE_URLS": "1", "FETCH_DELAY": "0"}.items():
        monkeypatch.setenv(f"ISNAD_{name}", value)
    with run_newsstand() as stand:
        yield stand


def _isnad(*arguments: str) -> Result:
    return CliRunner().invoke(coverage, list(arguments))


def test_adding_twice_tells_what_was_new_and_what_was_not(folder: Path) -> None:
    first = _isnad("add", str(folder))
    assert (first.exit_code, counts_of(first.stderr)) == (0, {"added": 3, "unchanged": 0, "rejected": 0})
    assert counts_of(_isnad("add", str(folder)).stderr) == {"added": 0, "unchanged": 3, "rejected": 0}


def test_rejected_lines_are_told_with_their_place_and_the_exit_code_says_so(folder: Path) -> None:
    (folder / "b.jsonl").write_text('{"text": "The ship came in."}\n{broken\n')
    added = _isnad("add", str(folder))
    assert added.exit_code == 3
    assert counts_of(added.stderr.splitlines()[0]) == {"added": 4, "unchanged": 0, "rejected": 1}
    assert f"rejected: {folder / 'b.jsonl'}, line 2: not JSON" in added.stderr


def test_a_thousand_bad_lines_do_not_fill_the_screen(folder: Path) -> None:
    (folder / "b.jsonl").write_text("{broken\n" * 1000)
    told = _isnad("add", str(folder)).stderr.splitlines()
    assert (len(told), counts_of(told[-1])) == (22, {"more": 980})


def test_where_nothing_can_be_drawn_a_long_list_tells_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text("{broken\n" * 10_300)
    lines = _isnad("add", str(tmp_path)).stderr.splitlines()
    told = [counts_of(line) for line in lines if " read: " in line]
    assert told == [
        {"read": 5120, "added": 0, "unchanged": 0, "rejected": 5120},
        {"read": 10_240, "added": 0, "unchanged": 0, "rejected": 10_240},
    ]
    assert counts_of(lines[2])["rejected"] == 10_300


def test_a_path_that_is_not_there_is_a_wrong_use() -> None:
    missing = _isnad("add", "/no/such/path")
    assert (missing.exit_code, "/no/such/path" in missing.stderr) == (2, True)


def test_a_search_shows_the_nearest_passages_with_where_they_come_from(folder: Path) -> None:
    _isnad("add", str(folder))
    found = _isnad("search", "the second quay opens again", "--limit", "2").stdout
    assert "Bay Agency" in found
    assert "2016-03-14" in found
    assert "https://mole.example/denial" in found
    assert "Orange" not in found


def test_a_search_for_no_words_is_refused() -> None:
    refused = _isnad("search", " ")
    assert (refused.exit_code, "TEXT" in refused.output) == (2, True)


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
    assert first in again.stderr


def test_the_statistics_say_what_is_there(folder: Path) -> None:
    _isnad("add", str(folder))
    told = _isnad("stats").stdout
    assert "documents  3" in told
    assert "isnad-hashed" in told
    assert counts_of(told)["languages"] == 15
    assert re.findall(r"0\.\d+", told) == ["0.13", "0.18"]


def test_a_store_of_another_embedder_is_refused_and_can_be_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _isnad("add", str(folder))
    monkeypatch.setenv("ISNAD_EMBEDDER", "words")
    assert isinstance(_isnad("search", "quay").exception, EmbedderMismatch)
    assert _isnad("stats").exit_code == 0
    assert counts_of(_isnad("reindex").stdout) == {"documents": 3}
    assert _isnad("search", "quay").exit_code == 0


def _ids(*options: str) -> list[str]:
    return [line.split("\t")[0] for line in _isnad("list", *options).stdout.splitlines()]


def test_files_and_addresses_are_added_by_one_command(folder: Path, stand: Newsstand) -> None:
    added = _isnad("add", str(folder), stand.put("/1", page(story(1))))
    assert added.exit_code == 0
    assert [counts_of(line)["added"] for line in added.stderr.splitlines()] == [3, 1]


def test_a_new_version_is_told_and_the_old_one_is_listed_with_what_took_its_place(stand: Newsstand) -> None:
    url = stand.put("/1", page(story(1)))
    _isnad("add", url)
    (old,) = _ids()
    stand.put("/1", page(story(1) + " It left on Tuesday."))
    assert counts_of(_isnad("add", url).stderr) == {"added": 1, "new": 1, "unchanged": 0, "rejected": 0}
    (new,) = _ids()
    assert _ids("--all") == [new, old]
    rows = [line.split("\t") for line in _isnad("list", "--all").stdout.splitlines()]
    assert [(row[4], row[8]) for row in rows] == [("ready", ""), ("superseded", new)]
    shown = _isnad("show", old).stdout
    assert new in shown
    assert "Tuesday" not in shown
    assert "Tuesday" in _isnad("show", new).stdout


def test_what_is_withdrawn_is_kept_with_its_reason_stays_out_and_can_come_back(folder: Path) -> None:
    _isnad("add", str(folder))
    first = _ids()[0]
    assert _isnad("withdraw", first, "--reason", "a hoax,\n they say").stdout == "1 withdrawn\n"
    assert first not in _ids()
    assert "withdrawn: a hoax, they say" in _isnad("show", first).stdout
    told = counts_of(_isnad("add", str(folder)).stderr)
    assert told == {"added": 0, "unchanged": 2, "withdrawn": 1, "rejected": 0}
    assert _isnad("restore", first).stdout == "1 restored\n"
    assert first in _ids()
    again = _isnad("restore", first)
    assert (again.exit_code, again.stdout, first in again.stderr) == (2, "0 restored\n", True)


def test_a_withdrawal_needs_a_reason_and_a_known_document(folder: Path) -> None:
    _isnad("add", str(folder))
    assert "--reason" in _isnad("withdraw", _ids()[0]).stderr
    unknown = _isnad("withdraw", "d0", "--reason", "none")
    assert (unknown.exit_code, unknown.stdout, "d0" in unknown.stderr) == (2, "0 withdrawn\n", True)
    assert _isnad("show", "d0").exit_code == 2


def test_a_removed_page_is_told_with_what_to_do(stand: Newsstand) -> None:
    url = stand.put("/1", page(story(1)))
    _isnad("add", url)
    stand.serve("/1", Served(status=410))
    told = _isnad("add", url).stderr
    assert counts_of(told)["removed"] == 1
    assert "--withdraw-gone" in told
    assert f"withdrawn: {url}" in _isnad("add", url, "--withdraw-gone").stderr
    assert _ids() == []


def test_a_feed_is_followed_refreshed_and_let_go(stand: Newsstand) -> None:
    stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    told = _isnad("add", feed, "--follow", "--every", "2h").stderr.splitlines()
    assert [line for line in told if "2h" in line and feed in line]
    row = _isnad("follow", "list").stdout.rstrip("\n").split("\t")
    assert (row[:3], row[5:]) == ([feed, "feed", "2h"], ["", "Bay Agency"])
    assert counts_of(_isnad("refresh").stderr) == {"due": 0, "added": 0, "unchanged": 0, "rejected": 0}
    assert _isnad("follow", "remove", feed).exit_code == 0
    assert _isnad("follow", "remove", feed).exit_code == 2
    assert len(_ids()) == 1


def test_what_is_no_feed_is_added_and_not_followed(stand: Newsstand) -> None:
    url = stand.put("/1", page(story(1)))
    added = _isnad("add", url, "--follow")
    assert (added.exit_code, added.stderr.count(url)) == (0, 1)
    assert len(_ids()) == 1
    assert _isnad("follow", "list").stdout == ""


def test_an_address_inside_the_house_is_refused_without_leave(
    stand: Newsstand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISNAD_ALLOW_PRIVATE_URLS")
    refused = _isnad("add", stand.put("/1", page(story(1))))
    assert (refused.exit_code, counts_of(refused.stderr.splitlines()[0])["rejected"]) == (3, 1)
    assert stand.answered == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("refresh", "--every", "soon"), "15m"),
        (("refresh", "--every", "1s"), "too short"),
        (("refresh", "--every", "1h", "--once"), "exclude each other"),
        (("add", ".", "--follow"), "needs the address"),
        (("add", "https://a.example", "--since", "yesterday"), "--since"),
        (("add", "https://a.example", "--as", "podcast"), "--as"),
    ],
)
def test_a_wrong_use_is_told_before_anything_is_done(arguments: tuple[str, ...], told: str) -> None:
    wrong = _isnad(*arguments)
    assert wrong.exit_code == 2
    assert told in wrong.stderr


def test_a_hostile_title_moves_no_cursor(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": QUAY, "title": "\x1b[2J\u202eShip\r\nquay"}))
    _isnad("add", str(tmp_path / "a.jsonl"))
    (one,) = _ids()
    for shown in (_isnad("list").stdout, _isnad("show", one).stdout):
        assert not {"\x1b", "\u202e", "\r"} & set(shown)


def test_an_empty_name_is_not_this_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    empty = _isnad("add", "")
    assert empty.exit_code == 2
    assert _ids() == []


def test_an_empty_reason_is_none(folder: Path) -> None:
    _isnad("add", str(folder))
    empty = _isnad("withdraw", _ids()[0], "--reason", " \n")
    assert (empty.exit_code, "--reason" in empty.stderr) == (2, True)
    assert len(_ids()) == 3


def test_an_address_stands_once_in_what_is_told_of_it(stand: Newsstand) -> None:
    url = stand.serve("/1", Served(status=500))
    assert _isnad("add", url).stderr.count(url) == 1


def test_what_could_not_be_read_is_not_called_no_feed(stand: Newsstand) -> None:
    told = _isnad("add", stand.serve("/feed", Served(status=500)), "--follow").stderr
    assert "not followed, as it could not be read" in told


def test_a_listing_waits_for_nobody_who_has_the_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_DATA_DIR", str(folder / "data"))
    _isnad("add", str(folder))
    with hold(folder / "data", folder / "data" / "chroma"):
        assert isinstance(_isnad("search", "quay").exception, StoreBusy)
        assert len(_ids()) == 3
