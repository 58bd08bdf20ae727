"""Word documents, OpenDocument texts and PDF: the words of the text, and nothing that is not said any more."""

from collections.abc import Iterator

import pytest
from bidi import get_display  # type: ignore[import-untyped]  # ships no types

from agent.coverage.intake import office
from agent.coverage.intake.metadata import Rejection
from agent.coverage.intake.office import read_office
from agent.doors.render.bidi import LineOrder, wrapped
from agent.errors import InputFault
from agent.extras import install_command
from agent.models import Document
from tests.support.office_files import docx, odt, p, pdf, r

pytestmark = pytest.mark.usefixtures("forked_readers")

SHUT = "The Northbank bridge was shut on Tuesday."
_RAISED = '<w:vertAlign w:val="superscript"/>'


def _document(data: bytes) -> Document:
    (read,) = [item for item in read_office(data, "clipping") if isinstance(item, Document)]
    return read


def _refused(data: bytes) -> str:
    return _refusal(data).reason


def _refusal(data: bytes) -> Rejection:
    (item,) = read_office(data, "clipping")
    assert isinstance(item, Rejection)
    return item


def _left_out(document: Document) -> Iterator[str]:
    return (one.what for one in document.provenance.left_out)


def test_the_paragraphs_of_a_word_document_with_what_it_tells_of_itself() -> None:
    core = (
        "<dc:title>Bridge shut</dc:title><dc:creator>Bay Agency</dc:creator>"
        "<dcterms:created>2016-03-15T09:00:00Z</dcterms:created>"
    )
    read = _document(docx(p(r(SHUT)) + p(r("وقال الوزير إن الجسر أُغلق.")), core=core))
    assert read.text == f"{SHUT}\n\nوقال الوزير إن الجسر أُغلق."
    assert (read.title, read.author) == ("Bridge shut", "Bay Agency")
    assert read.published_at is None


def test_a_title_or_an_author_that_a_program_made_up_is_none() -> None:
    core = "<dc:title>Microsoft Word - bridge final.docx</dc:title><dc:creator>Windows User</dc:creator>"
    read = _document(docx(p(r(SHUT)), core=core))
    assert (read.title, read.author) == (None, None)


def test_tables_are_read_row_by_row_and_two_numbers_stay_two() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{p(r(cell))}</w:tc>' for cell in cells)}</w:tr>"

    read = _document(docx(f"<w:tbl>{row('Northbank', '17')}{row('Southbank', '71', '102')}</w:tbl>"))
    assert read.text == "Northbank 17\n\nSouthbank 71, 102"


def test_what_was_deleted_or_struck_through_is_not_said_and_what_was_inserted_is() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>nine</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="x">{r("seventeen")}</w:ins>'
    read = _document(
        docx(p(r("It carried "), deleted, inserted, r(" lorries"), r(" and cars", "<w:strike/>"), r(".")))
    )
    assert read.text == "It carried seventeen lorries."
    assert list(_left_out(read)) == [
        "stretches of text that are struck through (1)",
        "deletions that were tracked (1)",
    ]


@pytest.mark.parametrize(
    ("before", "raised", "text"),
    [
        ("It carried 17", "1", "It carried 17 lorries"),
        ("Some 40 m", "2", "Some 40 m² lorries"),
        ("3 × 10", "6", "3 × 10^6 lorries"),
    ],
)
def test_the_mark_of_a_note_joins_no_number(before: str, raised: str, text: str) -> None:
    assert _document(docx(p(r(before), r(raised, _RAISED), r(" lorries")))).text == text


def test_a_word_document_s_own_notes_are_told_and_left_out() -> None:
    read = _document(docx(p(r("It carried 17"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" lorries."))))
    assert read.text == "It carried 17 lorries."
    assert list(_left_out(read)) == ["footnotes with what calls them (1)"]


def test_an_opendocument_text() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Nobody was hurt.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:h>Bridge shut</text:h><text:p>It carried 17<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Ministry.</text:p></text:note-body></text:note> lorries<text:s text:c='2'/>a day"
        "<text:span text:style-name='T1'> and cars</text:span>.</text:p>"
        "<text:list><text:list-item><text:p>A ferry</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Northbank</text:p></table:table-cell>"
        "<table:table-cell><text:p>17</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    meta = "<dc:title>Bridge shut</dc:title><meta:initial-creator>Bay Agency</meta:initial-creator>"
    read = _document(odt(body, styles=styles, meta=meta))
    assert read.text == "Bridge shut\n\nIt carried 17 lorries  a day.\n\nA ferry\n\nNorthbank 17"
    assert (read.title, read.author) == ("Bridge shut", "Bay Agency")
    assert set(_left_out(read)) == {
        "footnotes with what calls them (1)",
        "stretches of text that are struck through (1)",
        "deletions that were tracked (1)",
    }


def test_a_pdf_without_what_stands_on_every_page() -> None:
    head = "Harbour Post, 15 March 2016"
    pages = [
        [(60, 40, head), (60, 100, "The bridge was shut on Tuesday, and the"), (290, 800, "Page 1 of 3")],
        [(60, 40, head), (60, 100, "ferry that takes its place is full."), (290, 800, "Page 2 of 3")],
        [(60, 40, head), (60, 100, "Nobody was hurt."), (290, 800, "Page 3 of 3")],
    ]
    read = _document(pdf(*pages, info="/Title (Bridge shut) /Author (Bay Agency)"))
    assert read.text == (
        "The bridge was shut on Tuesday, and the\nferry that takes its place is full.\n\nNobody was hurt."
    )
    assert (read.title, read.author) == ("Bridge shut", "Bay Agency")
    (left_out,) = _left_out(read)
    assert "Harbour Post, # March #" in left_out
    assert "Page # of #" in left_out


def test_columns_are_read_one_after_the_other_below_the_headline_over_both() -> None:
    left = [(60, 100 + 12 * n, f"left line {n} of the story") for n in range(6)]
    right = [(320, 100 + 12 * n, f"right line {n} of the story") for n in range(6)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    text = _document(pdf([(60, 60, "A headline that runs over both of the columns of this page"), *mixed])).text
    assert text.index("headline") < text.index("left line 5") < text.index("right line 0")


def test_the_foot_of_a_page_parts_no_columns() -> None:
    def column(x: int, side: str, page: int) -> list[tuple[int, int, str]]:
        return [(x, 100 + 12 * n, f"{side} {page} line {n} of the story") for n in range(6)]

    pages = [
        [*column(60, "left", page), *column(320, "right", page), (60, 800, f"Harbour Post, page {page}")]
        for page in (1, 2)
    ]
    read = _document(pdf(*pages))
    assert "left 1 line 5 of the story\n\nright 1 line 0" in read.text
    assert "Harbour Post" not in read.text
    (left_out,) = _left_out(read)
    assert "Harbour Post, page #" in left_out


def test_a_table_on_paper_is_read_row_by_row() -> None:
    rows = [("Town", "Dead", "Hurt"), ("Northbank", "17", "40"), ("Southbank", "71", "1,200"), ("Both", "88", "55 %")]
    cells = [(60 + 120 * n, 140 + 14 * y, cell) for y, row in enumerate(rows) for n, cell in enumerate(row)]
    before, after = (60, 100, "The floods killed people in two towns on Tuesday."), (60, 240, "Nobody knew more.")
    lines = _document(pdf([before, *cells, after])).text.split("\n\n")
    assert [" ".join(line.split()) for line in lines] == [
        before[2], "Town Dead Hurt", "Northbank 17 40", "Southbank 71 1,200", "Both 88 55 %", after[2]
    ]  # fmt: skip


def test_columns_with_a_number_at_the_end_of_a_line_are_no_table() -> None:
    left = [(60, 100 + 12 * n, f"left line {n} of the story") for n in range(4)]
    right = [
        (320, 100, "It stood so since"),
        (320, 112, "2016"),
        (320, 124, "and nobody had come"),
        (320, 136, "to it."),
    ]
    text = _document(pdf([*left, *right])).text
    assert text.index("left line 3") < text.index("It stood so since\n2016\nand nobody")


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("It carried 17", "1", " lorries.", "It carried 17 lorries."),
        ("Nobody came.", "12", " The end.", "Nobody came. The end."),
        ("It covers 120 m", "2", " of land.", "It covers 120 m² of land."),
        ("It has 10", "6", " parts.", "It has 10⁶ parts."),
    ],
)
def test_raised_numbers_on_paper_join_none(before: str, raised: str, after: str, text: str) -> None:
    x = 60 + 5 * len(before)
    line: list[tuple[int, int, str] | tuple[int, int, str, int]]
    line = [(60, 100, before), (x, 96, raised, 6), (x + 3 * len(raised), 100, after)]
    assert _document(pdf(line)).text == text


def test_the_made_up_names_of_programs_that_make_pdfs_are_none() -> None:
    read = _document(
        pdf([(60, 100, "The bridge is shut.")], info="/Title (\\(anonymous\\)) /Author (\\(anonymous\\))")
    )
    assert (read.title, read.author) == (None, None)


def _drawn(text: str) -> str:
    """The letters of a line as they stand on paper, each in the form of its place, from the left."""
    (line,) = wrapped(text, 200, LineOrder.VISUAL)
    return line.strip()


@pytest.mark.parametrize(
    "text",
    [
        "نفى الدفاع المدني أن 71 شخصا قتلوا يوم 15/3/2024.",
        "قال إن «الجسر» (Northbank bridge) مغلق",
        "وبلغت الكلفة 4.5 ملايين، بزيادة ٣٠ في المئة",
        "وزیر راه گفت پل بسته شد",
        "The minister wrote «الجسر مغلق» on Tuesday",
    ],
)
def test_right_to_left_text_on_paper_is_read_as_it_is_said(text: str) -> None:
    assert _document(pdf([(60, 100, _drawn(text))])).text == text


@pytest.mark.parametrize("letters", ["لا", "ال"])
@pytest.mark.parametrize("text", ["بلغت أربعة آلاف دينار", "قال: لا سلام", "ثلاثة فلاحين و12 عاملا"])
def test_two_letters_that_are_drawn_as_one_keep_their_order(text: str, letters: str) -> None:
    """Whether the file tells them as they are said, as most do, or as they stand on paper."""
    drawn = get_display(text.replace("لا", "\u05ff"), base_dir="R").replace("\u05ff", "\ue000")
    assert _document(pdf([(60, 100, drawn)], signs={"\ue000": letters})).text == text


BRACKETS = {
    "ar": "أغلقت الهيئة 12 جسرا في 2024 (وفق البيان)",
    "ar, several kinds": "قال (NATO) أمس إن «الجسر» [القديم] مغلق",
    "ar, in a list": "أ) قال الوزير (أمس)",
    "ar, a number": "(1) أغلق الجسر",
    "he": "הרשות סגרה 12 גשרים בשנת 2024 (לפי ההודעה)",
    "he, one in another": "הגשר (בצפון [הישן]) נסגר",
    "fa": "پل (در شمال) بسته شد",
}


@pytest.mark.parametrize("text", BRACKETS.values(), ids=BRACKETS.keys())
def test_brackets_among_letters_that_run_left_open_before_they_close(text: str) -> None:
    """Some programs write them as they are drawn, and others as they are said."""
    drawn = _drawn(text)
    said = drawn.translate(str.maketrans("()[]«»", ")(][»«"))
    assert [_document(pdf([(60, 100, line)])).text for line in (drawn, said)] == [text, text]


@pytest.mark.parametrize(
    "text", ["It is so )1( and ]2[.", "He wrote: a) and b) and (c.", "The port (الميناء) is shut"]
)
def test_brackets_of_a_line_that_runs_right_stay_as_they_are(text: str) -> None:
    assert _document(pdf([(60, 100, _drawn(text))])).text == text


def test_columns_of_a_right_to_left_page_begin_on_the_right() -> None:
    lines = [
        (x, 100 + 12 * n, _drawn(word)) for x, word in ((60, "الجسر مغلق"), (320, "المطار مفتوح")) for n in range(5)
    ]
    text = _document(pdf(lines)).text
    assert text.index("المطار") < text.index("الجسر")


def test_fonts_that_do_not_tell_their_letters_are_no_text() -> None:
    nameless = pdf([(60, 100, "A story of a bridge")]).replace(b"/ToUnicode 5 0 R", b"")
    assert _refusal(nameless).code is InputFault.DAMAGED


def test_the_command_that_installs_the_readers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_spec", lambda _: None)
    assert install_command("documents") in _refused(docx(p(r(SHUT))))
    assert install_command("documents") in _refused(pdf([(60, 100, SHUT)]))
