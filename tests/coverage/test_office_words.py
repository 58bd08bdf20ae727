"""What readers of a Word document or an OpenDocument text see is read, all of it; what is hidden is told."""

import pytest

from agent.coverage.intake.office import read_office
from agent.models import Document
from tests.support.office_files import docx, odt, p, r

pytestmark = pytest.mark.usefixtures("forked_readers")

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
VANISH = "<w:vanish/>"
SHAPE = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
SAME = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
PAGE = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'


def _document(data: bytes) -> Document:
    (read,) = [item for item in read_office(data, "clipping") if isinstance(item, Document)]
    return read


def _left_out(document: Document) -> list[str]:
    return [one.what for one in document.provenance.left_out]


def _styles(*styles: str, defaults: str = "") -> dict[str, str]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return {"word/styles.xml": f"<w:styles {space}>{defaults}{''.join(styles)}</w:styles>"}


def _style(name: str, kind: str, looks: str, above: str = "") -> str:
    based = f'<w:basedOn w:val="{above}"/>' if above else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}<w:rPr>{looks}</w:rPr></w:style>'
    )


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


@pytest.mark.parametrize(
    "inner",
    [
        f'<w:dir w:val="rtl">{r("الميناء")}</w:dir>',
        f'<w:bdo w:val="rtl">{r("الميناء")}</w:bdo>',
        f'<w:dir w:val="rtl"><w:bdo w:val="rtl">{r("المي")}</w:bdo>{r("ناء")}</w:dir>',
        f'<w:fldSimple w:instr=" TITLE "><w:fldData>QUJD</w:fldData>{r("الميناء")}</w:fldSimple>',
        f'<w:smartTag><w:smartTagPr/><w:dir w:val="rtl">{r("الميناء")}</w:dir></w:smartTag>',
        f'<w:ins w:id="1"><w:fldSimple w:instr="REF x">{r("الميناء")}</w:fldSimple></w:ins>',
        f'<w:sdt><w:sdtPr/><w:sdtContent><w:bdo w:val="rtl">{r("الميناء")}</w:bdo></w:sdtContent></w:sdt>',
        f'<w:hyperlink r:id="r9" xmlns:r="urn:r"><w:dir w:val="rtl">{r("الميناء")}</w:dir></w:hyperlink>',
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('al-mina')}</w:rt><w:rubyBase>{r('الميناء')}</w:rubyBase></w:ruby></w:r>",
        f'<m:oMath xmlns:m="{MATH}"><m:r><w:rPr/><m:t>الميناء</m:t></m:r></m:oMath>',
        f"<w:someday>{r('الميناء')}</w:someday>",
    ],
)
def test_words_are_read_whatever_stands_around_them(inner: str) -> None:
    read = _document(docx(p(r("The paper is called "), inner, r(" in the trade."))))
    assert read.text == "The paper is called الميناء in the trade."
    assert _left_out(read) == []


def test_blocks_in_directions_and_controls_are_read() -> None:
    inner = f"<w:sdt><w:sdtContent>{p(r('One.'))}<w:customXml>{p(r('Two.'))}</w:customXml></w:sdtContent></w:sdt>"
    assert _document(docx(f"{inner}{p(r('Three.'))}")).text == "One.\n\nTwo.\n\nThree."


@pytest.mark.parametrize(
    ("between", "text"),
    [
        ("<w:r><w:cr/></w:r>", "Nobody was\nhurt."),
        ("<w:r><w:br/></w:r>", "Nobody was\nhurt."),
        ("<w:r><w:br/><w:br/></w:r>", "Nobody was\n\nhurt."),
        ('<w:r><w:ptab w:alignment="right"/></w:r>', "Nobody was\thurt."),
        ("<w:r><w:noBreakHyphen/></w:r>", "Nobody was\u2011hurt."),
    ],
)
def test_what_parts_two_words_parts_them(between: str, text: str) -> None:
    assert _document(docx(p(r("Nobody was"), between, r("hurt.")))).text == text


@pytest.mark.parametrize(
    "drawn",
    [
        f"<mc:AlternateContent {SAME}><mc:Choice>{{box}}</mc:Choice><mc:Fallback><w:pict {VML}><v:oval><v:textbox>"
        "<w:txbxContent>{words}</w:txbxContent></v:textbox></v:oval></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent {SAME}><mc:Choice>{{box}}</mc:Choice></mc:AlternateContent>",
        f"<mc:AlternateContent {SAME}><mc:Choice>{{box}}</mc:Choice><mc:Fallback/></mc:AlternateContent>",
        "{box}",
    ],
)
def test_a_box_of_text_is_read_once(drawn: str) -> None:
    words = p(r("A ferry takes its place."))
    box = f"<w:drawing><wps:txbx {SHAPE}><w:txbxContent>{words}</w:txbxContent></wps:txbx></w:drawing>"
    inner = drawn.format(box=box, words=words)
    read = _document(docx(p(r("The bridge was shut."), f"<w:r>{inner}</w:r>")))
    assert read.text == "The bridge was shut.\n\nA ferry takes its place."
    assert _left_out(read) == []


@pytest.mark.parametrize(
    "equation",
    [
        "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>",
        "<m:f><m:num><m:r><m:t>10</m:t></m:r></m:num><m:den><m:r><m:t>6</m:t></m:r></m:den></m:f>",
        "<m:rad><m:deg><m:r><m:t>10</m:t></m:r></m:deg><m:e><m:r><m:t>6</m:t></m:r></m:e></m:rad>",
    ],
)
def test_an_equation_that_its_letters_do_not_tell_is_told(equation: str) -> None:
    inner = f'<m:oMathPara xmlns:m="{MATH}"><m:oMath>{equation}</m:oMath></m:oMathPara>'
    read = _document(docx(p(r("It cost "), inner, r("dinars."))))
    assert read.text == "It cost dinars."
    assert _left_out(read) == ["an equation (“10 6”)"]


def test_other_documents_diagrams_and_unknown_signs_are_told() -> None:
    sign = '<w:r><w:sym w:font="Harbour Signs" w:char="F0B1"/></w:r>'
    read = _document(docx(p(r("Shut."), sign, "<w:r><w:drawing><chart/></w:drawing></w:r>") + "<w:altChunk/>"))
    assert read.text == "Shut."
    assert set(_left_out(read)) == {
        "pictures (1)",
        "other documents within it (1)",
        "signs of a font of their own (1)",
    }


def test_of_a_field_its_result_is_said_and_its_code_is_not() -> None:
    inner = _field("begin") + _code("MERGEFIELD x") + _field("separate") + r("secret") + _field("end")
    condition = _field("begin") + _code("IF ") + inner + _code(' = "1"') + _field("separate")
    read = _document(docx(p(r("It is "), condition, r("shut"), _field("end"), r("."))))
    assert read.text == "It is shut."
    unended = _field("begin") + _code("REF x")
    assert _document(docx(p(r("It is "), unended, r("shut.")))).text == "It is shut."


def test_deleted_rows_cells_and_stretches_are_counted_and_not_said() -> None:
    gone = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>' + p(r("nine")) + "</w:tc></w:tr>"
    cell = '<w:tc><w:tcPr><w:cellDel w:id="2"/></w:tcPr>' + p(r("ten")) + "</w:tc>"
    kept = f"<w:tr><w:tc>{p(r('seventeen'))}</w:tc>{cell}</w:tr>"
    moved = f'<w:moveFrom w:id="3">{r("there")}</w:moveFrom>'
    read = _document(docx(f"<w:tbl>{gone}{kept}</w:tbl>{p(r('Here.'), moved)}"))
    assert read.text == "seventeen\n\nHere."
    assert _left_out(read) == ["deletions that were tracked (3)"]


HIDDEN = {
    "itself": r("nine people died", VANISH),
    "in two stretches": r("nine people", VANISH) + '<w:bookmarkStart w:id="1" w:name="x"/>' + r(" died", VANISH),
    "by its style": r("nine people died", '<w:rStyle w:val="Quiet"/>'),
    "by the style above": r("nine people died", '<w:rStyle w:val="Quieter"/>'),
    "in a link": f"<w:hyperlink>{r('nine people died', VANISH)}</w:hyperlink>",
    "in a drawing": f'<w:r><w:drawing><wp:docPr {PAGE} hidden="1"/><w:txbxContent>{p(r("nine people died"))}'
    "</w:txbxContent></w:drawing></w:r>",
    "in a shape": f'<w:r><w:pict {VML}><v:shape style="width:9pt;visibility:hidden"><v:textbox><w:txbxContent>'
    f"{p(r('nine people died'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "as an equation": f'<m:oMath xmlns:m="{MATH}"><m:r><w:rPr>{VANISH}</w:rPr><m:t>nine people died</m:t></m:r>'
    "</m:oMath>",
}


@pytest.mark.parametrize("inner", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_a_word_document_hides_is_not_said_and_is_told(inner: str) -> None:
    styles = _styles(_style("Quiet", "character", VANISH), _style("Quieter", "character", "", above="Quiet"))
    read = _document(docx(p(r("The bridge was shut"), inner, r(".")), more=styles))
    assert read.text == "The bridge was shut."
    assert _left_out(read) == ["hidden text (“nine people died”)"]


def test_paragraphs_rows_and_tables_may_be_hidden() -> None:
    styles = _styles(_style("Note", "paragraph", VANISH), _style("Grid", "table", VANISH))
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{r("Note to the desk.")}</w:p>'
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(r('Nine died.'))}</w:tc></w:tr>"
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>{p(r("Ten died."))}</w:tc></w:tr></w:tbl>'
    )
    body = f"{paragraph}<w:tbl>{row}<w:tr><w:tc>{p(r('Nobody died.'))}</w:tc></w:tr></w:tbl>{table}"
    read = _document(docx(body, more=styles))
    assert read.text == "Nobody died."
    assert sorted(_left_out(read)) == [
        "hidden text (“Nine died”)",
        "hidden text (“Note to the desk”)",
        "hidden text (“Ten died”)",
    ]


@pytest.mark.parametrize(
    "looks",
    [
        '<w:vanish w:val="0"/>',
        '<w:vanish w:val="false"/>',
        "<w:webHidden/>",
        '<w:rStyle w:val="Shown"/>',
        '<w:rStyle w:val="Round"/>',
    ],
)
def test_what_is_shown_against_its_style_is_said(looks: str) -> None:
    styles = _styles(
        _style("Note", "paragraph", VANISH if "vanish" in looks or "Shown" in looks else ""),
        _style("Shown", "character", '<w:vanish w:val="off"/>'),
        _style("Round", "character", "", above="Round"),
    )
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{r("Nobody died.", looks)}</w:p>'
    read = _document(docx(paragraph, more=styles))
    assert (read.text, _left_out(read)) == ("Nobody died.", [])


@pytest.mark.parametrize("looks", ["<w:dstrike/>", '<w:rStyle w:val="Gone"/>', '<w:strike w:val="1"/>'])
def test_what_is_struck_through_by_any_means_is_not_said(looks: str) -> None:
    styles = _styles(_style("Gone", "character", "<w:strike/>"))
    read = _document(docx(p(r("Nobody died"), r(" but nine", looks), r(".")), more=styles))
    assert read.text == "Nobody died."
    assert _left_out(read) == ["stretches of text that are struck through (1)"]


ODT_HIDDEN = {
    "a field": '<text:hidden-text text:condition="x" text:is-hidden="true">nine people died</text:hidden-text>',
    "a field that holds its words": '<text:hidden-text text:string-value="nine people died" text:is-hidden="true"/>',
    "a variable": '<text:variable-set text:display="none">nine people died</text:variable-set>',
    "a style": '<text:span text:style-name="T1">nine people died</text:span>',
    "the style above": '<text:span text:style-name="T2">nine <text:span>people</text:span><text:s/>died</text:span>',
    "a shared style": '<text:a text:style-name="Quiet">nine people died</text:a>',
    "a drawing": '<draw:frame draw:display="none"><draw:text-box><text:p>nine people died</text:p></draw:text-box>'
    "</draw:frame>",
}
ODT_STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    '<style:style style:name="T3" style:family="text"><style:text-properties text:display="true"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P2"/>'
)
SHARED = (
    '<style:style style:name="Quiet" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


@pytest.mark.parametrize("inner", ODT_HIDDEN.values(), ids=ODT_HIDDEN.keys())
def test_what_an_opendocument_text_hides_is_not_said_and_is_told(inner: str) -> None:
    body = f"<text:p>The bridge was shut{inner}.</text:p>"
    read = _document(odt(body, styles=ODT_STYLES, shared=SHARED))
    assert read.text == "The bridge was shut."
    assert _left_out(read) == ["hidden text (“nine people died”)"]


@pytest.mark.parametrize(
    "block",
    [
        '<text:section text:display="none"><text:p>Nine</text:p><text:p>people died.</text:p></text:section>',
        '<text:section text:display="condition" text:is-hidden="true"><text:p>Nine people died.</text:p>'
        "</text:section>",
        '<text:p text:style-name="P1">Nine people died.</text:p>',
        '<text:p>Nine people died.<text:hidden-paragraph text:condition="x" text:is-hidden="true"/></text:p>',
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
        "<text:p>Nine people died.</text:p></table:table-cell></table:table-row></table:table>",
    ],
)
def test_sections_paragraphs_and_rows_may_be_hidden(block: str) -> None:
    read = _document(odt(f"{block}<text:p>The bridge was shut.</text:p>", styles=ODT_STYLES))
    assert read.text == "The bridge was shut."
    assert _left_out(read) == ["hidden text (“Nine people died”)"]


@pytest.mark.parametrize(
    "block",
    [
        '<text:p><text:hidden-text text:is-hidden="false">Nobody died.</text:hidden-text></text:p>',
        '<text:section text:display="condition" text:is-hidden="false"><text:p>Nobody died.</text:p></text:section>',
        '<text:section text:display="true"><text:p>Nobody died.</text:p></text:section>',
        '<text:p text:style-name="P1"><text:span text:style-name="T3">Nobody died.</text:span></text:p>',
        '<text:p text:style-name="P2">Nobody died.</text:p>',
        '<text:p text:style-name="T1">Nobody died.</text:p>',
        '<text:p>Nobody died.<text:hidden-paragraph text:is-hidden="false"/></text:p>',
        "<text:p><text:ruby><text:ruby-base>Nobody</text:ruby-base><text:ruby-text>nobodi</text:ruby-text></text:ruby>"
        " died.</text:p>",
        "<text:p><draw:g><svg:title>a bridge</svg:title><svg:desc>a bridge at night</svg:desc></draw:g>Nobody died."
        "</text:p>",
    ],
)
def test_what_an_opendocument_text_shows_is_said(block: str) -> None:
    read = _document(odt(block, styles=ODT_STYLES))
    assert (read.text, _left_out(read)) == ("Nobody died.", [])


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("Nobody was hurt<text:line-break/>there.", "Nobody was hurt\nthere."),
        ("Nobody was <text:span>hurt<text:line-break/></text:span> there.", "Nobody was hurt\nthere."),
        (
            "Nobody was hurt.<text:line-break/><text:line-break/>The bridge is shut.",
            "Nobody was hurt.\n\nThe bridge is shut.",
        ),
        ("Nobody was\n   hurt\n there.", "Nobody was hurt there."),
    ],
)
def test_a_line_that_is_broken_within_a_paragraph_stays_in_it(inner: str, text: str) -> None:
    assert _document(odt(f"<text:p>{inner}</text:p>")).text == text


def test_in_a_table_a_broken_line_is_one_row_still() -> None:
    cell = "<table:table-cell><text:p>North<text:line-break/>bank</text:p></table:table-cell>"
    assert (
        _document(odt(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")).text == "North bank"
    )
    row = f"<w:tr><w:tc>{p(r('North'), '<w:r><w:br/></w:r>', r('bank'))}</w:tc></w:tr>"
    assert _document(docx(f"<w:tbl>{row}</w:tbl>")).text == "North bank"


def test_an_equation_in_an_opendocument_text_is_told() -> None:
    inner = "<draw:object><math><mn>10</mn><mn>6</mn></math></draw:object>"
    read = _document(odt(f"<text:p>It cost {inner}dinars.</text:p>"))
    assert read.text == "It cost dinars."
    assert _left_out(read) == ["an equation (“10 6”)"]


def test_what_stands_at_the_edges_of_every_page_is_told() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    edges = {
        "word/header1.xml": f"<w:hdr {space}>{p(r('Harbour Post'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {space}>{p(r('3'))}</w:ftr>",
    }
    told = ["headers and footers of its pages (1)"]
    read = _document(docx(p(r("The bridge was shut.")), more=edges))
    assert (read.text, _left_out(read)) == ("The bridge was shut.", told)
    shared = (
        "<style:header><text:p>Harbour Post</text:p></style:header><style:footer><text:p>3</text:p></style:footer>"
    )
    read = _document(odt("<text:p>The bridge was shut.</text:p>", shared=shared))
    assert (read.text, _left_out(read)) == ("The bridge was shut.", told)


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml"])
def test_of_two_documents_the_one_that_the_file_names_is_read(target: str) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    body = p(r("It is shut."), r("Open.", VANISH))
    named = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>',
        "word/document2.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
    }
    read = _document(docx(p(r("It is open.")), more=named))
    assert (read.text, _left_out(read)) == ("It is shut.", ["hidden text (“Open”)"])
