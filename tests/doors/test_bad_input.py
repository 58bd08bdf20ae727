"""Articles that nobody planned for: each is checked as what it is, or refused by name with a word on what to do."""

import zipfile
from pathlib import Path

import pytest

from agent.models import Label
from tests.support.command import Outcome, checked, isnad, piped

ARABIC = "أعلن وزير النقل يوم الاثنين أن الميناء سيفتح من جديد. ونفت النقابة ذلك وقالت إن الأرصفة متضررة."
ENGLISH = (
    "The harbour office said on Monday that the second quay would open again. "
    '"We are not leaving," the union chairman told reporters.'
)


def _written(data: bytes | str, name: str = "article.txt") -> str:
    Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def _zip() -> bytes:
    with zipfile.ZipFile("article.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:t>words</w:t>")
    return Path("article.docx").read_bytes()


def _refused(name: str, *told: str, **settings: str) -> None:
    _is_refusal(isnad("verify", name, **settings), *told)


def _is_refusal(refused: Outcome, *told: str) -> None:
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    for words in told:
        assert words in refused.err


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"2016 15 3.", "😀 🎉".encode()])
def test_an_article_without_words_is_refused(data: bytes) -> None:
    _refused(_written(data), "article.txt", "no words to check")


def test_an_article_without_words_on_standard_input_is_called_so() -> None:
    _is_refusal(piped(b"", "verify", "-"), "standard input", "no words to check")


def test_a_file_that_is_not_there_is_named() -> None:
    _refused("no-such.txt", "'no-such.txt'", "No such file")


def test_a_folder_is_no_article() -> None:
    Path("articles").mkdir()
    _refused("articles", "'articles'", "directory")


def test_a_link_that_cannot_be_read_is_told_with_why() -> None:
    outcome = isnad("verify", "https://127.0.0.1/quay")
    assert (outcome.code, outcome.out) == (2, "")
    assert "127.0.0.1" in outcome.err


def test_a_link_of_another_scheme_is_no_missing_file() -> None:
    outcome = isnad("verify", "ftp://ledger.example/quay")
    assert (outcome.code, outcome.out) == (2, "")
    assert "only http and https" in outcome.err


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"), (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image")],
)
def test_a_file_of_another_kind_is_called_by_its_kind(data: bytes, kind: str) -> None:
    _refused(_written(data), kind, "Save it as plain text")
    _is_refusal(piped(data, "verify", "-"), "standard input", kind)


def test_an_office_document_is_called_by_its_kind() -> None:
    _refused(_written(_zip(), "article.docx"), "a Word document that is damaged")
    _refused(_written(b"%PDF-1.7\n%\xe2\xe3", "article.pdf"), "a PDF document that is damaged")


def test_noise_is_not_text() -> None:
    noise = bytes((n * 167 + 13 * (n >> 3)) % 256 for n in range(4000))
    _refused(_written(noise), "'article.txt'", "not text")


def test_text_full_of_nuls_is_not_text() -> None:
    _refused(_written(b"\x00".join(b"The minister said so.".split(b" ")) + b"\x00" * 30), "control characters")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_arabic_in_any_common_encoding_is_read_as_what_it_says(encoding: str) -> None:
    article = checked(_written(ARABIC.encode(encoding))).article
    assert (article.text, article.language) == (ARABIC, "ar")


def test_english_in_utf_16_without_a_mark_is_read_as_what_it_says() -> None:
    assert checked(_written(ENGLISH.encode("utf-16-le"))).article.text == ENGLISH


def test_five_megabytes_are_refused_with_the_setting_that_allows_more() -> None:
    _refused(_written((ENGLISH + "\n") * 40_000), "too long", "200,000 characters", "ISNAD_MAX_ARTICLE_CHARS")


def test_an_endless_file_is_not_read_to_its_end() -> None:
    _refused("/dev/zero", "too long", "ISNAD_MAX_ARTICLE_CHARS")


def test_a_text_just_over_the_limit_is_refused_and_one_at_it_is_checked() -> None:
    name = _written(ENGLISH)
    _refused(name, f"{len(ENGLISH)} characters", max_article_chars=str(len(ENGLISH) - 1))
    assert checked(name, max_article_chars=str(len(ENGLISH))).claims


def test_one_word_is_checked_without_a_fuss() -> None:
    assert isnad("verify", _written("Hello")).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "O quiet sea, O quiet sea,\nwho sings the song you sing to me?\nAh, night and foam,\nah, far-off home!",
        "Ada Lovelace\nAlan Turing\nGrace Hopper\n",
        "ნავსადგური ორშაბათს გაიხსნება, განაცხადა მინისტრმა. კავშირმა ეს უარყო.",
        "ወደቡ ሰኞ እንደሚከፈት ሚኒስትሩ ተናግረዋል። ማህበሩ ግን አስተባብሏል።",
        "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าท่าเรือจะเปิดอีกครั้ง สหภาพปฏิเสธเรื่องนี้",
        "部长星期一表示，港口将重新开放。工会否认了这一消息。",
        "Министр заявил, что порт откроется в понедельник. Профсоюз это отрицает.",
        "The minister said 👨‍👩‍👧 the quay would open on Monday 🎉🎉. 😀",
        ENGLISH + " " + ARABIC,
    ],
    ids=["poem", "names", "Georgian", "Amharic", "Thai", "Chinese", "Russian", "emoji", "two directions"],
)
def test_any_text_is_checked_and_what_nobody_else_tells_is_unsourced(text: str) -> None:
    outcome = isnad("verify", _written(text), "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    report = outcome.report
    assert report.article.text == text
    assert {claim.label for claim in report.claims} <= {Label.UNSOURCED, Label.CONTESTED}
    for claim in report.claims:
        assert all(text[span.start : span.end] for span in claim.spans)
        assert claim.quote == text[claim.spans[0].start : claim.spans[0].end]


def test_marks_that_turn_a_text_around_are_told_and_take_no_effect() -> None:
    turned = "\u202eThe harbour office said\u202c that the \u2066quay\u2069 would open on Monday.\u200f"
    shown = isnad("verify", _written(turned))
    assert shown.code == 0
    assert "invisible" in shown.out
    assert not set("\u202e\u202c\u2066\u2069\u200f") & set(shown.out)


def test_single_nuls_are_shown_as_what_they_are_not() -> None:
    report = checked(_written(b"The harbour office said\x00 that the quay would open on Monday."))
    assert report.article.text == "The harbour office said\ufffd that the quay would open on Monday."


def test_escape_codes_in_a_text_do_not_reach_the_terminal() -> None:
    shown = isnad("verify", _written(f"\x1b[31m{ENGLISH}"), "--title", "\x1b]0;owned\x07Quay", "--outlet", "A\x1b[2J")
    assert shown.code == 0
    assert not {"\x1b", "\x07"} & set(shown.out + shown.err)


def test_claims_over_the_limit_are_counted_and_told() -> None:
    lines = "\n".join(f"The harbour office said that quay {n} would open again in 20{n}." for n in range(10, 40))
    name = _written(lines)
    report = checked(name, max_claims="4")
    assert len(report.claims) == 4
    assert report.dropped.claims_over_limit == 26
    assert "26 claims over the limit" in isnad("verify", name, max_claims="4").out


@pytest.mark.parametrize(
    "text",
    ["word\n\n" * 2_000, "a" * 20_000, '"said ' * 3_000, "(" * 20_000 + " word " + ")" * 20_000],
    ids=["one word a line", "one long word", "open quotations", "brackets"],
)
def test_a_long_and_monotonous_article_comes_to_an_end(text: str) -> None:
    assert isnad("verify", _written(text)).code == 0


def test_a_page_tells_its_own_title_outlet_and_date_and_options_win() -> None:
    body = "".join(f"<p>{ENGLISH} Eleven ships wait in the roads, it said.</p>" for _ in range(3))
    page = f"""<!doctype html><html lang="en-GB"><head><title>Quay opens</title>
    <meta property="og:site_name" content="The Ledger"><meta property="og:title" content="Quay opens">
    <meta property="article:published_time" content="2016-03-15T09:00:00Z">
    <link rel="canonical" href="https://ledger.example/quay"></head>
    <body><nav>Home Sport Weather</nav><article><h1>Quay opens</h1>{body}</article></body></html>"""
    article = checked(_written(page, "page.html"), "--title", "Another headline").article
    assert (article.title, article.outlet, article.url) == (
        "Another headline",
        "The Ledger",
        "https://ledger.example/quay",
    )
    assert article.published_at is not None
    assert f"{article.published_at:%Y-%m-%d}" == "2016-03-15"
    assert "<p>" not in article.text
    assert "Weather" not in article.text
    fetched = piped(page.encode(), "verify", "-", "--title", "Another headline", "--format", "json")
    assert fetched.report.article == article


def test_a_page_without_an_article_is_refused() -> None:
    _refused(_written("<!doctype html><html><body></body></html>", "page.html"), "page.html", "no")
