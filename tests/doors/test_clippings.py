"""Clippings and office files on the command line: added, checked, and named where they are not read."""

import re
from pathlib import Path

import pytest

from tests.support.command import checked, counts_of, isnad
from tests.support.office_files import docx, p, pdf, r

SHUT = "The Northbank bridge was shut to cars on Tuesday."
_MORE = "Three of its pillars had cracks, the engineers of the road office found on the same day."


@pytest.fixture
def clipping(tmp_path: Path) -> Path:
    path = tmp_path / "clippings" / "clipping.txt"
    path.parent.mkdir()
    path.write_text(SHUT)
    return path


def test_a_clipping_is_added_with_what_is_said_of_it(clipping: Path) -> None:
    said = {"outlet": "Harbour Post", "published": "2016-03-15", "url": "https://harbour.example/1", "title": "Shut"}
    options = [word for name, told in said.items() for word in (f"--{name}", told)]
    added = isnad("coverage", "add", str(clipping), *options, "--author", "Bay Agency", "--language", "en")
    assert (added.code, counts_of(added.err)) == (0, {"added": 1, "unchanged": 0, "rejected": 0})
    row = isnad("coverage", "list").out.rstrip("\n").split("\t")
    assert row[1:3] == ["2016-03-15", "en"]
    assert row[5:] == ["Harbour Post", "Shut", "https://harbour.example/1"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["other.txt", "--url", "https://harbour.example/1"], "--url: of one file only"),
        ([".", "--title", "Shut"], "--title: of one file only"),
        (["lines.jsonl", "--outlet", "Harbour Post"], "'lines.jsonl' holds documents that tell of themselves"),
        (["https://harbour.example/1", "--language", "en"], "https://harbour.example/1 tells of itself"),
        (["--published", "soon"], "'soon' is not a date"),
        (["--url", "nowhere"], "is not a web address"),
        (["--language", "the usual"], "is not a language code"),
    ],
)
def test_what_cannot_be_of_all_that_was_named_is_a_wrong_use(
    clipping: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], told: str
) -> None:
    monkeypatch.chdir(clipping.parent)
    Path("other.txt").write_text(_MORE)
    Path("lines.jsonl").write_text("{}")
    wrong = isnad("coverage", "add", "clipping.txt", *more)
    assert wrong.code == 2
    assert told in wrong.err
    assert isnad("coverage", "list").out == ""


def test_what_several_clippings_have_in_common_is_said_once(clipping: Path) -> None:
    (clipping.parent / "more.txt").write_text(_MORE)
    isnad("coverage", "add", str(clipping.parent), "--outlet", "Harbour Post", "--published", "2016-03-15")
    rows = [line.split("\t") for line in isnad("coverage", "list").out.splitlines()]
    assert [(row[1], row[5]) for row in rows] == [("2016-03-15", "Harbour Post")] * 2


def test_what_was_skipped_is_counted_and_named_and_fills_no_screen(clipping: Path) -> None:
    for number in range(30):
        (clipping.parent / f"{number:02}.xlsx").write_text("x")
    added = isnad("coverage", "add", str(clipping.parent))
    assert added.code == 0
    first, *_, last = added.err.splitlines()
    assert counts_of(first) == {"added": 1, "unchanged": 0, "skipped": 30, "rejected": 0}
    assert f"  skipped: {clipping.parent / '00.xlsx'}: " in added.err
    assert counts_of(last) == {"more": 10}


@pytest.mark.parametrize("name", ["article.docx", "article.pdf"])
def test_an_office_file_is_checked_as_an_article(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        docx(p(r(SHUT)) + p(r(_MORE)), core="<dc:title>Bridge shut</dc:title>")
        if name.endswith("docx")
        else pdf([(60, 100, SHUT), (60, 130, _MORE)], info="/Title (Bridge shut)")
    )
    report = checked(str(path), "--outlet", "Harbour Post")
    assert (report.article.title, report.article.outlet) == ("Bridge shut", "Harbour Post")
    assert [claim.quote for claim in report.claims] == [SHUT.rstrip("."), _MORE.rstrip(".")]
    for claim in report.claims:
        assert report.article.text[claim.spans[0].start : claim.spans[0].end] == claim.quote


def test_what_of_an_article_was_not_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(pdf([(60, 100, SHUT)], []))
    assert re.search(r"^note: 1 \D+ 2 ", isnad("verify", str(path)).err, re.MULTILINE)


def test_an_office_file_may_be_much_larger_than_its_words(tmp_path: Path) -> None:
    path = tmp_path / "article.docx"
    path.write_bytes(docx(p(r(SHUT)), more={"word/media/photo.png": bytes(range(256)) * 8000}))
    assert len(checked(str(path), max_article_chars="1000").claims) == 1


def test_a_locked_or_scanned_article_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(pdf([]))
    refused = isnad("verify", str(path))
    assert refused.code == 2
    assert "OCR" in refused.err


@pytest.mark.parametrize("written", ["{path}", "'{path}'", "file://{path}", "{escaped}"])
def test_a_file_that_is_named_in_a_chat_is_checked(tmp_path: Path, written: str) -> None:
    path = tmp_path / "my article.docx"
    path.write_bytes(docx(p(r(SHUT)) + p(r(_MORE))))
    said = written.format(path=path, escaped=str(path).replace(" ", "\\ "))
    answered = _piped(said)
    assert "2 claims found" in answered
    assert SHUT.rstrip(".") in answered


def test_words_that_are_no_path_are_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("help").write_text(SHUT)
    assert "/why" in _piped("help")


def _piped(said: str) -> str:
    from tests.support.command import piped

    return piped(said.encode(), "chat").out
