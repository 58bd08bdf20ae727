"""The text of an agency's item: the richest of several, its sentences whole, and nothing but words in it."""

import base64
import re
from pathlib import Path

import pytest

from agent.coverage.intake.agency_markup import parts_of, readable, text_of
from agent.coverage.intake.bodies import BodyFormat, body_of, richest
from agent.coverage.intake.safe_xml import parse_xml
from tests.coverage.agency_items import documents, g2_item, newsml, ninjs, read, reasons
from tests.support.shelf import DENIAL, ORANGES, QUAY

_MARKUP = re.compile(r"</?[A-Za-z]|DTD|id-string|&\w+;")
NITF = (
    '<nitf version="-//IPTC//DTD NITF 3.6//EN"><head><title>Quay</title><docdata><doc-id id-string="bay-77"/>'
    '<date.issue norm="20160314T100000Z"/></docdata><pubdata type="print" name="BAY"/></head><body><body.head>'
    "<hedline><hl1>Quay two opens</hl1></hedline><byline>By <person>Ada Pilot</person><byttl>Bay Agency</byttl>"
    f"</byline></body.head><body.content><p>{QUAY}</p><p>{DENIAL}</p></body.content></body></nitf>"
)


def _xhtml(inner: str) -> str:
    html = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{inner}</body></html>'
    return f'<inlineXML contenttype="application/xhtml+xml">{html}</inlineXML>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            "<p>The board of <Company>Harbour Works</Company> was dismissed.</p><p>It denied <b>all</b>.</p>",
            "The board of Harbour Works was dismissed.\nIt denied all.",
        ),
        (
            "<p>It denied it, and <function>Deputy Mayor</function> <name.given>Ola</name.given> "
            "<name.family>Strand</name.family> asked for an audit.</p>",
            "It denied it, and Deputy Mayor Ola Strand asked for an audit.",
        ),
        ("<p><name.given>Ola</name.given><name.family>Strand</name.family> left.</p>", "Ola Strand left."),
        (
            '<p>Bought of <v:org xmlns:v="urn:v"><v:short>Nordlift</v:short></v:org> in <chron>2019</chron>.</p>',
            "Bought of Nordlift in 2019.",
        ),
        ("<p>قال و<org>رويترز</org> نقلت عن <person>علا</person> ذلك.</p>", "قال ورويترز نقلت عن علا ذلك."),
        ("<p>The <Company>Revenio Group</Company>in head left.</p>", "The Revenio Groupin head left."),
        (
            "<div>Loose words of <Company>Nordlift</Company> here<p>and a paragraph.</p></div>",
            "Loose words of Nordlift here\n\nand a paragraph.",
        ),
        ("<p>One <!-- a remark --> line.</p>", "One line."),
        ("<para1>The first.</para1><para1>The second.</para1>", "The first.\nThe second."),
        ("<p>H<sub>2</sub>O rose to <money>4m</money><br/>on Thursday.</p>", "H₂O rose to 4m\non Thursday."),
    ],
)
def test_a_tag_stands_within_its_sentence_where_there_is_one_around_it(
    tmp_path: Path, inner: str, text: str | None
) -> None:
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(_xhtml(inner)))))
    assert document.text == (text or "Loose words of Nordlift here\nand a paragraph.")


def test_a_by_line_of_parts_has_its_spaces() -> None:
    told = parse_xml(b"<byline>By<person>Ada Pilot</person><byttl>Bay Agency</byttl>, Northbank</byline>")
    assert parts_of(told) == "By Ada Pilot Bay Agency, Northbank"


@pytest.mark.parametrize(
    "sent",
    [
        f"<p>{QUAY}</p>",
        f"&lt;p&gt;{QUAY}&lt;/p&gt;",
        f"&amp;lt;p&amp;gt;{QUAY}&amp;lt;/p&amp;gt;",
        f"<sup >{QUAY}</sup>",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<html><head><title>x</title></head><body>{QUAY}</body></html>',
        f"<html><body><header><ul><li>Ports</li></ul><h1>Quay two opens</h1></header><p>{QUAY}</p></body></html>",
        NITF.replace(f"<p>{DENIAL}</p>", ""),
        f'<?xml version="1.0" encoding="UTF-8"?>\n{NITF}'.replace(f"<p>{DENIAL}</p>", ""),
    ],
)
def test_markup_that_is_sent_as_text_is_read_as_markup(tmp_path: Path, sent: str) -> None:
    (plain,) = documents(read(tmp_path / "a.json", ninjs(body_text=sent)))
    (listed,) = documents(
        read(tmp_path / "b.json", ninjs(bodies=[{"contenttype": "text/plain", "value": sent}])),
    )
    (in_xml,) = documents(
        read(tmp_path / "c.xml", newsml(g2_item(f"<inlineData><![CDATA[{sent}]]></inlineData>"))),
    )
    assert [plain.text, listed.text, in_xml.text] == [QUAY] * 3


def test_a_text_that_only_looks_like_markup_is_left_as_it_is() -> None:
    told = "Where a < b and c > d, AT&T; see ?a=1&copy=2\n\nThe second paragraph."
    assert readable(told) == told


def test_lines_of_a_plain_text_stay_though_a_word_in_it_is_marked_up() -> None:
    assert readable("The <b>first</b> line.\nThe second.") == "The first line.\nThe second."


@pytest.mark.parametrize("camel", [False, True])
def test_of_several_bodies_of_ninjs_the_richest_text_is_read_and_never_its_markup(
    tmp_path: Path, camel: bool
) -> None:
    kind = "contentType" if camel else "contenttype"
    bodies = [
        {"role": "text", kind: "text/plain", "value": f"{QUAY}\n{DENIAL}"},
        {"role": "nitf", kind: "text/vnd.IPTC.NITF", "value": NITF},
        {"role": "teaser", kind: "text/plain", "value": QUAY[:40]},
        {
            "role": "own",
            kind: "application/xml",
            "value": f"<BAYML><HEAD><DEST>ALL 5</DEST></HEAD>{ORANGES * 5}</BAYML>",
        },
    ]
    (document,) = documents(read(tmp_path / "a.json", ninjs(bodies=bodies)))
    assert document.text == f"{QUAY}\n{DENIAL}"
    assert _MARKUP.search(document.text) is None


def test_the_suffixes_of_the_first_ninjs_are_texts_like_others(tmp_path: Path) -> None:
    told = ninjs(body_text=QUAY, body_nitf=NITF, body_summary=QUAY[:50])
    (document,) = documents(read(tmp_path / "a.json", told))
    assert document.text == f"{QUAY}\n{DENIAL}"


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_bodies_of_newsml_the_richest_text_is_read(tmp_path: Path, turned: bool) -> None:
    bodies = [
        f'<inlineData contenttype="text/plain">{QUAY[:60]}</inlineData>',
        f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>',
        '<inlineXML contenttype="image/svg+xml"><svg><text>Graphic of the quay</text></svg></inlineXML>',
        '<remoteContent href="https://bay.example/quay.jpg"/>',
    ]
    if turned:
        bodies.reverse()
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(*bodies))))
    assert (document.text, document.author) == (f"{QUAY}\n{DENIAL}", "By Ada Pilot Bay Agency")


def test_of_texts_about_as_long_the_one_that_keeps_its_paragraphs_is_read() -> None:
    plain, marked = body_of(f"A headline more. {QUAY}"), body_of(f"<p>{QUAY}</p>")
    assert [plain.form, marked.form] == [BodyFormat.PLAIN, BodyFormat.MARKUP]
    assert richest([plain, marked]) == richest([marked, plain]) == marked
    assert richest([plain, body_of(f"<p>{QUAY[:50]}</p>")]) == plain
    assert richest([]).text == ""


def test_a_text_of_an_agencys_own_xml_is_read_where_there_is_no_other(tmp_path: Path) -> None:
    own = f"<bayml><para>{QUAY}</para><para>{DENIAL}</para></bayml>"
    (document,) = documents(read(tmp_path / "a.json", ninjs(bodies=[{"value": own}])))
    assert _MARKUP.search(document.text) is None
    assert QUAY in document.text


def test_a_text_in_base64_is_read(tmp_path: Path) -> None:
    sent = base64.b64encode(QUAY.encode()).decode()
    body = f'<inlineData contenttype="text/plain" encoding="encd:base64">{sent}</inlineData>'
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(body))))
    assert document.text == QUAY
    for broken in ("%%%", base64.b64encode(b"\xff\xfe\xff").decode(), "abcde"):
        assert "no text" in reasons(read(tmp_path / "b.xml", newsml(g2_item(body.replace(sent, broken)))))[0]


def test_of_an_item_in_two_languages_its_own_is_read_and_the_other_is_told(tmp_path: Path) -> None:
    arabic = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين بعد أن فحصه الغواصون مرتين."
    bodies = [
        f'<inlineData xml:lang="ar" contenttype="text/plain">{arabic * 3}</inlineData>',
        f'<inlineData xml:lang="en-GB" contenttype="text/plain">{QUAY}</inlineData>',
    ]
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(*bodies))))
    assert (document.text, document.language, document.title) == (QUAY, "en-GB", "Quay two opens")
    assert [one.what for one in document.provenance.left_out] == ["the item's text in 'ar'"]
    other = g2_item(bodies[0], content='<language tag="ar"/><headline xml:lang="ar">فتح الرصيف الثاني</headline>')
    (document,) = documents(read(tmp_path / "b.xml", newsml(other)))
    assert (document.language, document.title) == ("ar", "فتح الرصيف الثاني")


def test_where_a_text_lies_that_is_not_here_is_told(tmp_path: Path) -> None:
    remote = g2_item('<remoteContent href="https://bay.example/a.html" contenttype="text/html"/>')
    (reason,) = reasons(read(tmp_path / "a.xml", newsml(remote)))
    assert "'https://bay.example/a.html'" in reason


def test_a_part_of_a_text_is_told_to_be_one(tmp_path: Path) -> None:
    for name, told in (("a", ninjs(representationtype="incomplete")), ("b", ninjs(representationType="partial"))):
        (document,) = documents(read(tmp_path / f"{name}.json", told))
        assert [one.what for one in document.provenance.left_out] == ["the rest of the text"]


def test_null_fields_are_fields_that_are_not_there(tmp_path: Path) -> None:
    told = ninjs(version=None, byline=None, pubstatus=None, language=None, infosource=None, type=None, provider=None)
    (document,) = documents(read(tmp_path / "a.json", told))
    assert document.text == QUAY


@pytest.mark.parametrize(
    "opening",
    [
        '<?xml version="1.0"?>',
        '<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">',
        '<?xml version="1.0"?>\n<!-- a wire -->\n<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.2//EN" "nitf.dtd">',
    ],
)
def test_a_file_of_nitf_is_an_item(tmp_path: Path, opening: str) -> None:
    (document,) = documents(read(tmp_path / "a.xml", f"{opening}{NITF}"))
    (listed,) = documents(read(tmp_path / "b.json", ninjs(bodies=[{"value": f"{opening}{NITF}"}])))
    assert listed.text == document.text
    assert (document.title, document.text) == ("Quay two opens", f"{QUAY}\n{DENIAL}")
    assert f"{document.published_at:%F}" == "2016-03-14"


@pytest.mark.parametrize(
    ("docdata", "reason"),
    [
        ('<docdata management-status="withheld">', "withheld"),
        ('<docdata management-status="canceled">', "has cancelled"),
        ('<docdata><date.release norm="20990101T000000Z"/>', "embargoed until 2099"),
        ('<docdata><date.release norm=""/>', "without a time"),
        ('<docdata><ed-msg info="Embargoed until the speech"/>', "embargoed by a note"),
    ],
)
def test_a_file_of_nitf_holds_back_what_it_says(tmp_path: Path, docdata: str, reason: str) -> None:
    items = read(tmp_path / "a.xml", NITF.replace("<docdata>", docdata))
    assert documents(items) == []
    assert reason in reasons(items)[0]


def test_a_date_is_no_dateline_and_one_that_stands_in_the_text_is_not_told_twice(tmp_path: Path) -> None:
    dated = g2_item(content="<dateline>2016-03-14 10:00:00 GMT+00:00</dateline>")
    placed = g2_item(
        f'<inlineData contenttype="text/plain">A deck.\nPORT TOWN (Bay) - {QUAY}</inlineData>',
        content="<dateline>PORT TOWN (Bay) -</dateline>",
    )
    texts = [documents(read(tmp_path / "a.xml", newsml(one)))[0].text for one in (dated, placed)]
    assert texts == [QUAY, f"A deck.\nPORT TOWN (Bay) - {QUAY}"]


def test_deep_and_many_tags_take_no_time() -> None:
    deep = "<x>" * 20_000 + "word" + "</x>" * 20_000
    many = "<p>" + "<a1>w</a1>" * 50_000 + "</p>"
    assert text_of(parse_xml(f"<p>{deep}</p>".encode())) == "word"
    assert text_of(parse_xml(many.encode())).count("w") == 50_000
    assert len(readable("&lt;p&gt;" * 20_000 + "word")) > 0


def test_a_text_of_nothing_but_tags_is_told_and_costs_no_other(tmp_path: Path) -> None:
    tags = "<b/>" * 60_001
    items = read(
        tmp_path / "a.xml", newsml(g2_item(f"<inlineXML><p>{tags}w</p></inlineXML>"), g2_item(guid="urn:b:2"))
    )
    assert [document.text for document in documents(items)] == [QUAY]
    assert "more than 60,000 tags" in reasons(items)[0]
    beside = g2_item(f"<inlineData><![CDATA[{tags}w]]></inlineData>", f"<inlineData>{QUAY}</inlineData>")
    (document,) = documents(read(tmp_path / "b.xml", newsml(beside)))
    assert "60,000 tags" in document.provenance.left_out[0].why
    listed = read(tmp_path / "c.json", [ninjs(body_text=tags), ninjs(uri="urn:b:2")])
    assert [len(documents(listed)), "60,000 tags" in reasons(listed)[0]] == [1, True]
