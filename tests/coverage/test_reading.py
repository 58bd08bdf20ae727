"""Coverage from files: one bad line never loses the good ones, and everything refused is told with its place."""

import builtins
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from agent.coverage.intake.metadata import Caution, Item, Rejection, RemarkCode
from agent.coverage.intake.reading import read_coverage
from agent.errors import InputFault
from agent.extras import install_command
from agent.models import DateSource, Document, Provenance
from tests.support.shelf import ORANGES, QUAY

PAGE = f"""<html lang="en-GB"><head><title>Quay two opens</title>
<meta property="og:site_name" content="Bay Agency"><meta property="article:published_time" content="2016-03-14">
<link rel="canonical" href="https://bay.example/quay-two"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Quay two opens</h1><p>{QUAY}</p><p>{ORANGES}</p></article>
<script>alert("no")</script></body></html>"""


def _lines(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def _documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def _rejections(items: list[Item]) -> list[tuple[int | None, str]]:
    return [(item.line, item.reason) for item in items if isinstance(item, Rejection)]


def _codes(items: Iterable[Item]) -> list[RemarkCode | None]:
    return [item.code for item in items if isinstance(item, Rejection)]


def test_a_line_is_a_document_and_unknown_keys_are_left_aside(tmp_path: Path) -> None:
    told = {
        "text": QUAY,
        "url": "https://bay.example/1",
        "title": " Quay \n two ",
        "outlet": "Bay Agency",
        "published_at": "2016-03-14T10:00:00+02:00",
        "language": "en",
        "author": "A. Pilot",
        "canonical_url": "https://agency.example/1",
        "section": {"name": "harbour"},
    }
    (document,) = read_coverage([_lines(tmp_path / "a.jsonl", told)])
    assert document == Document.of(
        QUAY,
        url="https://bay.example/1",
        canonical_url="https://agency.example/1",
        title="Quay two",
        author="A. Pilot",
        outlet="Bay Agency",
        published_at=datetime(2016, 3, 14, 8, tzinfo=UTC),
        language="en",
        provenance=Provenance(date_from=DateSource.GIVEN),
    )


def test_bad_lines_are_told_by_number_and_the_good_ones_are_kept(tmp_path: Path) -> None:
    path = _lines(
        tmp_path / "a.jsonl",
        {"text": "The first ship came in."},
        "{broken",
        "",
        [1, 2],
        {"title": "no text"},
        {"text": 5},
        {"text": " \u200b "},
        '{"text": ' + "[" * 100_000,
        {"text": "The last ship came in.", "url": 7},
        {"text": "The second ship came in."},
    )
    items = list(read_coverage([path]))
    assert [document.text for document in _documents(items)] == [
        "The first ship came in.",
        "The second ship came in.",
    ]
    reasons = _rejections(items)
    assert [line for line, _ in reasons] == [2, 4, 5, 6, 7, 8, 9]
    unlike = InputFault.UNKNOWN_KIND
    assert _codes(items) == [
        InputFault.NOT_JSON,
        unlike,
        unlike,
        unlike,
        InputFault.NO_TEXT,
        InputFault.NOT_JSON,
        unlike,
    ]


def test_a_line_in_another_encoding_is_read_and_one_that_is_noise_is_told(tmp_path: Path) -> None:
    arabic = json.dumps({"text": "أعلنت إدارة الميناء فتح الرصيف الثاني يوم الاثنين"}, ensure_ascii=False)
    path = tmp_path / "a.jsonl"
    path.write_bytes(arabic.encode("cp1256") + b"\n\x00\x01\x02\x03\n" + b"\xef\xbb\xbf" + arabic.encode() + b"\n")
    items = list(read_coverage([path]))
    assert [document.language for document in _documents(items)] == ["ar", "ar"]
    assert [line for line, _ in _rejections(items)] == [2]


def test_json_lines_in_utf_16_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n', encoding="utf-16")
    assert _codes(read_coverage([path])) == [InputFault.NOT_TEXT]


def test_a_line_that_never_ends_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.write('{"text": "' + "x" * 17_000_000 + '"}\n{"text": "The ship came in."}\n')
    items = list(read_coverage([path]))
    assert _rejections(items) == [(1, "longer than 16 MB")]
    assert [document.text for document in _documents(items)] == ["The ship came in."]


def test_nuls_and_lone_surrogates_are_replaced_and_bidi_controls_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "ship\\u0000 \\ud800 \\u202equay", "title": "\\ud800"}')
    (document,) = _documents(list(read_coverage([path])))
    assert (document.text, document.title) == ("ship\ufffd \ufffd \u202equay", "\ufffd")


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2016-03-14", datetime(2016, 3, 14, tzinfo=UTC)),
        ("2016-03-14T10:00:00Z", datetime(2016, 3, 14, 10, tzinfo=UTC)),
        ("14 March 2016 10:00 +0300", datetime(2016, 3, 14, 7, tzinfo=UTC)),
        ("Mon, 14 Mar 2016 10:00:00 GMT", datetime(2016, 3, 14, 10, tzinfo=UTC)),
        (1457949600, datetime(2016, 3, 14, 10, tzinfo=UTC)),
        (1457949600000, datetime(2016, 3, 14, 10, tzinfo=UTC)),
        (None, None),
        ("", None),
    ],
)
def test_dates_come_in_many_forms(tmp_path: Path, told: object, moment: datetime | None) -> None:
    (document,) = read_coverage([_lines(tmp_path / "a.jsonl", {"text": QUAY, "published_at": told})])
    assert isinstance(document, Document)
    assert document.published_at == moment


@pytest.mark.parametrize("told", ["2099-01-01", "soon", "Monday", "10:30", "0001-01-01", "9" * 30, 1e30, -1e30])
def test_a_date_that_cannot_be_is_left_out_with_a_caution(tmp_path: Path, told: object) -> None:
    items = list(read_coverage([_lines(tmp_path / "a.jsonl", {"text": QUAY, "published_at": told})]))
    (document,) = _documents(items)
    assert document.published_at is None
    assert [item.line for item in items if isinstance(item, Caution)] == [1]


def test_an_address_that_is_none_is_left_out_with_a_caution(tmp_path: Path) -> None:
    items = list(read_coverage([_lines(tmp_path / "a.jsonl", {"text": QUAY, "url": "javascript:alert(1)"})]))
    assert [document.url for document in _documents(items)] == [None]
    assert any(isinstance(item, Caution) and "javascript" in item.reason for item in items)


def test_a_folder_is_read_without_hidden_files_and_without_links_that_lead_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("A secret of the harbour.")
    folder = tmp_path / "coverage"
    (folder / "deeper").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "b.txt").write_text("The second ship came in.")
    (folder / "deeper" / "a.md").write_text("# Ships\n\nThe first ship came in.")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n")
    (folder / ".draft.txt").write_text("Not this one.")
    (folder / ".hidden" / "c.txt").write_text("Nor this one.")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    documents = _documents(list(read_coverage([folder])))
    assert [(document.title, document.text.splitlines()[-1]) for document in documents] == [
        (None, "The second ship came in."),
        ("Ships", "The first ship came in."),
    ]


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4 under a wrong name")
    (tmp_path / "c.txt").write_text("")
    (tmp_path / "d.txt").write_text("The ship came in.")
    paths = [tmp_path / name for name in ("a.pdf", "b.txt", "c.txt", "none.txt", "none", "d.txt")]
    items = list(read_coverage(paths))
    assert [document.text for document in _documents(items)] == ["The ship came in."]
    broken, gone = InputFault.BROKEN, InputFault.NOT_THERE
    assert _codes(items) == [broken, broken, InputFault.EMPTY, gone, gone]


def test_a_page_gives_its_article_with_what_it_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    (document,) = _documents(list(read_coverage([path])))
    assert QUAY in document.text
    assert "Home" not in document.text
    assert "alert" not in document.text
    assert (document.title, document.url, document.outlet) == (
        "Quay two opens",
        "https://bay.example/quay-two",
        "Bay Agency",
    )
    assert document.published_at == datetime(2016, 3, 14, tzinfo=UTC)
    assert document.language == "en-GB"


def test_the_text_of_a_page_and_not_its_label_tells_what_a_zone_means(tmp_path: Path) -> None:
    text = "أعلن مكتب الميناء يوم الثلاثاء أن الرصيف الثاني سيفتح أمام السفن في نهاية الشهر بعد عام من العمل. " * 3
    line = '<p class="date">15 مارس 2016، 12:30 AST</p>'
    page = f'<html lang="en"><title>ميناء</title><article><h1>الرصيف الثاني</h1>{line}<p>{text}</p></article></html>'
    file = tmp_path / "a.html"
    file.write_text(page, "utf-8")
    (document,) = read_coverage([file])
    assert isinstance(document, Document)
    assert document.published_at == datetime(2016, 3, 15, 9, 30, tzinfo=UTC)
    assert document.provenance.date_from is DateSource.VISIBLE_LINE


def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    text = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين، وقالت إن الغواصين لم يجدوا ضرراً. " * 4
    page = f'<html><head><meta charset="windows-1256"><title>ميناء</title></head><body><p>{text}</p></body></html>'
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp1256"))
    (document,) = _documents(list(read_coverage([path])))
    assert "إعادة فتح الرصيف الثاني" in document.text
    assert document.language == "ar"


def test_a_page_without_an_article_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><img src='a.png'></body></html>")
    assert _codes(read_coverage([path])) == [InputFault.NO_ARTICLE]


def test_a_page_of_nothing_but_opened_tags_takes_no_time(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html" * 300_000)
    assert _codes(read_coverage([path])) == [InputFault.FILE_TOO_LARGE]


def test_a_page_too_large_for_an_article_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE + "<p>and so on</p>" * 400_000)
    assert _codes(read_coverage([path])) == [InputFault.FILE_TOO_LARGE]


def test_without_the_extra_a_page_is_refused_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = builtins.__import__

    def without_trafilatura(name: str, *rest: object, **more: object) -> object:
        if name == "trafilatura":
            raise ImportError(name)
        return known(name, *rest, **more)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(builtins, "__import__", without_trafilatura)
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    ((_, reason),) = _rejections(list(read_coverage([path])))
    assert install_command("html") in reason


@pytest.mark.parametrize("told", ["March 2016", "2016", "Monday", 0, -5, True])
def test_of_a_date_that_is_not_whole_nothing_is_filled_in(tmp_path: Path, told: object) -> None:
    items = list(read_coverage([_lines(tmp_path / "a.jsonl", {"text": QUAY, "published_at": told})]))
    (document,) = _documents(items)
    assert document.published_at is None
    assert "is not a date" in next(item.reason for item in items if isinstance(item, Caution))


def test_a_pipe_among_files_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    # A reader that came would get a text, and not wait for ever.
    writer = Thread(target=pipe.write_text, args=[ORANGES])
    writer.start()
    (tmp_path / "b.txt").write_text(QUAY)
    folder, alone = list(read_coverage([tmp_path])), list(read_coverage([pipe]))
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer.join()
    os.close(reader)
    assert [document.text for document in _documents(folder)] == [QUAY]
    assert [len(_documents(alone)), len(_rejections(alone))] == [0, 1]
